"""The journal as rows of a file: one for people to read, one that bookkeepers' programs import.

Amounts are numbers like ``1234.50``, never negative: a line stands under debit or credit.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from events.ledger.domain.entries import ACCOUNT_WORDS, KIND_WORDS, Account
from events.ledger.domain.fiscal import fiscal_year
from events.ledger.domain.reading import JournalRow

CENT = Decimal("0.01")
Row = tuple[str | int | Decimal, ...]
JOURNAL_HEADER = (
    "Date",
    "Fiscal year",
    "Entry",
    "Kind",
    "Account",
    "Payer",
    "Invoice",
    "Institute",
    "Debit",
    "Credit",
    "Memo",
)
QUICKBOOKS_HEADER = (
    "JournalNo",
    "JournalDate",
    "AccountName",
    "Debits",
    "Credits",
    "Description",
    "Name",
    "FiscalYear",
)


@dataclass(frozen=True, kw_only=True)
class Names:
    """What stands in a file for the ids that the books know; an id without a name stays itself.

    ``accounts`` are the names in the bookkeeper's own chart of accounts.
    """

    payers: Mapping[UUID, str] = field(default_factory=dict)
    invoices: Mapping[UUID, str] = field(default_factory=dict)
    institutes: Mapping[UUID, str] = field(default_factory=dict)
    accounts: Mapping[Account, str] = field(default_factory=dict)

    def account(self, account: Account) -> str:
        """Return the bookkeeper's name of an account, or ours where it gave none."""
        return self.accounts.get(account) or ACCOUNT_WORDS[account]


def journal_rows(rows: Iterable[JournalRow], names: Names, *, year_starts: int) -> Iterator[Row]:
    """Give the journal line by line, as ``JOURNAL_HEADER`` says."""
    for row in rows:
        yield (
            row.on.isoformat(),
            fiscal_year(row.on, year_starts),
            row.number,
            KIND_WORDS[row.kind],
            names.account(row.account),
            _named(row.payer_id, names.payers),
            _named(row.invoice_id, names.invoices),
            _named(row.institute_id, names.institutes),
            *debit_and_credit(row.cents),
            row.memo,
        )


def quickbooks_rows(rows: Iterable[JournalRow], names: Names, *, year_starts: int) -> Iterator[Row]:
    """Give the journal as general journal entries, as ``QUICKBOOKS_HEADER`` says.

    Lines of one entry stand together under one number and balance. Days are US days.
    """
    for row in rows:
        invoice = _named(row.invoice_id, names.invoices)
        told = [part for part in (KIND_WORDS[row.kind], invoice) if part and part not in row.memo]
        yield (
            row.number,
            row.on.strftime("%m/%d/%Y"),
            names.account(row.account),
            *debit_and_credit(row.cents),
            " - ".join([*told, row.memo] if row.memo else told),
            _named(row.payer_id, names.payers),
            fiscal_year(row.on, year_starts),
        )


def debit_and_credit(cents: int) -> tuple[Decimal | str, Decimal | str]:
    """Return signed cents as the two columns of a journal, one of them empty."""
    return (as_amount(cents), "") if cents > 0 else ("", as_amount(-cents))


def as_amount(cents: int) -> Decimal:
    """Return cents as the number of dollars that programs read: 1234.50."""
    return cents * CENT


def _named(which: UUID | None, names: Mapping[UUID, str]) -> str:
    return "" if which is None else names.get(which, str(which))
