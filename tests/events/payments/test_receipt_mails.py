"""A payer gets one mail when money has come, with its receipt; and another if it does not hold."""

from collections.abc import Sequence

import pytest
from flask import Flask
from sqlalchemy import select

from consortium.database import db, transaction
from consortium.outbox import jobs
from consortium.outbox.models import OutboxEmail
from events.invoices.emails import link_to
from events.invoices.models import Invoice
from events.invoices.service import writing
from events.invoices.service.writing_off import write_off
from events.payments import emails
from events.payments.domain import PaymentKind
from events.payments.models import Payment
from events.payments.service.assigning import apply_payment, move_payment, set_apart
from events.payments.service.marking import Mark, mark_paid
from events.payments.service.returns import return_check
from tests.conftest import FakeMailer
from tests.events.invoices.papers.reading_aloud import read_aloud
from tests.events.invoices.stage import FINANCE, make_invoice, make_payer
from tests.events.payments.stage import TODAY, check, transfer

pytestmark = pytest.mark.usefixtures("tenant")


def mails(*, to: str = "ap@elgin.example.org") -> Sequence[OutboxEmail]:
    """Return the mails to a payer, oldest first."""
    db.session.expire_all()
    rows = select(OutboxEmail).where(OutboxEmail.to == to)
    return db.session.scalars(rows.order_by(OutboxEmail.promised_at, OutboxEmail.id)).all()


def outcomes() -> list[tuple[str, str]]:
    return [(mail.subject, mail.outcome) for mail in mails()]


def says(mail: OutboxEmail, *words: str) -> None:
    for part in (mail.text, " ".join((mail.html or "").split())):
        for said in words:
            assert said in part


def test_a_check_brings_its_receipt_by_mail(app: Flask, mailer: FakeMailer) -> None:
    invoice = make_invoice(7_500)

    check(7_500, [(invoice.id, None)])

    (mail,) = mails()
    assert mail.subject == f"Receipt: $75.00 for invoice {invoice.number}"
    says(
        mail,
        "Amount: $75.00",
        "Paid by: Check 1187",
        "Received: Monday, March 2, 2026",
        f"Invoice {invoice.number} (A team): $75.00 paid.",
        "There is nothing to pay any more.",
        link_to(invoice),
    )
    jobs.deliver_due(app)
    (file,) = mailer.sent[0].attachments
    assert file.filename == "R-2026-0001.pdf"
    assert "Check 1187" in " ".join(one.text for one in read_aloud(file.content))


def test_a_part_says_what_is_still_to_pay_and_the_rest_is_a_mail_of_its_own() -> None:
    invoice = make_invoice(30_000)
    check(10_000, [(invoice.id, None)])
    transfer(20_000, [(invoice.id, None)])

    part, rest = mails()
    says(part, "$100.00 paid.", "Still to pay: $200.00, due ")
    says(rest, "Paid by: Bank transfer FED-1", "There is nothing to pay any more.")


def test_one_check_for_many_invoices_is_one_mail_for_each_payer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(emails, "MOST_NAMED", 2)
    ours = [make_invoice(10_000) for _ in range(3)]
    other = make_invoice(5_000, make_payer("U-46", "office@u46.example.org"))

    check(36_000, [(one.id, None) for one in (*ours, other)])

    (mail,) = mails()
    assert mail.subject == "Receipt: $300.00 for 3 invoices"
    says(
        mail,
        *(f"Invoice {one.number} (A team): $100.00 paid." for one in ours[:2]),
        "More invoices that the receipt names: 1",
        "This is a part of the payment. The rest was for something else, or our finance office",
    )
    assert ours[2].number not in mail.text
    assert len(mail.attachments) == 1
    (theirs,) = mails(to="office@u46.example.org")
    says(theirs, f"Invoice {other.number} (A team): $50.00 paid.")


def test_marking_many_as_paid_mails_a_receipt_for_each_check() -> None:
    one, two = make_invoice(10_000), make_invoice(20_000)
    with transaction():
        mark_paid(
            [Mark(invoice_id=one.id, number="1"), Mark(invoice_id=two.id, number="2")],
            PaymentKind.CHECK,
            TODAY,
            by=FINANCE,
        )

    assert [mail.subject for mail in mails()] == [
        f"Receipt: $100.00 for invoice {one.number}",
        f"Receipt: $200.00 for invoice {two.number}",
    ]


def test_a_credit_or_a_write_off_brings_no_receipt() -> None:
    credited, written_off = make_invoice(10_000), make_invoice(10_000)
    with transaction():
        writing.credit_by_hand(credited.id, 10_000, "Goodwill", by=FINANCE)
        write_off(written_off.id, "Bankrupt", by=FINANCE)
    check(10_000)

    assert mails() == []


def test_a_check_that_comes_back_at_once_leaves_one_mail() -> None:
    """A receipt that waits is dropped; one that is out is corrected by the mail on the check."""
    other = make_invoice(5_000, make_payer("U-46", "office@u46.example.org"))
    payment = check(35_000, [(make_invoice(30_000).id, None), (other.id, None)])
    with transaction():
        return_check(payment.id, TODAY, "Insufficient funds", by=FINANCE)

    for to in ("ap@elgin.example.org", "office@u46.example.org"):
        receipt, returned = mails(to=to)
        assert receipt.outcome == "superseded"
        assert returned.outcome == ""
        says(returned, "open again, and a receipt for it does not hold any more.")


def test_what_is_put_right_before_the_mail_went_is_told_once_as_it_is() -> None:
    wrong, right, kept = make_invoice(10_000), make_invoice(10_000), make_invoice(5_000)
    payment = check(15_000, [(wrong.id, None), (kept.id, None)])

    with transaction():
        move_payment(payment.id, wrong.id, right.id, by=FINANCE)

    assert outcomes() == [
        ("Receipt: $150.00 for 2 invoices", "superseded"),
        (f"Receipt: $50.00 for invoice {kept.number}", ""),
        (f"Receipt: $100.00 for invoice {right.number}", ""),
    ]


def test_what_was_told_is_corrected_once_and_not_told_twice(app: Flask) -> None:
    invoice = make_invoice(30_000)
    payment = check(10_000, [(invoice.id, None)])
    jobs.deliver_due(app)

    _apart(payment, invoice)
    (_, off) = mails()
    assert off.subject == f"Invoice {invoice.number}: a receipt does not hold any more"
    says(
        off,
        f"Check 1187 paid invoice {invoice.number} (A team). That does not hold any more.",
        "Why: The payment was not meant for this invoice.",
        "Still to pay: $300.00",
    )
    _again(payment, invoice)
    assert [outcome for _, outcome in outcomes()] == ["sent", "superseded"]

    _apart(payment, invoice)
    jobs.deliver_due(app)
    _again(payment, invoice)
    receipt = f"Receipt: $100.00 for invoice {invoice.number}"
    assert outcomes()[2:] == [(off.subject, "sent"), (receipt, "")]


def _apart(payment: Payment, invoice: Invoice) -> None:
    with transaction():
        set_apart(payment.id, invoice.id, by=FINANCE)


def _again(payment: Payment, invoice: Invoice) -> None:
    with transaction():
        apply_payment(payment.id, [(invoice.id, None)], by=FINANCE)
