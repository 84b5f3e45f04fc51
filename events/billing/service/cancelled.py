"""What a cancelled institute means for money: nobody owes anything, everything goes back."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from consortium import clock
from consortium.database import db, hold
from consortium.outbox import service as outbox
from consortium.words import say
from events.billing.models import Bill
from events.billing.service.following import write_down
from events.billing.service.invoicing import bill_nothing
from events.billing.service.reckoning import live_extras, live_shares
from events.institutes.domain.cancelling import Ending
from events.invoices import service as invoices
from events.invoices.domain.orders import OrderStatus
from events.invoices.models import Invoice
from events.payments.models import Payment
from events.payments.service import refunds
from events.payments.service.applying import payments_on

RESERVING = (OrderStatus.PROMISED, OrderStatus.RECEIVED, OrderStatus.INVOICED)


def endings_at(institute_id: UUID) -> Sequence[Ending]:
    """Return in numbers what of money would end with the institute."""
    bills = select(Bill.about).where(Bill.institute_id == institute_id)
    views = invoices.invoices_about(*db.session.scalars(bills))
    orders = [order for view in views for order in view.orders if order.status in RESERVING]
    return (
        Ending(
            words=say("Invoices still to pay, which then ask for nothing"),
            count=sum(view.balance_cents > 0 for view in views),
        ),
        Ending(
            words=say("Invoices on which money came, which goes back"),
            count=sum(view.paid_cents > 0 for view in views),
        ),
        Ending(words=say("Purchase orders, which are closed"), count=len(orders)),
    )


def give_everything_back(institute_id: UUID, *, by: str) -> None:
    """Let every bill of a cancelled institute ask for nothing, and owe back all that was paid.

    Checks that nobody has deposited are mailed back, deposited ones are refunded by check, cards
    to the card. Purchase orders are closed. Part of the act that cancels the institute.
    """
    why = say("The institute was cancelled.")
    statement = select(Bill).where(Bill.institute_id == institute_id).order_by(Bill.id)
    hold(Bill.id, *db.session.scalars(statement.with_only_columns(Bill.id)))
    bills = db.session.scalars(statement.execution_options(populate_existing=True)).all()
    _hold_money(bills)
    paid: list[UUID] = []
    for bill in bills:
        for extra in live_extras(bill):
            extra.lifted_at = clock.now()
        for share in live_shares(bill):
            share.cents = 0
            bill_nothing(bill, share, why=why, by=by)
        db.session.flush()
        write_down(bill)
        for view in invoices.invoices_about(bill.about):
            for order in invoices.live_orders(view.invoice.id):
                invoices.end_order(order)
            outbox.supersede(*(f"purchase_order:{order.id}" for order in view.orders))
            if view.balance_cents < 0:
                paid.append(view.invoice.id)
    if paid:
        refunds.refund_credits(paid, why=why, by=by)


def _hold_money(bills: Sequence[Bill]) -> None:
    """Hold what paid these bills, then their invoices, in the order of everywhere in money."""
    about = invoices.invoices_about(*(bill.about for bill in bills))
    hold(
        Payment.id,
        *sorted({payment.id for view in about for payment, _ in payments_on(view.invoice.id)}),
    )
    hold(Invoice.id, *(view.invoice.id for view in about))
