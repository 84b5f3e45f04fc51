"""Whatever order Stripe's messages come in, and however often: the books are the same.

Some of the 720 orders of six messages are gone through whole, always the same ones; all of them
by scripts/bench/money_machine.py. For shorter histories the same is shown of every order, by
induction: what the books say after some messages follows from which ones came; tried from every
set of messages with every message that may come next, that holds for all orders.
"""

import random
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import groupby, permutations
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
Order = tuple[int, ...]
"""Messages by their place in the history, in the order in which they come."""
SOON = 3
"""After so many messages the books are still compared at each step, and then at the end."""
TRIED = 40
"""How many whole orders; all of them take a minute or more."""


def _state() -> State:
    """Return all that decides about what follows: the books, and what waits."""
    waits = select(StripeEvent.event_id).where(StripeEvent.applied_at.is_(None))
    return books(), sorted(db.session.scalars(waits))


class WholeOrders:
    """Goes through whole orders; those that begin alike share their beginning by savepoints.

    After each message all that came before come again, as Stripe sends them when our answer got
    lost. ``ends`` has the state after each order.
    """

    def __init__(self, history: Sequence[GatewayEvent], chance: random.Random) -> None:
        self.history = history
        self.chance = chance
        self.ends: list[State] = []
        self.states: dict[frozenset[int], State] = {}

    def go_through(self, orders: Sequence[Order], came: Order = ()) -> None:
        """Let the messages of these orders come, which all began with those that came."""
        for number, alike in groupby(sorted(orders), key=lambda order: order[len(came)]):
            begun = db.session.begin_nested()
            take_in([self.history[number]], commit=False)
            now = (*came, number)
            again = [self.history[one] for one in self.chance.sample(now, len(now))]
            assert set(take_in(again, commit=False)) == {"before"}
            if len(now) <= SOON or len(now) == len(self.history):
                state = _state()
                assert self.states.setdefault(frozenset(now), state) == state, now
            if len(now) == len(self.history):
                self.ends.append(state)
            else:
                self.go_through(list(alike), now)
            begun.rollback()


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


def paid_refunded_and_disputed(fake: FakeStripe) -> list[GatewayEvent]:
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


def test_every_whole_order_with_repetitions_gives_the_same_books(
    cards_taken: Tenant, stripe_server: FakeStripe
) -> None:
    history = paid_refunded_and_disputed(stripe_server)
    chance = random.Random(720)
    every = list(permutations(range(len(history))))
    orders = chance.sample(every, TRIED)
    whole = WholeOrders(history, chance)

    whole.go_through(orders)

    assert len(every) == 720
    assert len(whole.ends) == len(orders)
    check_end(whole.ends)


def check_end(ends: Sequence[State]) -> None:
    """Assert that $300.00 came, $100.00 went back by hand and $200.00 by a dispute, each time."""
    assert all(one == ends[0] for one in ends)
    final, waiting = ends[0]
    assert waiting == []
    assert trial_balance(final) == {"receivable": 30_000, "revenue": -30_000}
    assert [cents for _, cents in final["invoices"]] == [30_000]
    assert [one[:4] for one in final["payments"]] == [("card", "received", 30_000, 10_000)]
    assert [one[:3] for one in final["refunds"]] == [(10_000, "stripe", "paid")]
    disputes = [one for one in final["entries"] if one[0] == "dispute"]
    assert [one[1].rsplit(":", 1)[1] for one in disputes] == ["withdrawn"]
    assert ("stripe", -20_000, False) in disputes[0][4]
    assert final["exceptions"] == [("disputed", 20_000), ("refunded_elsewhere", 10_000)]
    assert final["checkouts"] == ["completed"]


def trial_balance(final: dict[str, Any]) -> dict[str, int]:
    """Return the sum of each account that is not at zero, added up from the entries."""
    sums: Counter[str] = Counter()
    for entry in final["entries"]:
        for account, cents, _ in entry[4]:
            sums[account] += cents
    return {account: cents for account, cents in sums.items() if cents}


@pytest.mark.parametrize(
    ("history", "orders"),
    [
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
