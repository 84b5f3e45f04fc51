"""Statements of several banks are read, and bad rows are named."""

import contextlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consortium.errors import Refusal
from consortium.words import dollars
from events.invoices.domain import MoneyRefused
from events.payments.domain.bank_statements import ReadLine, digests, read_cents, read_day
from events.payments.imports import MOST_LINES, read_statement

pytestmark = pytest.mark.pure

PLAIN = b"Date,Description,Amount\n03/02/2026,DEPOSIT,300.00\n"
MARCH = date(2026, 3, 2)


def lines_of(content: bytes) -> list[tuple[date, int, str, str]]:
    return [(one.on, one.cents, one.words, one.reference) for one in read_statement(content).lines]


@pytest.mark.parametrize(
    "content",
    [
        PLAIN,
        b"\xef\xbb\xbf" + PLAIN,
        b"Date;Description;Amount\r\n2026-03-02;DEPOSIT;$300.00\r\n",
        b"Posting Date\tDetails\tCredit\tDebit\n3/2/26\tDEPOSIT\t300.00\t\n",
        b'"Account","1234"\n"From","03/01/2026"\n\nDate,Description,Amount\n3/2/2026,DEPOSIT,300\n',
        b"Statement of March\nDate;Memo;Amount\n03-02-2026;DEPOSIT;+300.00\n",
        PLAIN.decode().encode("utf-16"),
    ],
)
def test_the_shapes_that_banks_give(content: bytes) -> None:
    assert lines_of(content) == [(MARCH, 30_000, "DEPOSIT", "")]


def test_debits_go_out_and_credits_come_in() -> None:
    content = (
        b"Date,Check Number,Description,Debit,Credit\n"
        b'03/02/2026,001187,"Returned\nitem","1,234.50",\n'
        b"03/02/2026,,Wire,,45.00\n"
        b"03/02/2026,,Fee,-15.00,\n"
    )
    assert [line[1:] for line in lines_of(content)] == [
        (-123_450, "Returned item", "001187"),
        (4_500, "Wire", ""),
        (-1_500, "Fee", ""),
    ]


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("(1,234.50)", -123_450),
        ("-1,234.50", -123_450),
        ("1,234.50-", -123_450),
        ("$1,234.50", 123_450),
        ("-$5", -500),
        ("$-5.5", -550),
        ("+ 7.00", 700),
        (".50", 50),
        ("12,345,678.90", 1_234_567_890),
    ],
)
def test_amounts_as_banks_write_them(text: str, cents: int) -> None:
    assert read_cents(text) == cents


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        ".",
        "1E10",
        "NaN",
        "1.234,50",
        "12,34",
        "1_000",
        "1.005",
        "٣",
        "1 USD",
        "9" * 13,
        "--5",
        "((5))",
        "10,000,000,000.01",
    ],
)
def test_what_is_no_amount(text: str) -> None:
    with pytest.raises(MoneyRefused):
        read_cents(text)


@given(st.integers(-(10**12), 10**12))
def test_what_we_write_we_read(cents: int) -> None:
    assert read_cents(dollars(cents)) == cents


@pytest.mark.parametrize("text", ["2026-03-02", "3/2/2026", "03/02/26", "03-02-2026 00:00:00"])
def test_days_as_banks_write_them(text: str) -> None:
    assert read_day(text) == MARCH


@pytest.mark.parametrize(
    "text", ["", "13/02/2026", "2026-02-30", "02/2026", "1999-01-01", "x", "3/2/226", "٣/2/2026"]
)
def test_what_is_no_day(text: str) -> None:
    with pytest.raises(MoneyRefused):
        read_day(text)


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    for read in (read_cents, read_day):
        with contextlib.suppress(Refusal):
            read(text)


@given(st.binary(max_size=200))
def test_any_file_is_read_or_refused(content: bytes) -> None:
    with contextlib.suppress(Refusal):
        read_statement(content)


def test_bad_rows_are_named_by_line_and_the_others_taken() -> None:
    read = read_statement(
        PLAIN + b"02/30/2026,X,1\n03/03/2026,Y,abc\n03/04/2026,Z,0\n03/05/2026,OK,2\n"
    )

    assert [line.words for line in read.lines] == ["DEPOSIT", "OK"]
    assert [fault.number for fault in read.faults] == [3, 4, 5]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"Name,City\nA,B\n", "No header"),
        (b"%PDF-1.7", "PDF"),
        (PLAIN + b"03/02/2026,D,1\n" * MOST_LINES, "more than"),
        (b"Date,Description,Amount\n03/02/2026,\xff,1\n", "UTF-8"),
    ],
)
def test_a_file_that_is_none(content: bytes, words: str) -> None:
    with pytest.raises(Refusal, match=words):
        read_statement(content)


def test_the_second_equal_line_of_a_day_is_another() -> None:
    fee = ReadLine(on=MARCH, cents=-1_500, words="Fee")
    first, second, third = digests([fee, fee, ReadLine(on=MARCH, cents=-1_500, words=" FEE ")])

    assert len({first, second, third}) == 3
    assert digests([fee]) == [first]
