"""What finance looks at first in the morning."""

from dataclasses import dataclass

from sqlalchemy import func, select

from consortium.database import db
from events.books.domain.aging import aged
from events.books.service.aging import open_on
from events.ledger import service as ledger
from events.ledger.domain import Account, EntryKind, Month, first_day, last_day, month_of
from events.ledger.models import JournalEntry, JournalLine
from events.payments.domain import PaymentKind, PaymentStatus
from events.payments.models import Payment
from events.payments.service import exceptions

HELD_IN = (Account.CHECKS, Account.BANK, Account.STRIPE)
GOES_OUT = (EntryKind.REFUND_PAID, EntryKind.FEE)
CAME_BACK = ("reversal:refund", "reversal:stripe:refund")
"""Sources of refunds that did not arrive: what comes back was no income before either."""


@dataclass(frozen=True, kw_only=True)
class Overview:
    """Where the money is, in cents."""

    owed_cents: int
    overdue_cents: int
    credit_cents: int
    """What is owed to payers on invoices, above zero."""
    received_cents: int
    """What came this month and stayed."""
    checks_cents: int
    """Checks that nobody has taken to the bank yet."""
    refunds_cents: int
    """What was decided to go back and has not."""
    suspense_cents: int
    exceptions: int
    next_month: Month | None


@dataclass(frozen=True, kw_only=True)
class Loose:
    """What one looks at before a month is closed."""

    exceptions: int
    checks: int
    checks_cents: int
    suspense_cents: int


def overview() -> Overview:
    """Return what matters today."""
    today = ledger.today()
    ages = aged(open_on(today), today)
    balances = ledger.account_balances()
    return Overview(
        owed_cents=ages.owed_cents,
        overdue_cents=ages.overdue_cents,
        credit_cents=-ages.credit_cents,
        received_cents=received_in(month_of(today)),
        checks_cents=balances[Account.CHECKS],
        refunds_cents=-balances[Account.REFUNDS_OWED],
        suspense_cents=-balances[Account.UNAPPLIED],
        exceptions=exceptions.open_count(),
        next_month=ledger.next_to_close(),
    )


def received_in(month: Month) -> int:
    """Return the cents that came in a month, less what was returned or disputed in it.

    Moving money between our own accounts adds nothing, and refunds are told apart.
    """
    statement = (
        select(func.sum(JournalLine.cents))
        .join(JournalEntry, JournalEntry.id == JournalLine.entry_id)
        .where(
            JournalLine.account.in_(HELD_IN),
            JournalEntry.kind.not_in(GOES_OUT),
            *(~JournalEntry.source.startswith(of_a_refund) for of_a_refund in CAME_BACK),
            JournalEntry.on.between(first_day(month), last_day(month)),
        )
    )
    return int(db.session.scalar(statement) or 0)


def loose_ends() -> Loose:
    """Return what is not settled yet, of any month."""
    on_hand = select(func.count(Payment.id), func.sum(Payment.amount_cents)).where(
        Payment.kind == PaymentKind.CHECK, Payment.status == PaymentStatus.ON_HAND
    )
    checks, cents = db.session.execute(on_hand).one()
    return Loose(
        exceptions=exceptions.open_count(),
        checks=checks,
        checks_cents=int(cents or 0),
        suspense_cents=ledger.suspense_cents(),
    )
