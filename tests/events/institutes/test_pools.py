"""Places are never oversold, whoever asks at the same moment."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from time import sleep
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import select, update

from consortium.database import db, transaction
from consortium.errors import Refusal
from consortium.tenancy import as_tenant
from consortium.tenants.models import Tenant
from events.institutes.models import PEOPLE, TEAMS, Institute, Pool
from events.institutes.service import pools
from tests.conftest import FakeMailer
from tests.consortium.applications import application
from tests.factories import make_institute, make_tenant

THREADS = 32
CAPACITY = 40
ASKS = 3  # how often each thread asks


def taken(institute: Institute, code: str = PEOPLE) -> int:
    return db.session.scalars(
        select(Pool.taken).where(Pool.institute_id == institute.id, Pool.code == code)
    ).one()


def test_take_counts_until_nothing_is_left(tenant: Tenant) -> None:
    institute = make_institute(pools={PEOPLE: 5})
    assert pools.take(institute.id, PEOPLE, 3) is True
    assert pools.take(institute.id, PEOPLE, 3) is False
    assert pools.take(institute.id, PEOPLE, 2) is True
    assert pools.take(institute.id, PEOPLE, 1) is False
    assert (taken(institute), pools.left(institute.id, PEOPLE)) == (5, 0)


def test_take_shows_in_a_pool_that_is_loaded(tenant: Tenant) -> None:
    institute = make_institute(pools={PEOPLE: 5})
    pool = institute.pool(PEOPLE)
    assert pool is not None
    assert pool.left == 5
    pools.take(institute.id, PEOPLE, 2)
    assert pool.left == 3


def test_take_without_a_limit_has_room_for_everyone(tenant: Tenant) -> None:
    institute = make_institute(pools={})
    assert pools.take(institute.id, PEOPLE, 10_000) is True
    assert pools.left(institute.id, PEOPLE) is None


def test_take_of_another_consortiums_pool_changes_nothing(tenant: Tenant) -> None:
    institute = make_institute(pools={PEOPLE: 5})
    institute_id = institute.id
    with as_tenant(make_tenant("elsewhere").id):
        pools.take(institute_id, PEOPLE, 2)
        assert pools.left(institute_id, PEOPLE) is None
    assert taken(institute) == 0


def test_take_of_a_negative_number_is_a_bug(tenant: Tenant) -> None:
    with pytest.raises(ValueError, match="-1 places"):
        pools.take(uuid4(), PEOPLE, -1)


def test_give_back_frees_places(tenant: Tenant) -> None:
    institute = make_institute(pools={PEOPLE: 5})
    pools.take(institute.id, PEOPLE, 5)
    pools.give_back(institute.id, PEOPLE, 2)
    assert pools.left(institute.id, PEOPLE) == 2


def test_give_back_of_more_than_was_taken_is_a_bug(tenant: Tenant) -> None:
    institute = make_institute(pools={PEOPLE: 5})
    pools.take(institute.id, PEOPLE, 1)
    with pytest.raises(RuntimeError, match="never taken"):
        pools.give_back(institute.id, PEOPLE, 2)
    assert taken(institute) == 1


def test_give_back_without_a_limit_is_nothing_to_do(tenant: Tenant) -> None:
    pools.give_back(make_institute(pools={}).id, PEOPLE, 2)


def test_set_capacity_makes_raises_and_lowers_a_limit(tenant: Tenant) -> None:
    institute = make_institute(pools={PEOPLE: 5})
    pools.set_capacity(institute, PEOPLE, 9)
    pools.set_capacity(institute, TEAMS, 2)
    assert pools.left(institute.id, PEOPLE) == 9
    assert pools.left(institute.id, TEAMS) == 2


def test_set_capacity_below_what_is_taken_is_refused(tenant: Tenant) -> None:
    institute = make_institute(pools={PEOPLE: 5})
    pools.take(institute.id, PEOPLE, 4)
    with pytest.raises(Refusal) as refused:
        pools.set_capacity(institute, PEOPLE, 3)
    assert refused.value.message == (
        "Places taken already: 4. So the limit cannot be 3. Choose 4 or more."
    )
    assert refused.value.field == PEOPLE
    assert pools.left(institute.id, PEOPLE) == 1


def test_remove_limit_only_while_nothing_is_taken(tenant: Tenant) -> None:
    institute = make_institute(pools={PEOPLE: 5, TEAMS: 1})
    pools.take(institute.id, PEOPLE, 1)
    with pytest.raises(Refusal):
        pools.remove_limit(institute, PEOPLE)
    pools.remove_limit(institute, TEAMS)
    assert [pool.code for pool in institute.pools] == [PEOPLE]


@pytest.fixture(params=["sqlite", "postgresql"])
def shop(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """Give an application on a database of its own, to which threads really commit."""
    with application(request.param, tmp_path, mailer=FakeMailer()) as app, app.app_context():
        yield app
        db.session.remove()


def sell(shop: Flask, act: Callable[[UUID], bool]) -> tuple[int, int]:
    """Let many threads ask at once; return how many places were sold and how many are counted."""
    tenant = make_tenant()
    with as_tenant(tenant.id):
        institute = make_institute(pools={PEOPLE: CAPACITY})
        institute_id = institute.id
    tenant_id = tenant.id
    db.session.remove()
    together = threading.Barrier(THREADS)
    answers: list[bool] = []
    broken: list[BaseException] = []

    def ask() -> None:
        try:
            with shop.app_context(), as_tenant(tenant_id):
                together.wait()
                answers.extend(act(institute_id) for _ in range(ASKS))
        except BaseException as error:  # noqa: BLE001  (a thread's error must fail the test)
            broken.append(error)

    threads = [threading.Thread(target=ask) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert broken == []
    assert len(answers) == THREADS * ASKS
    with as_tenant(tenant_id):
        counted = db.session.scalars(select(Pool.taken)).one()
    return sum(answers), counted


@pytest.mark.real_commits
def test_32_threads_never_oversell(shop: Flask) -> None:
    def take_one(institute_id: UUID) -> bool:
        with transaction():
            return pools.take(institute_id, PEOPLE, 1)

    assert sell(shop, take_one) == (CAPACITY, CAPACITY)


@pytest.mark.real_commits
def test_32_threads_without_the_guard_do_oversell(shop: Flask) -> None:
    """The negative control: look first, then take, as a careless program would."""

    def look_then_take(institute_id: UUID) -> bool:
        pool = db.session.scalars(select(Pool).where(Pool.institute_id == institute_id)).one()
        seen: Any = pool.taken
        db.session.rollback()
        if seen >= CAPACITY:
            return False
        sleep(0.01)
        with transaction():
            db.session.execute(update(Pool).values(taken=seen + 1))
        return True

    sold, _ = sell(shop, look_then_take)
    assert sold > CAPACITY
