"""Invoices as people look for them, each with what the ledger says is open of it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import joinedload

from consortium.database import db
from consortium.errors import NotFound
from consortium.words import say
from events.invoices.domain import MoneyRefused, Standing, standing_of
from events.invoices.domain.links import invoice_named_by, is_genuine
from events.invoices.domain.orders import OrderStatus
from events.invoices.models import Invoice, Payer, PurchaseOrder
from events.invoices.service.issuing import lock_invoice
from events.ledger import service as ledger


@dataclass(frozen=True, kw_only=True)
class InvoiceView:
    """An invoice and where it stands at this moment."""

    invoice: Invoice
    balance_cents: int
    """What is still to pay; below zero what the consortium owes the payer."""
    standing: Standing
    orders: tuple[PurchaseOrder, ...] = ()

    @property
    def owed_cents(self) -> int:
        """What the invoice asks for, credit notes taken off."""
        return self.invoice.total_cents - self.invoice.credited_cents

    @property
    def paid_cents(self) -> int:
        """What came for it and stayed."""
        return self.owed_cents - self.balance_cents

    @property
    def ordered_cents(self) -> int:
        """What purchase orders that are here come to; they reserve and do not pay."""
        here = (OrderStatus.RECEIVED, OrderStatus.INVOICED)
        return sum(order.amount_cents or 0 for order in self.orders if order.status in here)


def get_invoice(invoice_id: UUID) -> InvoiceView:
    """Return the invoice. Raises ``NotFound``."""
    found = invoices_where(Invoice.id == invoice_id)
    if not found:
        raise no_such_invoice()
    return found[0]


def get_linked(token: str, *, secrets: Sequence[str]) -> InvoiceView:
    """Return the invoice that a mailed link shows. Raises ``NotFound`` for any other text.

    A link that was made with a former secret leads on as long as that one is still named.
    """
    named = invoice_named_by(token)
    view = get_invoice(named) if named else None
    if view is None or not any(
        is_genuine(token, view.invoice.id, view.invoice.link_version, secret=one) for one in secrets
    ):
        raise no_such_invoice()
    return view


def invoices_about(*about: str) -> Sequence[InvoiceView]:
    """Return the invoices for some teams, or for costs that payers share, oldest first."""
    return invoices_where(Invoice.about.in_(about))


def invoices_of_payers(payer_ids: Collection[UUID]) -> Sequence[InvoiceView]:
    """Return everything that was billed to some payers, oldest first."""
    return invoices_where(Invoice.payer_id.in_(payer_ids))


def invoices_of_contact(email: str) -> Sequence[InvoiceView]:
    """Return what is billed to payers whose contact signs in with this address."""
    theirs = select(Payer.id).where(Payer.contact_email == email)
    return invoices_where(Invoice.payer_id.in_(theirs))


def invoices_where(*where: ColumnElement[bool], most: int | None = None) -> Sequence[InvoiceView]:
    """Return invoices with payer, institute, orders and standing, in three statements at most."""
    statement = (
        select(Invoice)
        .where(*where)
        .options(joinedload(Invoice.payer), joinedload(Invoice.institute))
        .order_by(Invoice.fiscal_year, Invoice.serial)
        .limit(most)
    )
    found = db.session.scalars(statement).all()
    return views_of(found)


def views_of(invoices: Sequence[Invoice]) -> Sequence[InvoiceView]:
    """Return where invoices stand, whatever their number in the same few statements."""
    ids = [invoice.id for invoice in invoices]
    if not ids:
        return []
    balances = ledger.invoice_balances(ids)
    orders = _orders_of(ids)
    day = ledger.today()
    return [
        InvoiceView(
            invoice=invoice,
            balance_cents=balances[invoice.id],
            standing=_standing(invoice, balances[invoice.id], day),
            orders=orders.get(invoice.id, ()),
        )
        for invoice in invoices
    ]


def open_invoice(invoice_id: UUID) -> tuple[Invoice, int]:
    """Return an invoice of which something is open, held, and how many cents that is.

    Raises ``NotFound``, ``MoneyRefused`` where nothing is open.
    """
    get_invoice(invoice_id)
    invoice = lock_invoice(invoice_id)
    balance = ledger.invoice_balances([invoice_id])[invoice_id]
    if balance <= 0:
        raise MoneyRefused(
            say("Nothing is open of invoice %(number)s any more.", number=invoice.number)
        )
    return invoice, balance


def no_such_invoice() -> NotFound:
    """Return what is said of links and numbers that show nothing, whatever the reason."""
    return NotFound(
        say(
            "There is no invoice at this address. A newer link may have taken its place: look at "
            "the last mail, or sign in with the address that gets the invoices."
        )
    )


def _standing(invoice: Invoice, balance: int, day: date) -> Standing:
    return standing_of(
        total_cents=invoice.total_cents - invoice.credited_cents,
        balance_cents=balance,
        overdue=invoice.due_on < day,
    )


def _orders_of(invoice_ids: Collection[UUID]) -> Mapping[UUID, tuple[PurchaseOrder, ...]]:
    statement = (
        select(PurchaseOrder)
        .where(PurchaseOrder.invoice_id.in_(invoice_ids))
        .options(joinedload(PurchaseOrder.file))
        .order_by(PurchaseOrder.promised_at, PurchaseOrder.id)
    )
    found: dict[UUID, tuple[PurchaseOrder, ...]] = {}
    for order in db.session.scalars(statement):
        found[order.invoice_id] = (*found.get(order.invoice_id, ()), order)
    return found
