"""A payer hears once that money goes back: how much, why, how and when; and once what changed."""

from collections.abc import Sequence
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from consortium.database import db, transaction
from consortium.outbox import jobs as outbox
from consortium.outbox.models import OutboxEmail
from events.invoices import service as invoices
from events.invoices.domain import PayerKind
from events.invoices.service import PayerFacts
from events.payments.models import Payment, Refund
from events.payments.service.applying import applied_of
from events.payments.service.refund_paying import (
    cancel_refund,
    fail_refund,
    mail_back,
    pay_refund_check,
)
from events.payments.service.refunds import decide_refund
from tests.events.invoices.stage import FINANCE, adjust, make_invoice, make_payer
from tests.events.payments.stage import TODAY, check, deposit

pytestmark = pytest.mark.usefixtures("tenant")

ADDRESS = "Business office\n355 E. Chicago Street\nElgin, IL 60120"


@pytest.fixture
def payment() -> Payment:
    """Return a deposited check for $300 on an invoice that asks for $200 now."""
    paid = paid_too_much()
    deposit(paid.id)
    return paid


def paid_too_much(*, address: str = ADDRESS) -> Payment:
    facts = PayerFacts(
        kind=PayerKind.LEA, name="Elgin SD", contact_email="ap@elgin.example.org", address=address
    )
    with transaction():
        payer = invoices.payer_for(facts)
    invoice = make_invoice(30_000, payer)
    paid = check(30_000, [(invoice.id, None)])
    adjust(invoice.id, 20_000)
    return paid


def decide(payment: Payment) -> Refund:
    invoice_id = next(iter(applied_of([payment.id])[payment.id]))
    with transaction():
        return decide_refund(
            payment.id, cents=10_000, why="One person less", by=FINANCE, invoice_id=invoice_id
        )


def mails(refund_id: UUID) -> Sequence[OutboxEmail]:
    db.session.expire_all()
    about = select(OutboxEmail).where(OutboxEmail.about == f"refund:{refund_id}")
    return db.session.scalars(about.order_by(OutboxEmail.id)).all()


def test_a_check_is_announced_and_then_told_to_be_in_the_mail(payment: Payment) -> None:
    refund = decide(payment)
    (told,) = mails(refund.id)

    assert told.to == "ap@elgin.example.org"
    assert told.subject == "$100.00 goes back to you"
    for part in (told.text, told.html or ""):
        for said in (
            "a credit on invoice INV-2026-0001",
            "Why: One person less",
            "Out of: Check 1187",
            "We mail you a check.",
            "355 E. Chicago Street",
        ):
            assert said in part

    with transaction():
        pay_refund_check(refund.id, "501", TODAY, by=FINANCE)

    before, sent = mails(refund.id)
    assert before.outcome == "superseded"  # it had not left yet, and says no more than this one
    assert sent.subject == "A check for $100.00 is in the mail to you"
    for part in (sent.text, sent.html or ""):
        assert "our check 501 for $100.00 on Monday, March 2, 2026" in part
        assert "Elgin, IL 60120" in part


def test_a_payer_without_an_address_is_asked_for_it(app: Flask) -> None:
    payment = paid_too_much(address="")
    deposit(payment.id)

    (told,) = mails(decide(payment).id)

    assert "Answer this mail with the address it should go to." in told.text
    assert "Answer this mail with the address it should go to." in (told.html or "")


def test_the_payers_own_check_goes_back(app: Flask) -> None:
    payment = check(5_000, payer_id=make_payer().id, number="77")
    with transaction():
        refund = decide_refund(payment.id, cents=5_000, why="For nobody", by=FINANCE)
    (told,) = mails(refund.id)
    with transaction():
        mail_back(refund.id, TODAY, by=FINANCE)

    assert "We have not deposited your check, and mail it back." in told.text
    assert mails(refund.id)[1].subject == "Your check 77 is in the mail back to you"


def test_what_nobody_was_told_yet_is_taken_back_in_silence(payment: Payment) -> None:
    refund = decide(payment)

    with transaction():
        cancel_refund(refund.id, "They come after all.", by=FINANCE)

    assert [mail.outcome for mail in mails(refund.id)] == ["superseded"]


@pytest.mark.parametrize(
    ("undo", "subject", "says"),
    [
        (cancel_refund, "The refund of $100.00 does not come", "Why: They come after all."),
        (fail_refund, "The refund of $100.00 did not reach you", "The money is still yours."),
    ],
)
def test_what_was_told_is_corrected(
    app: Flask, payment: Payment, undo: object, subject: str, says: str
) -> None:
    refund = decide(payment)
    while outbox.deliver_due(app):  # the check's receipt stands before it in the line
        pass

    with transaction():
        undo(refund.id, "They come after all.", by=FINANCE)  # type: ignore[operator]

    (_, off) = mails(refund.id)
    assert off.subject == subject
    assert says in off.text
    assert says in (off.html or "")


def test_nobody_is_told_of_money_that_is_nobodys(app: Flask) -> None:
    payment = check(5_000)

    with transaction():
        refund = decide_refund(payment.id, cents=5_000, why="Unknown drawer", by=FINANCE)

    assert mails(refund.id) == []
