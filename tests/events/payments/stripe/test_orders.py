"""Whatever order Stripe's messages come in, and however often: the books are the same.

What our books say after some messages must follow from which ones came, and not from their order.
Tried from every set of messages with every message that may come next, that holds for all orders:
192 steps for six messages stand for their 720 orders. Some orders are also gone through whole.
"""

import random
from collections.abc import Callable, Sequence
from itertools import permutations
from math import factorial
from typing import Any

import pytest
from sqlalchemy import select

from consortium.cards import GatewayEvent
from consortium.database import db
from consortium.tenants.models import Tenant
from events.payments.models import StripeEvent
from events.payments.service.refunds import decide_refund
from tests.events.invoices.stage import adjust, make_invoice
from tests.events.payments.stripe.stage import books, only_payment, open_page, take_in, told
from tests.fakes.stripe_server import FakeStripe

State = tuple[dict[str, Any], list[str]]


def _state() -> State:
    """Return all that decides about what follows: the books, and what waits."""
    waits = select(StripeEvent.event_id).where(StripeEvent.applied_at.is_(None))
    return books(), sorted(db.session.scalars(waits))


class EveryOrder:
    """Goes from each set of messages on by each message that may come next, and undoes it."""

    def __init__(self, history: Sequence[GatewayEvent]) -> None:
        self.history = history
        self.states: dict[frozenset[str], State] = {}
        self.steps = 0

    def go_on(self, came: frozenset[str] = frozenset()) -> None:
        """Try every message that has not come; each set of messages is gone on from once."""
        for event in self.history:
            if event.id in came:
                continue
            after = came | {event.id}
            begun = db.session.begin_nested()
            take_in([event], commit=False)
            assert take_in([event], commit=False) == ["before"]
            self.steps += 1
            state, seen = _state(), after in self.states
            assert self.states.setdefault(after, state) == state, event.type
            if not seen:
                self.go_on(after)
            begun.rollback()


def _paid_refunded_and_disputed(fake: FakeStripe) -> list[GatewayEvent]:
    intent = fake.pay_by_card(open_page(make_invoice(30_000)))["id"]
    fake.refund_by_hand(intent, 10_000)
    fake.dispute(intent, 20_000)
    # That a charge was refunded says nothing that its refund does not say itself.
    return [one for one in told(fake) if one.type != "charge.refunded"]


def _by_bank_refunded_in_vain(fake: FakeStripe) -> list[GatewayEvent]:
    intent = fake.pay_by_bank(open_page(make_invoice(30_000)))["id"]
    fake.settle(intent)
    refund = fake.refund_by_hand(intent, 10_000)
    fake.refund_arrives(refund["id"])
    fake.refund_fails(refund["id"])
    refunded = [one for one in told(fake) if one.type.startswith("refund.")]
    came = {"payment_intent.processing", "charge.succeeded"}
    # Its second update says what its failure says.
    return [*(one for one in told(fake) if one.type in came), *refunded[:2], refunded[-1]]


def _dispute_won(fake: FakeStripe) -> list[GatewayEvent]:
    intent = fake.pay_by_card(open_page(make_invoice(30_000)))["id"]
    dispute = fake.dispute(intent)
    fake.win(dispute["id"])
    return [one for one in told(fake) if one.type.startswith("charge.")]


@pytest.mark.parametrize(
    ("history", "orders"),
    [
        (_paid_refunded_and_disputed, 720),
        (_by_bank_refunded_in_vain, 120),
        (_dispute_won, 120),
    ],
)
def test_every_order_gives_the_same_books(
    cards_taken: Tenant,
    stripe_server: FakeStripe,
    history: Callable[[FakeStripe], list[GatewayEvent]],
    orders: int,
) -> None:
    messages = history(stripe_server)
    assert factorial(len(messages)) == orders
    every = EveryOrder(messages)

    every.go_on()

    assert every.steps == len(messages) * 2 ** (len(messages) - 1)
    final, waiting = every.states[frozenset(one.id for one in messages)]
    assert waiting == []
    assert len(final["payments"]) == 1
    assert sum(cents for entry in final["entries"] for _, cents, _ in entry[4]) == 0


def test_whole_orders_with_messages_that_come_again_and_again(
    cards_taken: Tenant, stripe_server: FakeStripe
) -> None:
    history = _paid_refunded_and_disputed(stripe_server)
    chance = random.Random(720)
    found = []
    for order in chance.sample(list(permutations(history)), 12):
        begun = db.session.begin_nested()
        several = [*order, *chance.choices(order, k=6)]
        chance.shuffle(several)
        take_in(several, commit=False)
        found.append(_state())
        begun.rollback()

    assert all(one == found[0] for one in found)


def test_our_own_refund_is_the_same_whatever_comes_first(
    cards_taken: Tenant, stripe_server: FakeStripe
) -> None:
    invoice = make_invoice(30_000)
    intent = stripe_server.pay_by_card(open_page(invoice))["id"]
    take_in(told(stripe_server))
    adjust(invoice.id, 20_000)
    refund = decide_refund(
        only_payment().id, cents=10_000, why="One came not", by="f", invoice_id=invoice.id
    )
    db.session.commit()
    before = len(stripe_server.events)
    account = stripe_server.state.owner_of(intent)
    asked = {
        "payment_intent": intent,
        "amount": "10000",
        "metadata": {"consortium_reference": str(refund.id)},
    }
    stripe_server.refund(account, asked)
    every = EveryOrder(told(stripe_server, since=before))

    every.go_on()

    final, waiting = every.states[frozenset(one.id for one in every.history)]
    assert waiting == []
    assert [one[:3] for one in final["refunds"]] == [(10_000, "stripe", "paid")]
