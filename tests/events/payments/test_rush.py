"""Two people of finance at once: a check is deposited once, and no more goes back than came."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select, update

from consortium.database import db, transaction
from consortium.errors import Refusal
from consortium.tenancy import as_tenant
from events.ledger import service as ledger
from events.ledger.domain import Account
from events.payments.models import Deposit, Payment, Refund
from events.payments.service import deposits, refunds
from tests.conftest import FakeMailer
from tests.consortium.applications import application
from tests.events.invoices.stage import FINANCE
from tests.events.payments.stage import TODAY, check
from tests.factories import make_tenant

HANDS = 8

pytestmark = pytest.mark.real_commits


@pytest.fixture(params=["sqlite", "postgresql"])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    with application(request.param, tmp_path, mailer=FakeMailer()) as app:
        yield app


@pytest.fixture
def drawer(office: Flask) -> tuple[UUID, UUID]:
    """Return a consortium and a check of $300.00 that belongs to no invoice."""
    with office.app_context():
        tenant_id = make_tenant().id
        with as_tenant(tenant_id):
            return tenant_id, check(30_000).id


def rush(office: Flask, tenant_id: UUID, act: Callable[[], object]) -> int:
    """Let many do the act at once; return how many were not refused."""
    together = threading.Barrier(HANDS)
    done: list[bool] = []
    broken: list[BaseException] = []

    def do() -> None:
        try:
            with office.app_context(), as_tenant(tenant_id):
                together.wait()
                try:
                    with transaction():
                        act()
                    done.append(True)
                except Refusal:
                    pass
        except BaseException as error:  # noqa: BLE001  (a thread's error must fail the test)
            broken.append(error)

    threads = [threading.Thread(target=do) for _ in range(HANDS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert broken == []
    return len(done)


def deposit_rush(office: Flask, tenant_id: UUID, payment_id: UUID) -> tuple[int, int, int]:
    """Return how many deposits were made, are stored, and what the books say is on hand."""
    made = rush(office, tenant_id, lambda: deposits.make_deposit([payment_id], TODAY, by=FINANCE))
    with office.app_context(), as_tenant(tenant_id):
        stored = len(db.session.scalars(select(Deposit)).all())
        return made, stored, ledger.account_balances()[Account.CHECKS]


def refund_rush(office: Flask, tenant_id: UUID, payment_id: UUID) -> tuple[int, int, int]:
    """Return how many refunds of $100.00 were decided, their sum, and what is left."""
    made = rush(
        office,
        tenant_id,
        lambda: refunds.decide_refund(payment_id, cents=10_000, why="Too much", by=FINANCE),
    )
    with office.app_context(), as_tenant(tenant_id):
        total = sum(one.cents for one in db.session.scalars(select(Refund)))
        return made, total, ledger.suspense_of_payments([payment_id])[payment_id]


def test_a_check_is_in_one_deposit(office: Flask, drawer: tuple[UUID, UUID]) -> None:
    assert deposit_rush(office, *drawer) == (1, 1, 0)


def test_without_the_guard_it_would_be_in_many(
    office: Flask, drawer: tuple[UUID, UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: whoever takes a check without asking where it is, takes it again."""

    def take(ids: list[UUID], deposit: Deposit) -> None:
        db.session.execute(update(Payment).where(Payment.id.in_(ids)).values(deposit_id=deposit.id))

    monkeypatch.setattr(deposits, "_take", take)

    assert deposit_rush(office, *drawer) == (HANDS, HANDS, 30_000 - HANDS * 30_000)


def test_no_more_goes_back_than_came(office: Flask, drawer: tuple[UUID, UUID]) -> None:
    assert refund_rush(office, *drawer) == (3, 30_000, 0)


def test_without_the_guards_more_would_go_back(
    office: Flask, drawer: tuple[UUID, UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: neither the count of what went back is asked, nor what is left."""
    monkeypatch.setattr(refunds, "raise_refunded", lambda *_: None)
    monkeypatch.setattr(refunds, "_check_out_of", lambda *_: None)

    assert refund_rush(office, *drawer) == (HANDS, HANDS * 10_000, 30_000 - HANDS * 10_000)
