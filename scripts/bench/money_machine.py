"""Tell long random histories of money: scripts/bench/money_machine.py --minutes 8 --steps 50.

Each act is done by the services and by a plain model in plain Python; after every step the books,
the invoices and the fake Stripe are looked at row by row (I15 to I25), and ``verify`` looks at the
end of each history. With ``--orders`` all 720 orders of six of Stripe's messages are gone through
whole instead, which tests do on SQLite only. What fails is printed with the shortest history.
"""

import argparse
import random
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from itertools import permutations
from pathlib import Path
from time import monotonic

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from flask import Flask
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from consortium import clock
from consortium.adapters.stripe_gateway import StripeGateway
from consortium.database import db
from consortium.settings import NOBODY
from consortium.tenancy import as_tenant
from tests.conftest import FakeMailer
from tests.consortium.applications import application
from tests.events.payments.stripe.stage import gateway, take_cards
from tests.events.payments.stripe.test_orders import (
    WholeOrders,
    check_end,
    paid_refunded_and_disputed,
)
from tests.factories import NOON, make_tenant
from tests.fakes.stripe_server import FakeStripe
from tests.machine.money.cards import MoneyHistory


class Long(MoneyHistory):
    """A history that counts its steps."""

    steps = 0

    @staticmethod
    def set_clock(moment: datetime) -> None:
        """Stop the clock."""
        clock.now = lambda: moment

    def check_invariants(self, *args: object, **kwargs: object) -> None:
        """Count, and look as ever."""
        Long.steps += 1
        super().check_invariants(*args, **kwargs)


def tell(said: argparse.Namespace) -> None:
    """Tell histories until the time is over, each batch with a seed of its own."""
    profile = settings(
        max_examples=said.examples,
        stateful_step_count=said.steps,
        deadline=None,
        database=None,
        phases=[Phase.generate, *([Phase.shrink] if said.shrink else [])],
        suppress_health_check=list(HealthCheck),
        print_blob=True,
    )
    began, histories, first = monotonic(), 0, said.seed
    while monotonic() - began < said.minutes * 60 or not histories:
        batch = type("Batch", (Long,), {})
        print(f"seed {first + histories}", flush=True)
        run_state_machine_as_test(seed(first + histories)(batch), settings=profile)
        histories += said.examples
    took = monotonic() - began
    print(
        f"{said.database}: {histories:,} histories of up to {said.steps} steps, {Long.steps:,} "
        f"looks in {took:,.0f} s: the model, the books and Stripe agree."
    )
    print(", ".join(f"{name} {n:,}" for name, n in sorted(Long.done.items())))


def all_orders(database: str) -> None:
    """Let Stripe's messages come in every order, with repetitions."""
    fake = FakeStripe(lambda: clock.now().timestamp())
    fake.start()
    Long.set_clock(NOON)
    gateway().speak_to(fake.base)
    with as_tenant(make_tenant().id):
        take_cards()
        history = paid_refunded_and_disputed(fake)
        whole = WholeOrders(history, random.Random(720))  # noqa: S311  (an order, no secret)
        began = monotonic()
        whole.go_through(list(permutations(range(len(history)))))
        check_end(whole.ends)
    fake.stop()
    print(f"{database}: {len(whole.ends)} whole orders in {monotonic() - began:,.0f} s, one end.")


@contextmanager
def undone(database: str) -> Iterator[Flask]:
    """Give an application on an empty database, all that is committed to which is undone."""
    with (
        tempfile.TemporaryDirectory() as folder,
        application(database, Path(folder), mailer=FakeMailer()) as app,
        app.app_context(),
    ):
        ports = app.extensions["ports"]
        app.extensions["ports"] = replace(ports, cards=StripeGateway(NOBODY, retries=0))
        engine = db.engine
        connection = engine.connect()
        outer = connection.begin()
        db.engines[None] = connection  # type: ignore[assignment]
        db.session.configure(join_transaction_mode="create_savepoint")
        try:
            yield app
        finally:
            db.session.remove()
            db.engines[None] = engine
            outer.rollback()
            connection.close()


def main() -> None:
    """Run with what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=8)
    parser.add_argument("--examples", type=int, default=20, help="histories with one seed")
    parser.add_argument("--steps", type=int, default=50)
    parser.add_argument("--database", default="sqlite", help="sqlite, postgresql, or a URL")
    parser.add_argument("--seed", type=int, default=int(monotonic()))
    parser.add_argument("--shrink", action="store_true", help="look for the shortest failure")
    parser.add_argument("--orders", action="store_true", help="all orders of six messages")
    said = parser.parse_args()
    with undone(said.database):
        if said.orders:
            all_orders(said.database)
        else:
            tell(said)


if __name__ == "__main__":
    main()
