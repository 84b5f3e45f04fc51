"""Whatever is posted, posted again, reversed and closed: the books are what plain sums say."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, ClassVar

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy.engine import Connection

from consortium.database import db, transaction
from consortium.ids import new_id
from consortium.tenancy import as_tenant, for_every_tenant
from events.ledger import service as ledger
from events.ledger.domain import (
    Account,
    Entry,
    EntryKind,
    Line,
    Month,
    last_day,
    month_of,
    next_month,
)
from events.ledger.service import invariants
from tests.factories import make_tenant

pytestmark = pytest.mark.both

PAYERS = tuple(new_id() for _ in range(2))
INVOICES = tuple(new_id() for _ in range(3))
BEGAN = date(2025, 11, 1)
PRESENT = Month(2026, 3)
DAYS = st.integers(0, 121).map(lambda days: BEGAN + timedelta(days=days))  # to March 2
LINES = st.lists(
    st.builds(
        Line,
        account=st.sampled_from(Account),
        cents=st.integers(-(10**7), 10**7).filter(bool),
        payer_id=st.sampled_from(PAYERS),
        invoice_id=st.sampled_from(INVOICES),
    ),
    min_size=1,
    max_size=4,
).filter(lambda lines: sum(line.cents for line in lines) != 0)


class Books(RuleBasedStateMachine):
    """One consortium for each history; what it commits is undone at its end."""

    done: ClassVar[Counter[str]] = Counter()

    @initialize()
    def begin(self) -> None:
        connection: Connection = db.engines[None]  # type: ignore[assignment]
        db.session.remove()
        self.savepoint = connection.begin_nested()
        self.tenant_id = make_tenant().id
        self.posted: dict[str, tuple[date, Entry]] = {}
        self.closed: Month | None = None

    def teardown(self) -> None:
        with for_every_tenant():
            found = [*invariants.unbalanced_books(), *invariants.unbalanced_entries()]
            found += invariants.changed_closed_months()
        db.session.remove()
        self.savepoint.rollback()
        assert found == []

    @rule(lines=LINES, on=DAYS)
    def post(self, lines: list[Line], on: date) -> None:
        rest = Line(account=Account.BANK, cents=-sum(line.cents for line in lines))
        source = f"entry:{len(self.posted)}"
        entry = Entry(kind=EntryKind.PAYMENT, source=source, memo="", lines=(*lines, rest))
        self.act(lambda: ledger.post(entry, by="machine", on=on))
        self.posted[source] = (self.open_day(on), entry)

    @rule(number=st.integers(0))
    def post_again(self, number: int) -> None:
        if self.posted:
            _, (on, entry) = self.pick(number)
            assert self.act(lambda: ledger.post_once(entry, by="machine", on=on)) is False
            self.done["again"] += 1

    @rule(number=st.integers(0), on=DAYS)
    def reverse(self, number: int, on: date) -> None:
        if not self.posted:
            return
        source, _ = self.pick(number)

        def reverse() -> Any:
            return ledger.reverse(source, by="machine", why="wrong", on=on)

        if f"reversal:{source}" in self.posted:
            with pytest.raises(ledger.AlreadyPosted):
                self.act(reverse)
            self.done["reversed twice"] += 1
            return
        row = self.act(reverse)
        with as_tenant(self.tenant_id):
            self.posted[row.source] = (self.open_day(on), row.as_entry)
        self.done["reversed"] += 1

    @rule()
    def close(self) -> None:
        due = self.month_due()
        with as_tenant(self.tenant_id):
            assert ledger.next_to_close() == due
        if due is not None:
            self.act(lambda: ledger.close_month(*due, by="machine"))
            self.closed = due
            self.done["closed"] += 1

    @invariant()
    def every_sum_is_the_plain_one(self) -> None:
        if not hasattr(self, "posted"):
            return
        lines = [line for _, entry in self.posted.values() for line in entry.lines]
        owed = [line for line in lines if line.account is Account.RECEIVABLE]
        with as_tenant(self.tenant_id):
            assert ledger.account_balances() == sums(Account, lines, lambda line: line.account)
            assert ledger.invoice_balances(INVOICES) == sums(
                INVOICES, owed, lambda line: line.invoice_id
            )
            assert ledger.payer_balances(PAYERS) == sums(PAYERS, owed, lambda line: line.payer_id)
            middle = date(2026, 1, 15)
            early = [line for on, e in self.posted.values() if on <= middle for line in e.lines]
            assert ledger.account_balances(middle) == sums(
                Account, early, lambda line: line.account
            )
        db.session.rollback()

    def act(self, do: Callable[[], Any]) -> Any:
        with as_tenant(self.tenant_id), transaction():
            return do()

    def open_day(self, on: date) -> date:
        """Return the day for which something counts that happened on this one."""
        if self.closed is None or on > last_day(self.closed):
            return on
        return last_day(self.closed) + timedelta(days=1)

    def month_due(self) -> Month | None:
        if self.closed is not None:
            due = next_month(self.closed)
        elif self.posted:
            due = month_of(min(on for on, _ in self.posted.values()))
        else:
            return None
        return due if due < PRESENT else None

    def pick(self, number: int) -> tuple[str, tuple[date, Entry]]:
        sources = sorted(self.posted)
        source = sources[number % len(sources)]
        return source, self.posted[source]


def sums(keys: Any, lines: list[Line], key: Callable[[Line], Any]) -> dict[Any, int]:
    totals = dict.fromkeys(keys, 0)
    for line in lines:
        totals[key(line)] += line.cents
    return totals


def test_the_books_are_what_plain_sums_say(app: Flask, database: None) -> None:
    Books.done.clear()
    run_state_machine_as_test(
        Books,
        settings=settings(
            max_examples=12,
            stateful_step_count=25,
            deadline=None,
            database=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )

    assert set(+Books.done) == {"again", "reversed", "reversed twice", "closed"}
