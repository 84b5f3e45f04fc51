"""Many invoices are marked as paid at once: by one payment together, or each by its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from consortium.audit import service as audit
from consortium.database import hold
from consortium.errors import NotFound
from consortium.words import dollars, say
from events.invoices import service as invoices
from events.invoices.domain import MoneyRefused
from events.invoices.models import Invoice
from events.ledger import service as ledger
from events.payments.domain import PaymentKind
from events.payments.domain.recording import CheckFacts, Facts, TransferFacts
from events.payments.models import Payment
from events.payments.service.applying import Applied, in_words
from events.payments.service.recording import record


@dataclass(frozen=True, kw_only=True)
class Mark:
    """That an invoice was paid: by the check of this number, with all that is open or so much."""

    invoice_id: UUID
    number: str = ""
    cents: int | None = None


@dataclass(frozen=True, kw_only=True)
class Marked:
    """What came of it, as a sentence."""

    invoice_id: UUID
    payment_id: UUID
    words: str


def mark_paid(
    marks: Sequence[Mark],
    kind: PaymentKind,
    received_on: date,
    *,
    by: str,
    confirmed: bool = False,
) -> tuple[Marked, ...]:
    """Write down one check or transfer for each of the invoices; all of them or none.

    Raises ``MoneyRefused`` naming the invoice at which it failed, ``Doubtful`` unless
    ``confirmed``, ``NotFound``.
    """
    rows = _held([mark.invoice_id for mark in marks])
    done = []
    for mark in marks:
        invoice = rows[mark.invoice_id]
        open_cents = ledger.invoice_balances([invoice.id])[invoice.id]
        if mark.cents is None and open_cents <= 0:
            raise MoneyRefused(
                say(
                    "Nothing is open of invoice %(number)s any more. Untick it.",
                    number=invoice.number,
                )
            )
        facts = _facts(mark, kind, received_on, open_cents, invoice.payer_id)
        try:
            payment, applied = record(facts, [(invoice.id, None)], by=by, confirmed=confirmed)
        except MoneyRefused as refused:
            words = say("%(number)s: %(why)s", number=invoice.number, why=refused.message)
            raise type(refused)(words, field=refused.field) from refused
        done.append(_result(invoice, payment, applied))
    _note("mark_paid", done, by=by)
    return tuple(done)


def _held(invoice_ids: Sequence[UUID]) -> Mapping[UUID, Invoice]:
    if not invoice_ids:
        raise MoneyRefused(say("Tick the invoices that were paid."))
    if len(set(invoice_ids)) < len(invoice_ids):
        raise MoneyRefused(say("Name each invoice once."))
    hold(Invoice.id, *invoice_ids)
    found = {
        view.invoice.id: view.invoice
        for view in invoices.invoices_where(Invoice.id.in_(invoice_ids))
    }
    if len(found) < len(invoice_ids):
        raise NotFound(say("One of these invoices is not there."))
    return found


def _facts(
    mark: Mark, kind: PaymentKind, received_on: date, open_cents: int, payer_id: UUID
) -> Facts:
    cents = open_cents if mark.cents is None else mark.cents
    of = CheckFacts if kind is PaymentKind.CHECK else TransferFacts
    return of(number=mark.number, cents=cents, received_on=received_on, payer_id=payer_id)


def _result(invoice: Invoice, payment: Payment, applied: Applied) -> Marked:
    left = ledger.invoice_balances([invoice.id])[invoice.id]
    values = {
        "number": invoice.number,
        "payment": in_words(payment),
        "cents": dollars(applied.to.get(invoice.id, 0)),
    }
    if left > 0:
        words = say(
            "%(number)s: %(payment)s pays %(cents)s of it; %(left)s is still open.",
            left=dollars(left),
            **values,
        )
    else:
        words = say("%(number)s: %(payment)s pays %(cents)s. Nothing is open any more.", **values)
    return Marked(invoice_id=invoice.id, payment_id=payment.id, words=words)


def _note(act: str, done: Sequence[Marked], *, by: str) -> None:
    audit.record(
        act,
        f"payment:{done[0].payment_id}",
        by=by,
        after={"invoices": {str(one.invoice_id): str(one.payment_id) for one in done}},
    )
