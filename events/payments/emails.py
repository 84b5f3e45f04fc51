"""The mails about money that came, or did not."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from consortium.database import db
from consortium.letters import letter
from consortium.ports import Email
from consortium.tenancy import require_tenant
from consortium.tenants.models import Tenant
from consortium.words import dollars, say
from events.invoices.domain.papers import Paper
from events.invoices.emails import link_to, page, to_payer
from events.invoices.models import Document, Invoice, Payer
from events.ledger import service as ledger
from events.payments.domain import EXCEPTION_WORDS, PaymentKind, RefundWay
from events.payments.models import MoneyException, Payment, Refund

MOST_NAMED = 10
"""So many invoices a mail lists; its receipt names all that a check paid."""


def exception(row: MoneyException, *, to: str) -> Email:
    """Tell finance that something about money needs a person."""
    return letter(
        "payments/exception",
        to=to,
        subject=EXCEPTION_WORDS[row.kind],
        told=row.words,
        link=page("payments.exceptions"),
        tenant=_tenant(),
    )


def check_returned(payment: Payment, *, to: str, why: str, remit_to: str) -> Email:
    """Tell a payer that the bank returned the check, and how to pay now."""
    total = dollars(payment.amount_cents)
    return letter(
        "payments/check_returned",
        to=to,
        subject=say(
            "Your check %(number)s for %(total)s came back unpaid",
            number=payment.number,
            total=total,
        ),
        payment=payment,
        total=total,
        why=why,
        remit_to=remit_to,
        tenant=_tenant(),
    )


def receipt(  # noqa: PLR0913  (what a mail says)
    document: Document,
    payer: Payer,
    theirs: Sequence[Invoice],
    *,
    paid_by: str,
    on: date,
    in_part: bool,
) -> Email:
    """Tell a payer what came, how and when, which invoices it paid and what is still to pay.

    The receipt is attached. Where it names very many invoices, the mail lists the first ones.
    ``in_part``: more came than went to this payer's invoices.
    """
    paper = Paper.from_json(document.paper)
    parts = {one.number: one for one in paper.applied}
    total = dollars(paper.total_cents)
    if len(theirs) == 1:
        subject = say("Receipt: %(sum)s for invoice %(number)s", sum=total, number=theirs[0].number)
    else:
        subject = say("Receipt: %(sum)s for %(count)s invoices", sum=total, count=len(theirs))
    return to_payer(
        "payments/receipt",
        payer,
        subject,
        invoice=theirs[0],
        paper=document,
        total=total,
        paid_by=paid_by,
        on=on,
        in_part=in_part,
        paid=[
            (invoice, parts[invoice.number], link_to(invoice)) for invoice in theirs[:MOST_NAMED]
        ],
        unnamed=max(0, len(theirs) - MOST_NAMED),
    )


def receipt_off(invoice: Invoice, payer: Payer, *, paid_by: str, why: str) -> Email:
    """Tell a payer that a payment, of which a receipt went out, does not pay the invoice."""
    return to_payer(
        "payments/receipt_off",
        payer,
        say("Invoice %(number)s: a receipt does not hold any more", number=invoice.number),
        invoice=invoice,
        paid_by=paid_by,
        why=why,
        open_cents=ledger.invoice_balances([invoice.id])[invoice.id],
    )


def refund_decided(refund: Refund, payer: Payer, *, why: str, paid_by: str, number: str) -> Email:
    """Tell a payer that money goes back: how much, why, in which way, when it comes.

    ``paid_by`` names the payment; ``number`` the invoice out of whose credit it goes, if any.
    """
    return _of_refund(
        "payments/refund",
        refund,
        payer,
        subject=say("%(sum)s goes back to you", sum=dollars(refund.cents)),
        why=why,
        paid_by=paid_by,
        number=number,
        to_account=refund.payment.kind is PaymentKind.BANK_ACCOUNT,
    )


def refund_mailed(refund: Refund, payer: Payer, *, on: date) -> Email:
    """Tell a payer that our check, or the payer's own, is in the mail."""
    sent = say("A check for %(sum)s is in the mail to you", sum=dollars(refund.cents))
    own = say("Your check %(number)s is in the mail back to you", number=refund.payment.number)
    return _of_refund(
        "payments/refund_mailed",
        refund,
        payer,
        subject=own if refund.way is RefundWay.MAIL_BACK else sent,
        on=on,
    )


def refund_off(refund: Refund, payer: Payer, *, why: str) -> Email:
    """Tell a payer that what was announced does not come: taken back, or it did not arrive.

    ``why`` is empty where it did not arrive: it goes back in another way then.
    """
    gone = say("The refund of %(sum)s does not come", sum=dollars(refund.cents))
    failed = say("The refund of %(sum)s did not reach you", sum=dollars(refund.cents))
    return _of_refund(
        "payments/refund_off", refund, payer, subject=gone if why else failed, why=why
    )


def _of_refund(
    template: str, refund: Refund, payer: Payer, *, subject: str, **values: Any
) -> Email:
    return letter(
        template,
        to=payer.contact_email,
        subject=subject,
        refund=refund,
        payment=refund.payment,
        payer=payer,
        sum=dollars(refund.cents),
        tenant=_tenant(),
        **values,
    )


def _tenant() -> Tenant:
    return db.session.get_one(Tenant, require_tenant())
