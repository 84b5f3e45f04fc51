"""Whether a bill is covered: by money that came, by money on its way, by an order that is here."""

from events.billing.models import Bill
from events.invoices import service as invoices
from events.invoices.domain.orders import OrderStatus
from events.payments.service import stripe

HERE = (OrderStatus.RECEIVED, OrderStatus.INVOICED)


def is_being_paid(bill: Bill) -> bool:
    """Tell whether anything of a bill was paid, or a bank account's payment is on its way."""
    views = invoices.invoices_about(bill.about)
    if any(view.paid_cents > 0 for view in views):
        return True
    return any(stripe.on_its_way([view.invoice.id for view in views]).values())


def is_covered(bill: Bill) -> bool:
    """Tell whether it is being paid, or a purchase order for any part of it is here.

    No team with such a bill may lose its places by itself.
    """
    views = invoices.invoices_about(bill.about)
    ordered = any(order.status in HERE for view in views for order in view.orders)
    return ordered or is_being_paid(bill)
