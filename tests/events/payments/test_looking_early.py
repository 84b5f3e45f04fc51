"""Two at one moment: each takes a turn, and looks at what is open only when it has it.

Every control is the same carelessness: to look before one's turn and to act on it afterwards.
"""

import threading
from collections.abc import Callable
from itertools import count
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from consortium.database import db, transaction
from consortium.tenancy import as_tenant
from events.ledger import service as ledger
from events.payments.domain import ExceptionKind, RefundWay
from events.payments.domain.recording import CheckFacts
from events.payments.models import MoneyException, Payment, Refund
from events.payments.service import applying, recording, refunds
from events.payments.service.applying import Applied
from events.payments.service.stripe import refunding
from tests.events.invoices.stage import FINANCE, adjust, make_invoice, make_payer
from tests.events.payments.stage import TODAY, check
from tests.events.payments.test_rush import HANDS, office, rush
from tests.factories import make_tenant
from tests.meeting import Meeting

__all__ = ["office"]

pytestmark = pytest.mark.real_commits

KNOWN = recording._known


@pytest.fixture
def tenant_id(office: Flask) -> UUID:
    with office.app_context():
        return make_tenant().id


def store(office: Flask, tenant_id: UUID, make: Callable[[], Any]) -> Any:
    """Return what was made or read in a moment when nobody else was there."""
    with office.app_context(), as_tenant(tenant_id):
        return make()


class Early:
    """What each thread saw before all went on."""

    def __init__(self, size: int) -> None:
        self._all_looked = Meeting(size)
        self._own = threading.local()

    def look(self, read: Callable[[], Any]) -> None:
        self._own.seen = read()
        db.session.rollback()
        self._all_looked.wait()

    @property
    def seen(self) -> Any:
        return self._own.seen


# Two payments on one invoice.


def pay_at_once(office: Flask, tenant_id: UUID, early: Early | None = None) -> tuple[int, ...]:
    """Let several checks over $300.00 come for one invoice over $300.00.

    Returns how many were recorded, what is open, what is left over, and how many were looked at.
    """
    invoice_id = store(office, tenant_id, lambda: make_invoice(30_000).id)
    numbers = count(1)

    def act() -> None:
        if early is not None:
            early.look(lambda: ledger.invoice_balances([invoice_id])[invoice_id])
        facts = CheckFacts(number=str(next(numbers)), cents=30_000, received_on=TODAY)
        recording.record_check(facts, towards=[(invoice_id, None)], by=FINANCE)

    made = rush(office, tenant_id, act)

    def found() -> tuple[int, ...]:
        twice = MoneyException.kind == ExceptionKind.PAID_TWICE
        asked = len(db.session.scalars(select(MoneyException).where(twice)).all())
        balance = ledger.invoice_balances([invoice_id])[invoice_id]
        return made, balance, ledger.suspense_cents(), asked

    result: tuple[int, ...] = store(office, tenant_id, found)
    return result


def test_payments_at_one_moment_pay_an_invoice_once(office: Flask, tenant_id: UUID) -> None:
    rest = HANDS - 1

    assert pay_at_once(office, tenant_id) == (HANDS, 0, rest * 30_000, rest)


def test_who_looks_early_what_is_open_pays_it_again(
    office: Flask, tenant_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control."""
    early = Early(HANDS)

    def apply(cents: int, towards: Any) -> Applied:
        used = min(cents, early.seen)
        return Applied(to={towards[0][0]: used}, left_cents=cents - used)

    monkeypatch.setattr(applying, "_apply", apply)

    assert pay_at_once(office, tenant_id, early) == (HANDS, 30_000 - HANDS * 30_000, 0, 0)


# The same check, written down by several people.


def record_at_once(office: Flask, tenant_id: UUID, early: Early | None = None) -> int:
    """Let several people of finance record one check; return how often it is in the books."""
    payer_id = store(office, tenant_id, lambda: make_payer().id)
    facts = CheckFacts(number="1187", cents=30_000, received_on=TODAY, payer_id=payer_id)

    def act() -> None:
        if early is not None:
            early.look(lambda: KNOWN(facts, payer_id))
        recording.record_check(facts, by=FINANCE)

    rush(office, tenant_id, act)
    stored = select(Payment.id)
    return int(store(office, tenant_id, lambda: len(db.session.scalars(stored).all())))


def test_a_check_that_several_people_record_is_in_the_books_once(
    office: Flask, tenant_id: UUID
) -> None:
    assert record_at_once(office, tenant_id) == 1


def test_who_looks_early_whether_a_check_is_here_records_it_again(
    office: Flask, tenant_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control."""
    early = Early(HANDS)
    monkeypatch.setattr(recording, "_known", lambda *_: early.seen)

    assert record_at_once(office, tenant_id, early) == HANDS


# The same credit, given back by several people.


def give_back_at_once(office: Flask, tenant_id: UUID) -> tuple[int, int]:
    """Let several people give back a credit of $100.00; return how many did, and the sum."""

    def credit() -> UUID:
        invoice = make_invoice(30_000)
        check(30_000, [(invoice.id, None)])
        adjust(invoice.id, 20_000)
        return invoice.id

    invoice_id = store(office, tenant_id, credit)
    act = lambda: refunds.refund_credit(invoice_id, why="One came not", by=FINANCE)  # noqa: E731
    made = rush(office, tenant_id, act)
    every = select(Refund.cents)
    return made, store(office, tenant_id, lambda: sum(db.session.scalars(every)))


def test_a_credit_goes_back_once(office: Flask, tenant_id: UUID) -> None:
    assert give_back_at_once(office, tenant_id) == (1, 10_000)


def test_who_asks_neither_credit_nor_count_gives_it_back_as_often(
    office: Flask, tenant_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: each owes back the $100.00 that all of them saw before."""

    def give(invoice_ids: list[UUID], *, why: str, by: str) -> tuple[Refund, ...]:
        (one,) = db.session.scalars(select(Payment)).all()
        return (refunds.owe_back(one.id, cents=10_000, why=why, by=by, invoice_id=invoice_ids[0]),)

    monkeypatch.setattr(refunds, "refund_credits", give)
    monkeypatch.setattr(refunds, "raise_refunded", lambda *_: None)
    monkeypatch.setattr(refunds, "_check_out_of", lambda *_: None)

    assert give_back_at_once(office, tenant_id) == (HANDS, HANDS * 10_000)


# The same refund, asked for by several workers.


def ask_at_once(office: Flask, tenant_id: UUID) -> int:
    """Let several workers take one refund in hand; return how many would ask Stripe for it."""

    def owed() -> UUID:
        payment = check(30_000)
        with transaction():
            payment.kind, payment.intent_id = "card", "pi_1"  # type: ignore[assignment]
        with transaction():
            return refunds.decide_refund(
                payment.id, cents=10_000, why="x", by=FINANCE, way=RefundWay.STRIPE
            ).id

    refund_id = store(office, tenant_id, owed)
    taken: list[object] = []

    def act() -> None:
        asking = refunding.take_refund(refund_id)
        if asking is not None:
            taken.append(asking)

    rush(office, tenant_id, act)
    return len(taken)


def test_one_worker_asks_for_a_refund(office: Flask, tenant_id: UUID) -> None:
    assert ask_at_once(office, tenant_id) == 1
