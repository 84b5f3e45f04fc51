"""What is read from the books: lines of the journal, of a statement, of the trial balance."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from events.ledger.domain.entries import Account, EntryKind


@dataclass(frozen=True, kw_only=True)
class JournalRow:
    """One line of the journal with what its entry says.

    ``number`` is the entry's place within its month in the order of posting, as 2026-03-0042.
    """

    number: str
    on: date
    kind: EntryKind
    source: str
    memo: str
    by: str
    account: Account
    cents: int
    payer_id: UUID | None = None
    invoice_id: UUID | None = None
    institute_id: UUID | None = None
    payment_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class StatementLine:
    """One change of what a payer owes; ``running_cents`` is what is owed after it."""

    on: date
    kind: EntryKind
    memo: str
    cents: int
    running_cents: int
    invoice_id: UUID
    source: str


@dataclass(frozen=True, kw_only=True)
class TrialLine:
    """An account over a time: before it, what came and went, after it, in signed cents.

    Debits and credits are both told as amounts of zero or more.
    """

    account: Account
    before_cents: int
    debit_cents: int
    credit_cents: int

    @property
    def after_cents(self) -> int:
        """The account's balance at the end of the time."""
        return self.before_cents + self.debit_cents - self.credit_cents
