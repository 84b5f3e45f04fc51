"""Checks and transfers are written down as they come, and pay what they are for."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db, hold
from consortium.words import say
from events.invoices import service as invoices
from events.invoices.domain import MoneyRefused
from events.invoices.models import Invoice
from events.ledger import service as ledger
from events.ledger.domain import Account
from events.payments.domain import ExceptionKind, PaymentKind, PaymentStatus
from events.payments.domain.recording import (
    CheckFacts,
    Facts,
    Known,
    TransferFacts,
    check_cents,
    check_doubts,
    check_facts,
    kind_of,
)
from events.payments.models import Payment
from events.payments.service.applying import Applied, post_payment
from events.payments.service.exceptions import follow_rest

Towards = Sequence[tuple[UUID, int | None]]
"""Invoices that are paid, in order: each with its cents, or with as much as is open of it."""


def record_check(
    facts: CheckFacts, *, towards: Towards = (), by: str, confirmed: bool = False
) -> Payment:
    """Write down a check that came; it is on hand until someone deposits it.

    What is more than is open stays with the payer's money, and finance is told. Raises
    ``MoneyRefused``; ``Doubtful``, unless ``confirmed``, for what is rarely meant (the same check
    again, one to come, a stale one); ``NotFound`` for an invoice or payer that is not there.
    """
    payment, applied = record(facts, towards, by=by, confirmed=confirmed)
    _note("record_check", payment, applied, by=by)
    return payment


def record_transfer(
    facts: TransferFacts, *, towards: Towards = (), by: str, confirmed: bool = False
) -> Payment:
    """Write down a transfer that the bank says has come; otherwise as ``record_check``."""
    payment, applied = record(facts, towards, by=by, confirmed=confirmed)
    _note("record_transfer", payment, applied, by=by)
    return payment


def record(
    facts: Facts, towards: Towards, *, by: str, confirmed: bool = False
) -> tuple[Payment, Applied]:
    """Write money down, post it, and open an exception for what is too much.

    Part of another act.
    """
    today = ledger.today()
    check_facts(facts, today=today)
    _check_towards(facts.cents, towards)
    paid = [invoices.get_invoice(invoice_id).invoice for invoice_id, _ in towards]
    payer_id = facts.payer_id or _one_payer(paid)
    if payer_id is not None:
        invoices.lock_payer(payer_id)  # the same check twice at once: the second one sees the first
    if not confirmed:
        check_doubts(facts, _known(facts, payer_id), today=today)
    hold(Invoice.id, *(invoice.id for invoice in paid))
    open_before = ledger.invoice_balances([invoice.id for invoice in paid])
    kind = kind_of(facts)
    is_check = kind is PaymentKind.CHECK
    payment = Payment(
        payer_id=payer_id,
        kind=kind,
        status=PaymentStatus.ON_HAND if is_check else PaymentStatus.RECEIVED,
        amount_cents=facts.cents,
        number=facts.number.strip(),
        drawer=facts.drawer.strip(),
        received_on=facts.received_on,
        note=facts.note.strip(),
        recorded_by=by,
        recorded_at=clock.now(),
    )
    db.session.add(payment)
    db.session.flush()
    account = Account.CHECKS if is_check else Account.BANK
    applied = post_payment(payment, into=account, towards=towards, by=by)
    if applied.left_cents:
        nothing_open = bool(paid) and all(cents <= 0 for cents in open_before.values())
        follow_rest(
            payment,
            by=by,
            kind=ExceptionKind.PAID_TWICE
            if nothing_open
            else (ExceptionKind.OVERPAID if paid else ExceptionKind.NO_INVOICE),
            invoice_id=paid[0].id if nothing_open else None,
        )
    return payment, applied


def _check_towards(cents: int, towards: Towards) -> None:
    named = [some for _, some in towards if some is not None]
    for some in named:
        check_cents(some, field="towards")
    if sum(named) > cents:
        raise MoneyRefused(
            say("The parts come to more than the payment. Correct them."), field="towards"
        )
    if len({invoice_id for invoice_id, _ in towards}) < len(towards):
        raise MoneyRefused(say("Name each invoice once."), field="towards")


def _one_payer(paid: Sequence[Invoice]) -> UUID | None:
    payers = {invoice.payer_id for invoice in paid}
    return payers.pop() if len(payers) == 1 else None


def _known(facts: Facts, payer_id: UUID | None) -> Sequence[Known]:
    """Return payments that may be this one: of the same amount, from the same or from nobody."""
    theirs: list[ColumnElement[bool]] = [Payment.payer_id.is_(None)]
    if payer_id is not None:
        theirs.append(Payment.payer_id == payer_id)
    if facts.drawer.strip():
        theirs.append(Payment.drawer == facts.drawer.strip())
    statement = select(Payment.number, Payment.received_on).where(
        Payment.kind == kind_of(facts), Payment.amount_cents == facts.cents
    )
    if payer_id is not None or facts.drawer.strip():
        statement = statement.where(or_(*theirs))
    return [Known(number=number, received_on=on) for number, on in db.session.execute(statement)]


def _note(act: str, payment: Payment, applied: Applied, *, by: str) -> None:
    audit.record(
        act,
        f"payment:{payment.id}",
        by=by,
        after={
            "cents": payment.amount_cents,
            "number": payment.number,
            "applied": {str(one): cents for one, cents in applied.to.items()},
        },
    )
