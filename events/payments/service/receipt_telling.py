"""Payers get one mail when money of theirs has come, and one more if that does not hold."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from sqlalchemy import select

from consortium.database import db
from consortium.outbox import service as outbox
from events.invoices import service as invoices
from events.invoices.models import Document, Invoice, Payer
from events.invoices.service import Came
from events.payments import emails
from events.payments.models import Payment


def tell_received(payment: Payment, came: Came, *, before: Mapping[UUID, int], by: str) -> None:
    """Issue receipts for money that was applied, and promise each payer one mail that brings it.

    Part of another act. ``before`` is what the payment paid already, by invoice: with it the
    sum is another one. Money taken off and put back before anyone heard of it says nothing new.
    """
    for receipt in invoices.issue_receipt(came, by=by):
        if receipt.payer_id is None:
            raise ValueError(f"the receipt {receipt.number} is nobody's")
        rows = _theirs(receipt.payer_id, came.to)
        outbox.supersede(*(_off(payment, invoice) for invoice in rows))
        told = _told(payment, receipt.payer_id)
        if all(_knows(told, payment, invoice, came, before) for invoice in rows):
            continue
        payer = db.session.get_one(Payer, receipt.payer_id)
        outbox.promise(
            emails.receipt(
                receipt,
                payer,
                rows,
                paid_by=came.words,
                on=came.on,
                in_part=receipt.total_cents < came.cents,
            ),
            about=_about(payment, payer.id),
            dedupe_key=f"receipt:{receipt.id}",
        )


def tell_taken_off(
    payment: Payment, invoice_ids: Sequence[UUID], still: Came, *, why: str, by: str
) -> None:
    """Drop the mail that a payment pays these invoices, and correct the one that is out.

    Part of another act. ``still`` is what the payment pays now: where the mail that was dropped
    spoke of that too, it is told anew.
    """
    rows = db.session.scalars(select(Invoice).where(Invoice.id.in_(invoice_ids))).all()
    drop_receipts(payment, invoice_ids)
    for payer_id in dict.fromkeys(invoice.payer_id for invoice in rows):
        told = _told(payment, payer_id)
        payer = db.session.get_one(Payer, payer_id)
        for invoice in rows:
            if invoice.payer_id == payer_id and _is_told(told, payment, invoice):
                outbox.promise(
                    emails.receipt_off(invoice, payer, paid_by=still.words, why=why),
                    about=_off(payment, invoice),
                )
        untold = {
            invoice.id: still.to[invoice.id]
            for invoice in _theirs(payer_id, still.to)
            if not _is_told(told, payment, invoice)
        }
        if untold:
            tell_received(payment, replace(still, to=untold), before={}, by=by)


def drop_receipts(payment: Payment, invoice_ids: Sequence[UUID]) -> Sequence[UUID]:
    """Drop the mails about a payment that wait for the payers of these invoices; return those."""
    statement = select(Invoice.payer_id).where(Invoice.id.in_(invoice_ids)).distinct()
    payer_ids = db.session.scalars(statement.order_by(Invoice.payer_id)).all()
    outbox.supersede(*(_about(payment, payer_id) for payer_id in payer_ids))
    return payer_ids


def _theirs(payer_id: UUID, to: Mapping[UUID, int]) -> Sequence[Invoice]:
    statement = select(Invoice).where(Invoice.id.in_(to), Invoice.payer_id == payer_id)
    return db.session.scalars(statement.order_by(Invoice.fiscal_year, Invoice.serial)).all()


def _told(payment: Payment, payer_id: UUID) -> Counter[tuple[str, int]]:
    """Return what mails that are out said: how often which sum for which invoice."""
    papers = [
        UUID(file.made_of.rpartition(":")[2])
        for mail in outbox.gone_out(_about(payment, payer_id))
        for file in mail.attachments
    ]
    if not papers:
        return Counter()
    receipts = db.session.scalars(select(Document).where(Document.id.in_(papers)))
    return Counter(
        (one.number, one.cents) for each in receipts for one in invoices.shown(each).applied
    )


def _is_told(told: Counter[tuple[str, int]], payment: Payment, invoice: Invoice) -> bool:
    """Tell whether the last that is out about both says that the one pays the other."""
    times = sum(count for (number, _), count in told.items() if number == invoice.number)
    return times > 0 and times > len(outbox.gone_out(_off(payment, invoice)))


def _knows(
    told: Counter[tuple[str, int]],
    payment: Payment,
    invoice: Invoice,
    came: Came,
    before: Mapping[UUID, int],
) -> bool:
    same = not before.get(invoice.id) and told[invoice.number, came.to[invoice.id]] > 0
    return same and _is_told(told, payment, invoice)


def _about(payment: Payment, payer_id: UUID) -> str:
    return f"receipt:{payment.id}:{payer_id}"


def _off(payment: Payment, invoice: Invoice) -> str:
    return f"receipt_off:{payment.id}:{invoice.id}"
