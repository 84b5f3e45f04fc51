from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.ledger.domain import (
    ACCOUNT_WORDS,
    KIND_WORDS,
    MOST_CENTS,
    Account,
    BadEntry,
    Entry,
    EntryKind,
    Line,
    Month,
    TrialLine,
    check_entry,
    first_day,
    fiscal_months,
    fiscal_year,
    last_day,
    month_of,
    month_words,
    months_between,
    next_month,
    reversed_entry,
)
from events.ledger.models.guards import (
    BALANCED,
    DIALECTS,
    MONTH_OPEN,
    NEVER_CHANGED,
    guard_statements,
)
from tests.events.ledger.entries import INVOICE, PAYER, check, invoice

pytestmark = pytest.mark.pure

DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))
STARTS = st.integers(1, 12)


def entry(*lines: Line, source: str = "fee:1") -> Entry:
    return Entry(kind=EntryKind.FEE, source=source, memo="", lines=lines)


def bank(cents: Any) -> Line:
    return Line(account=Account.BANK, cents=cents)


@pytest.mark.parametrize("good", [invoice(), check(100_00, 60_00), check(1, 1), check(1, 0)])
def test_what_acts_post_is_good(good: Entry) -> None:
    check_entry(good)


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        (entry(), "has no lines"),
        (entry(bank(1), bank(-1), source=""), "without a source"),
        (entry(bank(0)), "a line of nothing on bank"),
        (entry(bank(1.0), bank(-1)), "1.0 on bank: not whole cents"),
        (entry(bank(True), bank(-1)), "True on bank: not whole cents"),
        (entry(bank(float("nan"))), "nan on bank: not whole cents"),
        (entry(bank(MOST_CENTS + 1), bank(-MOST_CENTS - 1)), "absurd"),
        (entry(bank(-MOST_CENTS - 1), bank(MOST_CENTS + 1)), "absurd"),
        (entry(bank(3), bank(-2)), "off by 1 cents"),
        (
            entry(Line(account=Account.RECEIVABLE, cents=1, payer_id=PAYER), bank(-1)),
            "for no invoice",
        ),
        (
            entry(Line(account=Account.RECEIVABLE, cents=1, invoice_id=INVOICE), bank(-1)),
            "a receivable of nobody",
        ),
    ],
)
def test_what_no_act_may_post(bad: Entry, why: str) -> None:
    with pytest.raises(BadEntry, match=why):
        check_entry(bad)


def test_the_largest_amount_is_good() -> None:
    check_entry(entry(bank(MOST_CENTS), bank(-MOST_CENTS)))


def test_a_reversal_turns_each_line_round_and_keeps_what_it_is_about() -> None:
    back = reversed_entry(check(100_00, 60_00), source="reversal:payment:1", memo="Returned")

    check_entry(back)
    assert (back.kind, back.source, back.memo) == (
        EntryKind.REVERSAL,
        "reversal:payment:1",
        "Returned",
    )
    again = reversed_entry(back, source="payment:1", memo="Check 001047")
    assert again.lines == check(100_00, 60_00).lines
    assert [line.cents for line in back.lines] == [-100_00, 60_00, 40_00]


def test_every_account_and_kind_has_words() -> None:
    assert set(ACCOUNT_WORDS) == set(Account)
    assert set(KIND_WORDS) == set(EntryKind)


def test_a_trial_line_ends_where_its_movements_lead() -> None:
    line = TrialLine(account=Account.BANK, before_cents=5, debit_cents=10, credit_cents=12)

    assert line.after_cents == 3


@pytest.mark.parametrize(
    ("on", "starts", "year"),
    [
        (date(2026, 6, 30), 7, 2026),
        (date(2026, 7, 1), 7, 2027),
        (date(2026, 1, 1), 1, 2026),
        (date(2026, 12, 31), 1, 2026),
        (date(2026, 9, 1), 9, 2027),
        (date(2026, 8, 31), 9, 2026),
        (date(2026, 12, 1), 12, 2027),
        (date(2026, 11, 30), 12, 2026),
    ],
)
def test_a_fiscal_year_is_named_by_the_year_it_ends_in(on: date, starts: int, year: int) -> None:
    assert fiscal_year(on, starts) == year


@given(DAYS, STARTS)
def test_a_day_lies_in_one_of_the_twelve_months_of_its_fiscal_year(on: date, starts: int) -> None:
    year = fiscal_year(on, starts)
    months = fiscal_months(year, starts)

    assert month_of(on) in months
    assert len(set(months)) == 12
    assert last_day(months[-1]).year == year
    assert {fiscal_year(first_day(month), starts) for month in months} == {year}
    assert {fiscal_year(last_day(month), starts) for month in months} == {year}
    assert fiscal_year(last_day(months[-1]) + timedelta(days=1), starts) == year + 1


@pytest.mark.parametrize("starts", [0, 13, -1])
def test_a_fiscal_year_starts_with_a_month(starts: int) -> None:
    with pytest.raises(ValueError, match="cannot start with month"):
        fiscal_year(date(2026, 1, 1), starts)
    with pytest.raises(ValueError, match="cannot start with month"):
        fiscal_months(2026, starts)


@given(DAYS)
def test_months_follow_each_other_without_a_day_between(on: date) -> None:
    month = month_of(on)

    assert first_day(month) <= on <= last_day(month)
    assert last_day(month) + timedelta(days=1) == first_day(next_month(month))


def test_months_between_two_days() -> None:
    assert list(months_between(date(2025, 11, 30), date(2026, 2, 1))) == [
        Month(2025, 11),
        Month(2025, 12),
        Month(2026, 1),
        Month(2026, 2),
    ]
    assert list(months_between(date(2026, 2, 1), date(2026, 1, 31))) == []


@pytest.mark.parametrize("dialect", DIALECTS)
def test_guards_can_be_put_up_by_any_way_of_running_statements(dialect: str) -> None:
    said = " ".join(guard_statements(dialect))

    assert not set(said) & set("%:")
    for name in (MONTH_OPEN, NEVER_CHANGED):
        assert f"'{name}'" in said
    assert (f"'{BALANCED}'" in said) == (dialect == "postgresql")


def test_a_month_in_words() -> None:
    assert month_words(Month(2026, 3)) == "March 2026"
