"""Accounts, and entries whose debits are their credits."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID

from consortium.words import Sentence, say

MOST_CENTS = 10**12
"""Ten billion dollars: whoever posts more has multiplied where he should have added."""


class Account(StrEnum):
    """Where money is, where it came from, and who still owes it."""

    RECEIVABLE = "receivable"
    CHECKS = "checks"
    BANK = "bank"
    STRIPE = "stripe"
    UNAPPLIED = "unapplied"
    REVENUE = "revenue"
    REFUNDS_OWED = "refunds_owed"
    PROCESSING_FEES = "processing_fees"
    WRITTEN_OFF = "written_off"


ACCOUNT_WORDS: Mapping[Account, Sentence] = {
    Account.RECEIVABLE: say("Owed by payers"),
    Account.CHECKS: say("Checks not yet deposited"),
    Account.BANK: say("Bank"),
    Account.STRIPE: say("Money at Stripe"),
    Account.UNAPPLIED: say("Received, not yet assigned"),
    Account.REVENUE: say("Fees earned"),
    Account.REFUNDS_OWED: say("Refunds to pay out"),
    Account.PROCESSING_FEES: say("Processing fees"),
    Account.WRITTEN_OFF: say("Written off"),
}


class EntryKind(StrEnum):
    """What happened."""

    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"
    PAYMENT = "payment"
    ALLOCATION = "allocation"
    DEPOSIT = "deposit"
    RETURNED = "returned"
    REFUND = "refund"
    REFUND_PAID = "refund_paid"
    DISPUTE = "dispute"
    WRITE_OFF = "write_off"
    FEE = "fee"
    PAYOUT = "payout"
    REVERSAL = "reversal"


KIND_WORDS: Mapping[EntryKind, Sentence] = {
    EntryKind.INVOICE: say("Invoice"),
    EntryKind.CREDIT_NOTE: say("Credit note"),
    EntryKind.PAYMENT: say("Payment"),
    EntryKind.ALLOCATION: say("Payment assigned"),
    EntryKind.DEPOSIT: say("Deposit"),
    EntryKind.RETURNED: say("Check returned"),
    EntryKind.REFUND: say("Refund decided"),
    EntryKind.REFUND_PAID: say("Refund paid"),
    EntryKind.DISPUTE: say("Payment disputed"),
    EntryKind.WRITE_OFF: say("Written off"),
    EntryKind.FEE: say("Processing fee"),
    EntryKind.PAYOUT: say("Payout to the bank"),
    EntryKind.REVERSAL: say("Reversal"),
}


class BadEntry(ValueError):
    """An entry that no act may post: a bug of ours, never a person's mistake."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """So many cents on an account: debit is positive, credit negative."""

    account: Account
    cents: int
    payer_id: UUID | None = None
    invoice_id: UUID | None = None
    institute_id: UUID | None = None
    payment_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One thing that happened to money; its lines sum to zero.

    ``source`` says what it was, as text that occurs once in a consortium, so that nothing is
    posted twice: ``invoice:<uuid>:2``, ``stripe:refund:re_123``.
    """

    kind: EntryKind
    source: str
    memo: str
    lines: tuple[Line, ...]


def check_entry(entry: Entry) -> None:
    """Raise ``BadEntry`` unless the entry may be posted as it is."""
    if not entry.source:
        raise BadEntry("an entry without a source could be posted twice")
    if not entry.lines:
        raise BadEntry(f"{entry.source} has no lines")
    for line in entry.lines:
        _check_line(line, entry.source)
    total = sum(line.cents for line in entry.lines)
    if total != 0:
        raise BadEntry(f"{entry.source} is off by {total} cents")


def _check_line(line: Line, source: str) -> None:
    # A float that happens to be whole, or a truth value, is a bug somewhere above.
    if type(line.cents) is not int:
        raise BadEntry(f"{source} has {line.cents!r} on {line.account}: not whole cents")
    if line.cents == 0:
        raise BadEntry(f"{source} has a line of nothing on {line.account}")
    if abs(line.cents) > MOST_CENTS:
        raise BadEntry(f"{source} has {line.cents} cents on {line.account}: absurd")
    if line.account is Account.RECEIVABLE and (line.payer_id is None or line.invoice_id is None):
        raise BadEntry(f"{source} has a receivable of nobody, or for no invoice")


def reversed_entry(entry: Entry, *, source: str, memo: str) -> Entry:
    """Return the entry that takes everything back: each debit a credit and each credit a debit."""
    lines = tuple(replace(line, cents=-line.cents) for line in entry.lines)
    return Entry(kind=EntryKind.REVERSAL, source=source, memo=memo, lines=lines)
