"""What webhooks missed is taken in within the hour, and not only in the night."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from consortium import clock
from consortium.database import db
from events.payments import jobs
from events.payments.models import StripeEvent
from tests.events.invoices.stage import make_invoice, make_payer
from tests.events.payments.stage import balance
from tests.events.payments.stripe.stage import open_page, take_in, told
from tests.fakes.stripe_server import FakeStripe

pytestmark = pytest.mark.usefixtures("cards_taken")


def test_payments_of_an_outage_arrive_with_the_next_look(
    app: Flask, stripe_server: FakeStripe, frozen: Any
) -> None:
    heard, missed = make_invoice(10_000), make_invoice(20_000, make_payer("B", "b@x.org"))
    stripe_server.pay_by_card(open_page(heard))
    take_in(told(stripe_server))
    known = len(db.session.scalars(db.select(StripeEvent.id)).all())
    frozen(clock.now() + timedelta(hours=60))  # no webhook has come since
    stripe_server.pay_by_card(open_page(missed))
    frozen(clock.now() + timedelta(hours=12))
    asked = len(stripe_server.requests)

    assert jobs.catch_up(app) == len(told(stripe_server)) - known

    assert balance(missed.id) == 0
    listed = [one.path for one in stripe_server.requests[asked:]]
    assert listed == ["/v1/events"]  # it costs one look
    assert jobs.catch_up(app) == 0


def test_whoever_has_heard_nothing_yet_listens_as_far_back_as_stripe_tells(
    app: Flask, stripe_server: FakeStripe, frozen: Any
) -> None:
    invoice = make_invoice(10_000)
    stripe_server.pay_by_card(open_page(invoice))
    frozen(clock.now() + timedelta(days=29))

    assert jobs.catch_up(app) > 0

    assert balance(invoice.id) == 0
