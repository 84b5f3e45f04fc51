"""Payers are told of their refunds: that one is decided, that its check is in the mail, or not."""

from datetime import date

from consortium.database import db
from consortium.outbox import service as outbox
from events.invoices.models import Invoice, Payer
from events.payments import emails
from events.payments.domain import RefundWay
from events.payments.models import Refund
from events.payments.service.applying import in_words


def tell_decided(refund: Refund) -> None:
    """Promise the payer one mail that says what goes back, why, how and when."""
    _announce(refund, why=refund.why)


def tell_paid(refund: Refund, on: date) -> None:
    """Promise the payer one mail when a check is on its way.

    What went to a card was announced with the days it takes; a refund that someone made in
    Stripe's dashboard is told now.
    """
    if refund.way is RefundWay.STRIPE:
        _announce(refund, why="")
        return
    payer = _payer_of(refund)
    if payer is None:
        return
    outbox.supersede(_about(refund))
    outbox.promise(
        emails.refund_mailed(refund, payer, on=on),
        about=_about(refund),
        dedupe_key=f"refund_mailed:{refund.id}",
    )


def tell_off(refund: Refund, *, why: str = "") -> None:
    """Drop what was not mailed of a refund that is off, and correct what was.

    Without ``why`` it did not arrive, and the payer hears of another way.
    """
    outbox.supersede(_about(refund))
    payer = _payer_of(refund)
    if payer is None or not outbox.gone_out(_about(refund)):
        return
    outbox.promise(
        emails.refund_off(refund, payer, why=why),
        about=_about(refund),
        dedupe_key=f"refund_off:{refund.id}",
    )


def _announce(refund: Refund, *, why: str) -> None:
    payer = _payer_of(refund)
    if payer is None:
        return
    invoice = db.session.get(Invoice, refund.invoice_id) if refund.invoice_id else None
    mail = emails.refund_decided(
        refund,
        payer,
        why=why,
        paid_by=in_words(refund.payment),
        number=invoice.number if invoice else "",
    )
    outbox.promise(mail, about=_about(refund), dedupe_key=f"refund_decided:{refund.id}")


def _about(refund: Refund) -> str:
    return f"refund:{refund.id}"


def _payer_of(refund: Refund) -> Payer | None:
    """Return whose money it is; nobody can be told while that is not known."""
    payer_id = refund.payment.payer_id
    return db.session.get_one(Payer, payer_id) if payer_id else None
