"""What finance does to an invoice by hand: send it again, renew its link, credit it."""

from uuid import UUID

from consortium.audit import service as audit
from consortium.database import db
from consortium.outbox import service as outbox
from consortium.ports import Email
from consortium.words import dollars, say
from events.invoices.domain import MoneyRefused
from events.invoices.domain.orders import OrderStatus, check_amount
from events.invoices.emails import to_payer
from events.invoices.models import Document, Invoice, Payer, PurchaseOrder
from events.invoices.service.dunning import stop_reminding
from events.invoices.service.finding import get_invoice
from events.invoices.service.issuing import credit_invoice, lock_invoice
from events.invoices.service.orders import lapse_order, lock_order
from events.ledger import service as ledger


def send_again(invoice_id: UUID, *, by: str) -> Invoice:
    """Mail the payer the invoice once more, with its link. Raises ``NotFound``."""
    get_invoice(invoice_id)
    invoice = lock_invoice(invoice_id)
    _promise(invoice)
    audit.record("send_again", f"invoice:{invoice.id}", by=by)
    return invoice


def renew_link(invoice_id: UUID, *, by: str) -> Invoice:
    """Let every link to the invoice that was mailed stop working, and mail the payer a new one.

    Raises ``NotFound``.
    """
    get_invoice(invoice_id)
    invoice = lock_invoice(invoice_id)
    invoice.link_version += 1
    invoice.version += 1
    db.session.flush()
    outbox.supersede(f"invoice:{invoice.id}")  # they carry the link that stops working
    stop_reminding(invoice.id)
    _promise(invoice)
    audit.record(
        "renew_link", f"invoice:{invoice.id}", by=by, after={"link_version": invoice.link_version}
    )
    return invoice


def credit_by_hand(invoice_id: UUID, cents: int | None, why: str, *, by: str) -> Document:
    """Take ``cents`` off an invoice by a credit note that says why.

    What was paid beyond the lower sum is then owed to the payer. Raises ``NotFound``,
    ``MoneyRefused`` for no amount, more than the invoice asks for, or no reason.
    """
    amount = check_amount(cents)
    reason = _reason(why)
    get_invoice(invoice_id)
    invoice = lock_invoice(invoice_id)
    owed = invoice.total_cents - invoice.credited_cents
    if amount > owed:
        raise MoneyRefused(
            say("The invoice asks for %(owed)s. Credit that much at most.", owed=dollars(owed)),
            field="amount",
        )
    paper = credit_invoice(invoice, amount, why=reason, by=by)
    invoice.conceded_cents += amount  # a change of what is billed must not ask for it again
    stop_reminding(invoice.id)
    audit.record(
        "credit_by_hand",
        f"invoice:{invoice.id}",
        by=by,
        after={"cents": amount, "credit_note": paper.number, "why": reason},
    )
    return paper


def give_up_order(order_id: UUID, *, by: str) -> PurchaseOrder:
    """Note that a purchase order that was promised never came.

    Raises ``NotFound``, ``MoneyRefused`` for one that is here or closed.
    """
    order = lock_order(order_id)
    if order.status is not OrderStatus.PROMISED:
        raise MoneyRefused(say("Only an order that was promised can be marked as never come."))
    lapse_order(order)
    audit.record("give_up_order", f"purchase_order:{order.id}", by=by)
    return order


def _promise(invoice: Invoice) -> None:
    outbox.promise(_mail(invoice), about=f"invoice:{invoice.id}")


def _mail(invoice: Invoice) -> Email:
    payer = db.session.get_one(Payer, invoice.payer_id)
    return to_payer(
        "invoices/again",
        payer,
        say("Invoice %(number)s: %(what)s", number=invoice.number, what=invoice.what),
        invoice=invoice,
        open_cents=ledger.invoice_balances([invoice.id])[invoice.id],
    )


def _reason(why: str) -> str:
    reason = " ".join(why.split())
    if not reason:
        raise MoneyRefused(say("Write why: it stands on the paper."), field="why")
    return reason
