"""Invoices of which nobody is reminded: their money is on its way, or disputed."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select

from consortium.database import db
from events.ledger.domain import Account
from events.ledger.models import JournalLine
from events.payments.domain import ExceptionKind, PaymentStatus
from events.payments.models import Checkout, MoneyException, Payment


def held_back(invoice_ids: Collection[UUID]) -> frozenset[UUID]:
    """Return those of the invoices whose payer should do nothing now.

    A bank account's payment takes days to arrive. A dispute is settled between banks; until
    finance has resolved its exception, a reminder would ask for the money twice.
    """
    on_its_way = (
        select(Checkout.invoice_id)
        .join(Payment, Payment.intent_id == Checkout.intent_id)
        .where(Checkout.invoice_id.in_(invoice_ids), Payment.status == PaymentStatus.PROCESSING)
    )
    disputed = (
        select(JournalLine.invoice_id)
        .join(MoneyException, MoneyException.payment_id == JournalLine.payment_id)
        .where(
            JournalLine.account == Account.RECEIVABLE,
            JournalLine.invoice_id.in_(invoice_ids),
            MoneyException.kind == ExceptionKind.DISPUTED,
            MoneyException.resolved_at.is_(None),
        )
    )
    found = {*db.session.scalars(on_its_way), *db.session.scalars(disputed)}
    return frozenset(one for one in found if one is not None)
