"""Checks are taken to the bank together; each goes there once."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Exists, exists, select, update
from sqlalchemy.orm import joinedload

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db, hold
from consortium.errors import NotFound
from consortium.ids import new_id
from consortium.words import say
from events.invoices.domain import MoneyRefused
from events.ledger import service as ledger
from events.ledger.domain import Account, Entry, EntryKind, Line
from events.payments.domain import PaymentKind, PaymentStatus, RefundStatus, RefundWay
from events.payments.models import Deposit, Payment, Refund


def make_deposit(payment_ids: Sequence[UUID], on: date, *, by: str) -> Deposit:
    """Take checks to the bank: one deposit, whose list is printed.

    Raises ``MoneyRefused`` without checks, for a day to come, and when one of them is not on hand
    any more or waits to be mailed back; ``NotFound``.
    """
    ids = sorted(set(payment_ids))
    if not ids:
        raise MoneyRefused(say("Tick the checks that go to the bank."), field="checks")
    if on > ledger.today():
        raise MoneyRefused(say("Record a deposit once it was made."), field="on")
    deposit = deposit_checks(ids, on, by=by)
    audit.record(
        "make_deposit",
        f"deposit:{deposit.id}",
        by=by,
        after={"cents": deposit.total_cents, "checks": [str(one) for one in ids]},
    )
    return deposit


def deposit_checks(ids: Sequence[UUID], on: date, *, by: str) -> Deposit:
    """Write a deposit of these checks down. Part of another act; raises as ``make_deposit``."""
    hold(Payment.id, *ids)
    statement = select(Payment).where(Payment.id.in_(ids)).order_by(Payment.id)
    checks = db.session.scalars(statement.execution_options(populate_existing=True)).all()
    if len(checks) < len(ids):
        raise NotFound(say("One of these checks is not there."))
    if any(check.received_on > on for check in checks):
        raise MoneyRefused(say("One of these checks came later than that day."), field="on")
    deposit = Deposit(
        id=new_id(),
        on=on,
        total_cents=sum(check.amount_cents for check in checks),
        checks=len(checks),
        made_at=clock.now(),
        made_by=by,
    )
    db.session.add(deposit)
    db.session.flush()
    _take(ids, deposit)
    ledger.post(
        Entry(
            kind=EntryKind.DEPOSIT,
            source=f"deposit:{deposit.id}",
            memo=say("Deposit of checks"),
            lines=(
                Line(account=Account.BANK, cents=deposit.total_cents),
                *(
                    Line(
                        account=Account.CHECKS,
                        cents=-check.amount_cents,
                        payer_id=check.payer_id,
                        payment_id=check.id,
                    )
                    for check in checks
                ),
            ),
        ),
        by=by,
        on=on,
    )
    return deposit


def _take(ids: Sequence[UUID], deposit: Deposit) -> None:
    """Mark the checks as deposited; whoever else deposits one of them finds it gone."""
    taken = db.session.execute(
        update(Payment)
        .where(
            Payment.id.in_(ids),
            Payment.kind == PaymentKind.CHECK,
            Payment.status == PaymentStatus.ON_HAND,
            ~_goes_back(),
        )
        .values(status=PaymentStatus.DEPOSITED, deposit_id=deposit.id, version=Payment.version + 1)
        .returning(Payment.id)
    ).all()
    if len(taken) != len(ids):
        raise MoneyRefused(
            say(
                "One of these checks is not on hand any more, or goes back by mail. Look at the "
                "list as it is now."
            ),
            field="checks",
        )


def checks_on_hand() -> Sequence[Payment]:
    """Return the checks that can be deposited, oldest first."""
    statement = (
        select(Payment)
        .where(
            Payment.kind == PaymentKind.CHECK,
            Payment.status == PaymentStatus.ON_HAND,
            ~_goes_back(),
        )
        .options(joinedload(Payment.payer))
        .order_by(Payment.received_on, Payment.id)
    )
    return db.session.scalars(statement).all()


def deposits(*, most: int = 200) -> Sequence[Deposit]:
    """Return deposits, the newest first."""
    statement = select(Deposit).order_by(Deposit.on.desc(), Deposit.made_at.desc(), Deposit.id)
    return db.session.scalars(statement.limit(most)).all()


def get_deposit(deposit_id: UUID) -> tuple[Deposit, Sequence[Payment]]:
    """Return a deposit and its checks, as they are listed for the bank. Raises ``NotFound``."""
    deposit = db.session.scalar(select(Deposit).where(Deposit.id == deposit_id))
    if deposit is None:
        raise NotFound(say("There is no such deposit."))
    statement = (
        select(Payment)
        .where(Payment.deposit_id == deposit_id)
        .options(joinedload(Payment.payer))
        .order_by(Payment.received_on, Payment.id)
    )
    return deposit, db.session.scalars(statement).all()


def _goes_back() -> Exists:
    return exists().where(
        Refund.payment_id == Payment.id,
        Refund.way == RefundWay.MAIL_BACK,
        Refund.status != RefundStatus.FAILED,
    )
