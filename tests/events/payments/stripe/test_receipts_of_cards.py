"""What Stripe tells comes twice and late; a payer's receipt comes by mail once."""

from dataclasses import replace

import pytest
from flask import Flask

from consortium.outbox import jobs
from tests.events.invoices.stage import make_invoice
from tests.events.payments.stripe.stage import open_page, take_in, told
from tests.events.payments.test_receipt_mails import mails, outcomes, says
from tests.fakes.stripe_server import FakeStripe

pytestmark = pytest.mark.usefixtures("cards_taken")


def test_a_card_brings_one_receipt_however_often_stripe_tells(
    app: Flask, stripe_server: FakeStripe
) -> None:
    invoice = make_invoice(30_000)
    stripe_server.pay_by_card(open_page(invoice))
    history = told(stripe_server)
    take_in(history)
    jobs.deliver_due(app)

    again = [replace(one, id=f"{one.id}_again") for one in history]
    take_in([*history, *again])

    (mail,) = mails()
    assert mail.subject == f"Receipt: $300.00 for invoice {invoice.number}"
    says(mail, "Paid by: Card ending 4242", "There is nothing to pay any more.")


def test_a_bank_account_that_fails_after_its_receipt_went_out_is_corrected(
    app: Flask, stripe_server: FakeStripe
) -> None:
    invoice = make_invoice(30_000)
    intent = stripe_server.pay_by_bank(open_page(invoice))["id"]
    take_in(told(stripe_server))
    assert mails() == []  # it is on its way, no more
    stripe_server.settle(intent)
    history = told(stripe_server)
    take_in(history)
    jobs.deliver_due(app)

    succeeded = next(one for one in history if one.type == "payment_intent.succeeded")
    data = {**succeeded.data, "status": "requires_payment_method", "amount_received": 0}
    take_in([replace(succeeded, id="evt_late", type="payment_intent.payment_failed", data=data)])

    receipt, off = outcomes()
    assert receipt == (f"Receipt: $300.00 for invoice {invoice.number}", "sent")
    assert off == (f"Invoice {invoice.number}: a receipt does not hold any more", "")
    says(mails()[1], "Why: The bank did not pay after all.", "Still to pay: $300.00")
