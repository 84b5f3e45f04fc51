"""Files of the journal: what a program reads from them is what stands in the books."""

import csv
import io
from collections import defaultdict
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from consortium.ids import new_id
from consortium.spreadsheets import Table, csv_file, unguard, xlsx_file
from consortium.tenants.models import Tenant
from events.ledger import service as ledger
from events.ledger.domain import Account, EntryKind, JournalRow
from events.ledger.domain.exporting import Names, as_amount, debit_and_credit
from events.ledger.exports import journal_table, quickbooks_table
from tests.events.ledger.entries import INSTITUTE, INVOICE, PAYER, PAYMENT, check

AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
JULY = 7
NAMES = Names(
    payers={PAYER: "Local 1E10"},
    invoices={INVOICE: "0042"},
    institutes={INSTITUTE: "=Summer Institute"},
    accounts={Account.REVENUE: "4100 Workshop income"},
)
CENTS = st.integers(1, 10**12)


def row(cents: int, account: Account = Account.RECEIVABLE, **values: object) -> JournalRow:
    about = {"payer_id": PAYER, "invoice_id": INVOICE, "institute_id": INSTITUTE}
    return JournalRow(
        **{  # type: ignore[arg-type]
            "number": "2026-06-0001",
            "on": date(2026, 6, 30),
            "kind": EntryKind.INVOICE,
            "source": "invoice:1:1",
            "memo": "1E10",
            "by": "finance@example.org",
            "account": account,
            "cents": cents,
            **(about if account is Account.RECEIVABLE else {}),
            **values,
        }
    )


ROWS = (
    row(1_234_50),
    row(-1_234_50, Account.REVENUE, institute_id=INSTITUTE),
    row(5, Account.BANK, number="2026-07-0001", on=date(2026, 7, 1), memo="=1+1"),
    row(-5, Account.CHECKS, number="2026-07-0001", on=date(2026, 7, 1), memo="-deposit"),
)


def read_csv(table: Table) -> list[list[str]]:
    text = csv_file(table).file.read().decode("utf-8-sig")
    return [[unguard(cell) for cell in line] for line in csv.reader(io.StringIO(text))]


@pytest.mark.pure
def test_the_journal_says_everything_of_a_line() -> None:
    head, *lines = read_csv(journal_table(ROWS, NAMES, year_starts=JULY))

    assert dict(zip(head, lines[0], strict=True)) == {
        "Date": "2026-06-30",
        "Fiscal year": "2026",
        "Entry": "2026-06-0001",
        "Kind": "Invoice",
        "Account": "Owed by payers",
        "Payer": "Local 1E10",
        "Invoice": "0042",
        "Institute": "=Summer Institute",
        "Debit": "1234.50",
        "Credit": "",
        "Memo": "1E10",
    }
    assert lines[1][4:10] == ["4100 Workshop income", "", "", "=Summer Institute", "", "1234.50"]
    assert [line[1] for line in lines] == ["2026", "2026", "2027", "2027"]


@pytest.mark.pure
def test_what_has_no_name_keeps_its_id() -> None:
    stranger = new_id()
    (_, line) = read_csv(journal_table([row(1, payer_id=stranger)], Names(), year_starts=JULY))

    assert line[5:8] == [str(stranger), str(INVOICE), str(INSTITUTE)]


@pytest.mark.pure
def test_quickbooks_gets_us_days_and_plain_amounts() -> None:
    told = read_csv(quickbooks_table(ROWS, NAMES, year_starts=JULY))

    assert ["|".join(line) for line in told] == [
        "JournalNo|JournalDate|AccountName|Debits|Credits|Description|Name|FiscalYear",
        "2026-06-0001|06/30/2026|Owed by payers|1234.50||Invoice - 0042 - 1E10|Local 1E10|2026",
        "2026-06-0001|06/30/2026|4100 Workshop income||1234.50|Invoice - 1E10||2026",
        "2026-07-0001|07/01/2026|Bank|0.05||Invoice - =1+1||2027",
        "2026-07-0001|07/01/2026|Checks not yet deposited||0.05|Invoice - -deposit||2027",
    ]


@pytest.mark.pure
def test_what_the_memo_says_is_not_said_twice() -> None:
    line = row(5, memo="Invoice 0042")

    told = read_csv(quickbooks_table([line], NAMES, year_starts=JULY))

    assert told[1][5] == "Invoice 0042"


