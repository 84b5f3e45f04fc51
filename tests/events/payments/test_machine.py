"""Whatever comes, is applied, moved, deposited, returned and refunded: plain sums say the same."""

from collections import Counter
from collections.abc import Callable
from typing import Any, ClassVar
from uuid import UUID

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy.engine import Connection

from consortium.database import db, transaction
from consortium.errors import Refusal
from consortium.tenancy import as_tenant, for_every_tenant
from events.ledger import service as ledger
from events.ledger.service import invariants as of_the_ledger
from events.payments import service as payments
from events.payments.domain import PaymentKind, RefundStatus, RefundWay
from events.payments.domain.recording import CheckFacts, TransferFacts
from events.payments.models import Payment
from events.payments.service import invariants
from tests.events.invoices.stage import FINANCE, adjust, make_invoice, make_payer
from tests.events.payments.plain_money import PlainMoney, Refused
from tests.events.payments.stage import TODAY
from tests.factories import make_tenant

pytestmark = pytest.mark.both

CENTS = st.sampled_from([1, 100, 12_345, 30_000, 45_000])
WHICH = st.integers(0, 9)
RARELY = st.integers(0, 3).map(lambda number: number == 3)


class Money(RuleBasedStateMachine):
    """One consortium for each history; what it commits is undone at its end."""

    done: ClassVar[Counter[str]] = Counter()

    @initialize()
    def begin(self) -> None:
        connection: Connection = db.engines[None]  # type: ignore[assignment]
        db.session.remove()
        self.savepoint = connection.begin_nested()
        self.tenant_id = make_tenant().id
        self.plain = PlainMoney()
        self.numbers = 0
        # Something of everything, so that short histories do not begin with refusals only.
        self.bill(30_000)
        self.bill(12_345)
        self.comes(45_000, 0, is_check=True, known=True)
        self.comes(12_345, 0, is_check=False, known=False)
        self.refunds(0, 0, "one", mail=False)
        self.refunds(1, 1, "one", mail=False)

    def teardown(self) -> None:
        with for_every_tenant():
            found = [
                *of_the_ledger.unbalanced_entries(),
                *invariants.refunded_wrongly(),
                *invariants.refunds_owed_wrongly(),
                *invariants.odd_checks(),
                *invariants.checks_miscounted(),
                *invariants.deposits_off(),
                *invariants.unwatched_money(),
            ]
        db.session.remove()
        self.savepoint.rollback()
        assert found == []

    @rule(cents=CENTS)
    def bill(self, cents: int) -> None:
        with as_tenant(self.tenant_id):
            self.plain.owed[make_invoice(cents, make_payer()).id] = cents

    @precondition(lambda self: self.plain.owed)
    @rule(which=WHICH, cents=st.sampled_from([0, 100, 15_000, 60_000]))
    def bill_anew(self, which: int, cents: int) -> None:
        invoice = self._invoice(which)
        with as_tenant(self.tenant_id):
            adjust(invoice, cents)
        self.plain.owed[invoice] = cents

    @rule(cents=CENTS, which=WHICH, is_check=st.booleans(), known=st.booleans())
    def comes(self, cents: int, which: int, *, is_check: bool, known: bool) -> None:
        self.numbers += 1
        number = str(self.numbers)
        invoice = self._invoice(which) if known and self.plain.owed else None
        towards = [(invoice, None)] if invoice else []
        told: dict[str, Any] = {"number": number, "cents": cents, "received_on": TODAY}
        with as_tenant(self.tenant_id), transaction():
            payment = (
                payments.record_check(CheckFacts(**told), towards=towards, by=FINANCE)
                if is_check
                else payments.record_transfer(TransferFacts(**told), towards=towards, by=FINANCE)
            )
            payment_id = payment.id
        kind = PaymentKind.CHECK if is_check else PaymentKind.TRANSFER
        self.plain.came(payment_id, kind, cents, invoice)

    @precondition(lambda self: self.plain.owed and self.plain.payments)
    @rule(which=WHICH, to=WHICH)
    def applies(self, which: int, to: int) -> None:
        one, invoice = self._payment(which), self._invoice(to)
        self._both(
            "apply",
            lambda: self.plain.apply(one, invoice),
            lambda: payments.apply_payment(one, [(invoice, None)], by=FINANCE),
        )

    @precondition(lambda self: self.plain.owed and self.plain.payments)
    @rule(which=WHICH, leaves=WHICH, to=WHICH, aside=st.booleans())
    def moves(self, which: int, leaves: int, to: int, *, aside: bool) -> None:
        one = self._payment(which)
        on = sorted(self.plain.payments[one].applied) or sorted(self.plain.owed)
        source, target = on[leaves % len(on)], None if aside else self._invoice(to)
        self._both(
            "move",
            lambda: self.plain.move(one, source, target),
            lambda: (
                payments.set_apart(one, source, by=FINANCE)
                if target is None
                else payments.move_payment(one, source, target, by=FINANCE)
            ),
        )

    @precondition(lambda self: self.plain.payments)
    @rule(some=st.sets(WHICH, min_size=1, max_size=2))
    def deposits(self, some: set[int]) -> None:
        ids = list({self._payment(which) for which in some})
        self._both(
            "deposit",
            lambda: self.plain.deposit(ids),
            lambda: payments.make_deposit(ids, TODAY, by=FINANCE),
        )

    @precondition(lambda self: self.plain.payments)
    @rule(which=WHICH)
    def bounces(self, which: int) -> None:
        one = self._payment(which)
        self._both(
            "return",
            lambda: self.plain.returned(one),
            lambda: payments.return_check(one, TODAY, "NSF", by=FINANCE),
        )

    @precondition(lambda self: self.plain.payments)
    @rule(which=WHICH, of=WHICH, share=st.sampled_from(["all", "one"]), mail=RARELY)
    def refunds(self, which: int, of: int, share: str, *, mail: bool) -> None:
        free = [one for one, row in self.plain.payments.items() if row.left > 0]
        one = free[which % len(free)] if free and which > 1 else self._payment(which)
        row = self.plain.payments[one]
        places: list[UUID | None] = [*sorted(row.applied), None]
        place = places[of % len(places)]
        most = row.left if place is None else -self.plain.balance(place)
        cents = row.cents if mail else max(1, most if share == "all" else 1)
        way = RefundWay.MAIL_BACK if mail else RefundWay.CHECK
        made: list[UUID] = []
        self._both(
            "refund",
            lambda: self.plain.refund(made[0] if made else one, one, place, cents, way),
            lambda: made.append(
                payments.decide_refund(
                    one, cents=cents, why="x", by=FINANCE, invoice_id=place, way=way
                ).id
            ),
        )

    @precondition(lambda self: self.plain.refunds)
    @rule(which=WHICH)
    def pays_out(self, which: int) -> None:
        one = self._refund(which)
        mails = self.plain.refunds[one].way is RefundWay.MAIL_BACK
        self._both(
            "pay",
            lambda: self.plain.pay(one),
            lambda: (
                payments.mail_back(one, TODAY, by=FINANCE)
                if mails
                else payments.pay_refund_check(one, "501", TODAY, by=FINANCE)
            ),
        )

    @precondition(lambda self: self.plain.refunds)
    @rule(which=WHICH)
    def fails(self, which: int) -> None:
        one = self._refund(which)
        self._both(
            "fail",
            lambda: self.plain.undo(one),
            lambda: payments.fail_refund(one, "It came back.", by=FINANCE),
        )

    @invariant()
    def plain_sums_say_the_same(self) -> None:
        if not hasattr(self, "plain"):
            return
        with as_tenant(self.tenant_id):
            db.session.expire_all()
            found = ledger.account_balances()
            assert {one: cents for one, cents in found.items() if cents} == self.plain.accounts()
            ids = list(self.plain.payments)
            left = ledger.suspense_of_payments(ids)
            applied = payments.applied_of(ids)
            for one, row in self.plain.payments.items():
                payment = db.session.get_one(Payment, one)
                assert (payment.status, payment.refunded_cents) == (row.status, row.refunded)
                assert payment.refunded_cents <= payment.amount_cents
                assert (left[one], dict(applied.get(one, {}))) == (row.left, row.applied)
            balances = ledger.invoice_balances(self.plain.owed)
            assert balances == {one: self.plain.balance(one) for one in self.plain.owed}
            db.session.rollback()

    def _both(
        self,
        name: str,
        mine: Callable[[], None],
        theirs: Callable[[], object],
    ) -> None:
        """Do the act in both worlds: both do it, or both refuse it."""
        refused = False
        with as_tenant(self.tenant_id):
            try:
                with transaction():
                    theirs()
            except Refusal:
                refused = True
        try:
            mine()
        except Refused:
            assert refused, f"{name} should have been refused"
        else:
            assert not refused, f"{name} should not have been refused"
        self.done[f"{name}{' refused' if refused else ''}"] += 1

    def _payment(self, which: int) -> UUID:
        return list(self.plain.payments)[which % len(self.plain.payments)]

    def _invoice(self, which: int) -> UUID:
        return list(self.plain.owed)[which % len(self.plain.owed)]

    def _refund(self, which: int) -> UUID:
        """Return one of the refunds, mostly one that waits."""
        every = self.plain.refunds
        waits = [one for one, row in every.items() if row.status is RefundStatus.OWED]
        ids = waits if waits and which > 1 else list(every)
        return ids[which % len(ids)]


@pytest.mark.usefixtures("database")
def test_random_histories_come_to_plain_sums(app: Flask) -> None:
    """Each history is short; together they must have done, and been refused, everything."""
    Money.done.clear()
    run_state_machine_as_test(
        Money,
        settings=settings(
            max_examples=15,
            stateful_step_count=25,
            derandomize=True,
            database=None,
            deadline=None,
            phases=[Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
        ),
    )
    every = ("apply", "move", "deposit", "return", "refund", "pay", "fail")
    assert {name for name in every if not Money.done[name]} == set()
