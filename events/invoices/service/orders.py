"""Purchase orders: promised, received, invoiced against, closed. None of them is a payment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import and_, func, select
from sqlalchemy.orm import aliased

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db, hold
from consortium.errors import NotFound
from consortium.files import service as files
from consortium.files.service import PutFile
from consortium.words import say
from events.invoices.domain import MoneyRefused
from events.invoices.domain.orders import OrderStatus, check_amount, check_order_number
from events.invoices.models import Invoice, Payer, PurchaseOrder
from events.invoices.service.issuing import lock_invoice
from events.ledger import service as ledger

LIVE = (OrderStatus.PROMISED, OrderStatus.RECEIVED, OrderStatus.INVOICED)


def promise_order(invoice_id: UUID, *, follows_by: date | None, by: str) -> PurchaseOrder:
    """Note that a purchase order will follow; until ``follows_by`` the places are kept for it.

    Raises ``MoneyRefused`` where one is promised or here already.
    """
    invoice = lock_invoice(invoice_id)
    if live_orders(invoice_id):
        raise MoneyRefused(say("A purchase order is promised or here already."))
    order = PurchaseOrder(
        payer_id=invoice.payer_id,
        invoice_id=invoice_id,
        promised_at=clock.now(),
        follows_by=follows_by,
    )
    db.session.add(order)
    db.session.flush()
    audit.record(
        "promise_order",
        f"invoice:{invoice_id}",
        by=by,
        after={"follows_by": follows_by.isoformat() if follows_by else None},
    )
    return order


@dataclass(frozen=True, kw_only=True)
class OrderFacts:
    """What stands on a purchase order, and its paper where it was handed in."""

    number: str
    amount_cents: int | None
    expires_on: date | None = None
    file: PutFile | None = None


def receive_order(
    invoice_id: UUID, facts: OrderFacts, *, by: str, person_id: UUID | None = None
) -> PurchaseOrder:
    """Take a purchase order for an invoice: its number as it stands there, and its amount.

    One that was promised is it. The invoice is not paid by it. Raises ``MoneyRefused`` for a
    number or an amount that is none, or an order that has expired.
    """
    number = check_order_number(facts.number)
    amount = check_amount(facts.amount_cents)
    invoice = lock_invoice(invoice_id)
    if facts.expires_on is not None and facts.expires_on < ledger.today():
        raise MoneyRefused(
            say("This purchase order has expired. Ask for a new one."), field="expires_on"
        )
    order = next(
        (one for one in live_orders(invoice_id) if one.status is OrderStatus.PROMISED), None
    ) or PurchaseOrder(payer_id=invoice.payer_id, invoice_id=invoice_id, promised_at=clock.now())
    order.number, order.amount_cents, order.expires_on = number, amount, facts.expires_on
    order.status = OrderStatus.RECEIVED
    order.received_at = clock.now()
    if facts.file is not None:
        order.file_id = files.keep(facts.file, person_id=person_id).id
    db.session.add(order)
    db.session.flush()
    audit.record(
        "receive_order",
        f"invoice:{invoice_id}",
        by=by,
        after={"number": number, "amount_cents": amount, "file": facts.file is not None},
    )
    return order


def invoice_against(order_id: UUID, *, by: str) -> PurchaseOrder:
    """Note that the invoice was sent to the business office against this order."""
    order = lock_order(order_id)
    if order.status is not OrderStatus.RECEIVED:
        raise MoneyRefused(say("Only an order that is here can be invoiced against."))
    order.status = OrderStatus.INVOICED
    order.version += 1
    db.session.flush()
    audit.record("invoice_against", f"purchase_order:{order.id}", by=by)
    return order


def close_order(order_id: UUID, *, by: str) -> PurchaseOrder:
    """Close an order: it was paid, or will never be used. Raises ``MoneyRefused`` once closed."""
    order = lock_order(order_id)
    if order.status not in LIVE:
        raise MoneyRefused(say("This purchase order is closed already."))
    _end(order, OrderStatus.CLOSED)
    audit.record("close_order", f"purchase_order:{order.id}", by=by)
    return order


def lapse_order(order: PurchaseOrder) -> None:
    """Give up waiting for an order that was promised. Part of another act."""
    _end(order, OrderStatus.LAPSED)


def await_no_orders(invoice_id: UUID) -> None:
    """Give up the orders promised for an invoice that asks for nothing. Part of another act."""
    for order in live_orders(invoice_id):
        if order.status is OrderStatus.PROMISED:
            _end(order, OrderStatus.LAPSED)


def end_order(order: PurchaseOrder) -> None:
    """Close an order of which nothing is wanted any more. Part of another act."""
    _end(order, OrderStatus.CLOSED)


def close_paid_orders(invoice_id: UUID) -> None:
    """Close the orders of an invoice that is paid, and await none that was promised for it.

    Part of another act.
    """
    if ledger.invoice_balances([invoice_id])[invoice_id] > 0:
        return
    for order in live_orders(invoice_id):
        _end(order, OrderStatus.CLOSED)


def live_orders(invoice_id: UUID) -> Sequence[PurchaseOrder]:
    """Return the orders of an invoice that reserve, oldest first."""
    statement = select(PurchaseOrder).where(
        PurchaseOrder.invoice_id == invoice_id, PurchaseOrder.status.in_(LIVE)
    )
    return db.session.scalars(statement.order_by(PurchaseOrder.promised_at)).all()


def used_elsewhere(invoice_id: UUID) -> Sequence[Invoice]:
    """Return other invoices to a payer of this name for which an order of the same number came.

    One order may have been meant for both; whoever keeps the books has a second look.
    """
    other, its_payer = aliased(PurchaseOrder), aliased(Payer)
    same = (
        select(other.invoice_id)
        .join(its_payer, its_payer.id == other.payer_id)
        .join(PurchaseOrder, func.lower(PurchaseOrder.number) == func.lower(other.number))
        .join(Payer, and_(Payer.id == PurchaseOrder.payer_id, Payer.name == its_payer.name))
        .where(PurchaseOrder.invoice_id == invoice_id, PurchaseOrder.number != "")
    )
    statement = select(Invoice).where(Invoice.id.in_(same), Invoice.id != invoice_id)
    return db.session.scalars(statement.order_by(Invoice.fiscal_year, Invoice.serial)).all()


def get_order(order_id: UUID) -> PurchaseOrder:
    """Return the order. Raises ``NotFound``."""
    order = db.session.scalar(select(PurchaseOrder).where(PurchaseOrder.id == order_id))
    if order is None:
        raise NotFound(say("There is no such purchase order."))
    return order


def lock_order(order_id: UUID) -> PurchaseOrder:
    """Return the order read anew, held so that its changes come one by one."""
    get_order(order_id)
    hold(PurchaseOrder.id, order_id)
    statement = select(PurchaseOrder).where(PurchaseOrder.id == order_id)
    return db.session.scalars(statement.execution_options(populate_existing=True)).one()


def _end(order: PurchaseOrder, status: OrderStatus) -> None:
    # What never came has no number and no amount to be closed with.
    order.status = OrderStatus.LAPSED if order.status is OrderStatus.PROMISED else status
    order.closed_at = clock.now()
    order.version += 1
    db.session.flush()