@pytest.mark.pure
@pytest.mark.parametrize("make", [journal_table, quickbooks_table])
def test_no_cell_is_a_live_formula(make: object) -> None:
    names = Names(
        payers={PAYER: "=HYPERLINK(1)"},
        invoices={INVOICE: "@SUM(A1)"},
        institutes={INSTITUTE: "+1"},
        accounts=dict.fromkeys(Account, "=cmd"),
    )
    assert callable(make)
    text = csv_file(make(ROWS, names, year_starts=JULY)).file.read().decode("utf-8-sig")

    cells = [cell for line in csv.reader(io.StringIO(text)) for cell in line]
    assert any(cell.startswith("'=HYPERLINK") for cell in cells)
    assert [cell for cell in cells if cell[:1] in "=+-@" and cell] == []


@pytest.mark.pure
def test_pandas_reads_back_what_stands_in_the_books() -> None:
    file = csv_file(journal_table(ROWS, NAMES, year_starts=JULY)).file
    frame = pd.read_csv(file, dtype=str, keep_default_na=False)

    assert list(frame["Invoice"]) == ["0042", "", "", ""]
    assert list(frame["Memo"][:2]) == ["1E10", "1E10"]
    assert [Decimal(cell or 0) for cell in frame["Debit"]] == [
        Decimal("1234.50"),
        0,
        Decimal("0.05"),
        0,
    ]


@pytest.mark.pure
def test_a_workbook_keeps_numbers_of_papers_as_text() -> None:
    file = xlsx_file([journal_table(ROWS, NAMES, year_starts=JULY)], title="Journal", at=AT).file
    head, *lines = CalamineWorkbook.from_filelike(file).get_sheet_by_name("Journal").to_python()

    first = dict(zip(head, lines[0], strict=True))
    assert (first["Invoice"], first["Memo"], first["Fiscal year"]) == ("0042", "1E10", 2026)
    assert first["Debit"] == 1234.5  # a number: bookkeepers sum it
    assert lines[2][-1] == "=1+1"


@pytest.mark.pure
@given(CENTS, st.booleans())
def test_an_amount_is_written_to_the_cent(amount: int, credit: bool) -> None:
    cents = -amount if credit else amount
    debit, gives = debit_and_credit(cents)

    assert (debit == "", gives == "") == (credit, not credit)
    assert Decimal(debit or 0) - Decimal(gives or 0) == Decimal(cents) / 100
    assert as_amount(cents) * 100 == cents
    assert f"{as_amount(cents):f}" == f"{as_amount(cents):.2f}"


def test_each_journal_in_the_file_balances(tenant: Tenant) -> None:
    for number, paid in enumerate((18_453_75, 9_226_88, 1, 0)):
        ledger.post(
            check(18_453_75, paid, source=f"payment:{number}"),
            by="finance@example.org",
            on=date(2026, 2 + number % 2, 5),
        )
    ledger.reverse("payment:1", by="finance@example.org", why="Returned", on=date(2026, 3, 6))
    rows = ledger.journal(date(2026, 1, 1), date(2026, 12, 31))

    head, *lines = read_csv(quickbooks_table(rows, NAMES, year_starts=JULY))

    totals: dict[str, Decimal] = defaultdict(Decimal)
    order = [line[0] for line in lines]
    for line in lines:
        said = dict(zip(head, line, strict=True))
        totals[said["JournalNo"]] += Decimal(said["Debits"] or 0) - Decimal(said["Credits"] or 0)
    assert len(totals) == 5
    assert set(totals.values()) == {Decimal(0)}
    assert sorted(order) == order  # an entry's lines stand together
    assert len(lines) == 2 + 3 + 3 + 2 + 3


def test_payments_are_not_named_in_files(tenant: Tenant) -> None:
    ledger.post(check(5_00, 5_00), by="finance@example.org")
    rows = ledger.journal(date(2026, 3, 1), date(2026, 3, 31))

    cells = {cell for line in read_csv(journal_table(rows, NAMES, year_starts=1)) for cell in line}
    ids: set[UUID] = {PAYER, INVOICE, INSTITUTE, PAYMENT}
    assert not cells & {str(one) for one in ids}
