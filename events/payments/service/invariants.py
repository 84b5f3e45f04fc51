"""What must be true of money that comes and goes, whatever happened to it."""

from collections.abc import Iterator

from sqlalchemy import Subquery, and_, case, exists, func, or_, select

from consortium.database import db
from consortium.words import dollars
from events.ledger.domain import Account, EntryKind
from events.ledger.models import JournalEntry, JournalLine
from events.payments.domain import PaymentKind, PaymentStatus, RefundStatus
from events.payments.models import Deposit, MoneyException, Payment, Refund


def refunded_wrongly() -> Iterator[str]:
    """I17: find payments of which another sum is counted as refunded than goes back of them."""
    live = case((Refund.status != RefundStatus.FAILED, Refund.cents), else_=0)
    total = func.coalesce(func.sum(live), 0)
    statement = (
        select(Payment.id, Payment.amount_cents, Payment.refunded_cents, total)
        .outerjoin(Refund, Refund.payment_id == Payment.id)
        .group_by(Payment.id, Payment.amount_cents, Payment.refunded_cents)
        .having(or_(total != Payment.refunded_cents, total > Payment.amount_cents))
    )
    for payment_id, amount, counted, found in db.session.execute(statement):
        yield (
            f"payment:{payment_id} over {dollars(amount)} counts {dollars(counted)} as refunded; "
            f"its refunds come to {dollars(int(found))}."
        )


def refunds_owed_wrongly() -> Iterator[str]:
    """I17: find payments of which the books owe another sum back than its refunds say."""
    waits = Refund.status.in_((RefundStatus.OWED, RefundStatus.ASKED))
    owed = (
        select(Refund.payment_id, func.sum(Refund.cents).label("cents"))
        .where(waits)
        .group_by(Refund.payment_id)
        .subquery()
    )
    booked = _booked(Account.REFUNDS_OWED)
    statement = (
        select(Payment.id, func.coalesce(owed.c.cents, 0), -func.coalesce(booked.c.cents, 0))
        .outerjoin(owed, owed.c.payment_id == Payment.id)
        .outerjoin(booked, booked.c.payment_id == Payment.id)
        .where(func.coalesce(owed.c.cents, 0) != -func.coalesce(booked.c.cents, 0))
    )
    for payment_id, said, found in db.session.execute(statement):
        yield (
            f"payment:{payment_id} has refunds over {dollars(int(said))} to pay out; "
            f"the books say {dollars(int(found))}."
        )


def odd_checks() -> Iterator[str]:
    """I21: find checks without number, deposit or reversing entry, where they need one."""
    came_back = exists().where(
        JournalLine.payment_id == Payment.id,
        JournalLine.entry_id == JournalEntry.id,
        JournalEntry.kind == EntryKind.RETURNED,
    )
    deposited = Payment.deposit_id.is_not(None)
    faults = {
        "has no number or amount": or_(Payment.number == "", Payment.amount_cents <= 0),
        "is deposited in no deposit": and_(Payment.status == PaymentStatus.DEPOSITED, ~deposited),
        "is on hand and in a deposit": and_(
            Payment.status.in_((PaymentStatus.ON_HAND, PaymentStatus.MAILED_BACK)), deposited
        ),
        "is returned without a reversing entry": and_(
            Payment.status == PaymentStatus.RETURNED, ~came_back
        ),
        "was reversed and is not marked as returned": and_(
            Payment.status != PaymentStatus.RETURNED, came_back
        ),
        "is in a state that checks do not have": Payment.status.in_(
            (PaymentStatus.RECEIVED, PaymentStatus.PROCESSING, PaymentStatus.FAILED)
        ),
    }
    for words, fault in faults.items():
        statement = select(Payment.id).where(Payment.kind == PaymentKind.CHECK, fault)
        for payment_id in db.session.scalars(statement.order_by(Payment.id)):
            yield f"payment:{payment_id}, a check, {words}."


def checks_miscounted() -> Iterator[str]:
    """I21: find checks that the books have on hand and that are not, or the other way about."""
    booked = _booked(Account.CHECKS)
    on_hand = case((Payment.status == PaymentStatus.ON_HAND, Payment.amount_cents), else_=0)
    found = func.coalesce(booked.c.cents, 0)
    statement = (
        select(Payment.id, on_hand, found)
        .outerjoin(booked, booked.c.payment_id == Payment.id)
        .where(found != on_hand)
    )
    for payment_id, said, in_books in db.session.execute(statement):
        yield (
            f"payment:{payment_id} is {dollars(said)} of checks on hand; "
            f"the books say {dollars(int(in_books))}."
        )


def deposits_off() -> Iterator[str]:
    """I21: find deposits whose checks do not add up to what was deposited."""
    total, number = func.coalesce(func.sum(Payment.amount_cents), 0), func.count(Payment.id)
    statement = (
        select(Deposit.id, Deposit.total_cents, Deposit.checks, total, number)
        .outerjoin(Payment, Payment.deposit_id == Deposit.id)
        .group_by(Deposit.id, Deposit.total_cents, Deposit.checks)
        .having(or_(total != Deposit.total_cents, number != Deposit.checks))
    )
    for deposit_id, said, checks, found, listed in db.session.execute(statement):
        yield (
            f"deposit:{deposit_id} of {checks} checks over {dollars(said)} has {listed} over "
            f"{dollars(int(found))}."
        )


def unwatched_money() -> Iterator[str]:
    """I20: find money that belongs to no invoice and that nobody was asked to look at.

    Whoever leaves it so on purpose has resolved the exception while it was this much.
    """
    booked = _booked(Account.UNAPPLIED)
    watched = exists().where(
        MoneyException.payment_id == Payment.id,
        or_(MoneyException.resolved_at.is_(None), MoneyException.cents == -booked.c.cents),
    )
    statement = (
        select(Payment.id, booked.c.cents)
        .join(booked, booked.c.payment_id == Payment.id)
        .where(booked.c.cents != 0, ~watched)
    )
    for payment_id, cents in db.session.execute(statement):
        yield (
            f"payment:{payment_id} has {dollars(-int(cents))} that belong to no invoice, and no "
            "exception says so."
        )


def _booked(account: Account) -> Subquery:
    return (
        select(JournalLine.payment_id, func.sum(JournalLine.cents).label("cents"))
        .where(JournalLine.account == account, JournalLine.payment_id.is_not(None))
        .group_by(JournalLine.payment_id)
        .subquery()
    )
