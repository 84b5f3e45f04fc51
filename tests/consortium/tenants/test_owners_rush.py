"""All owners end each other at the same moment: one must remain."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask

from consortium import clock
from consortium.database import db, transaction
from consortium.tenancy import as_tenant
from consortium.tenants.domain.consortia import ConsortiumRefused
from consortium.tenants.service import staff
from tests.conftest import FakeMailer
from tests.consortium.applications import application
from tests.factories import make_person, make_tenant
from tests.meeting import Meeting

OWNERS = 8

pytestmark = pytest.mark.real_commits


@pytest.fixture(params=["sqlite", "postgresql"])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    with application(request.param, tmp_path, mailer=FakeMailer()) as app:
        yield app


def remaining(office: Flask, end: Callable[[UUID], None]) -> int:
    """Let a thread for each owner end that owner; return how many are left."""
    with office.app_context():
        tenant_id = make_tenant().id
        with as_tenant(tenant_id):
            for number in range(OWNERS):
                make_person(f"owner{number}@example.org", staff="owner")
            ids = [member.id for member in staff.staff()]
        db.session.remove()
    together = threading.Barrier(OWNERS)
    refused: list[str] = []
    broken: list[BaseException] = []

    def leave(member_id: UUID) -> None:
        try:
            with office.app_context(), as_tenant(tenant_id):
                together.wait()
                end(member_id)
        except ConsortiumRefused as refusal:
            refused.append(refusal.message)
        except BaseException as error:  # noqa: BLE001  (a thread's error must fail the test)
            broken.append(error)

    threads = [threading.Thread(target=leave, args=(member_id,)) for member_id in ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert broken == []
    with office.app_context(), as_tenant(tenant_id):
        left = len(staff.staff())
    assert len(refused) == left
    return left


def test_one_owner_remains(office: Flask) -> None:
    def end(member_id: UUID) -> None:
        with transaction():
            staff.end(member_id, by="rush")

    assert remaining(office, end) == 1


def test_nobody_remains_when_owners_are_counted_before_the_act(office: Flask) -> None:
    """The negative control: look first, then end, as a careless program would."""
    all_looked = Meeting(OWNERS)

    def look_then_end(member_id: UUID) -> None:
        owners = len(staff.staff())
        db.session.rollback()
        assert owners > 1
        all_looked.wait()
        with transaction():
            staff.get_member(member_id).ended_at = clock.now()

    assert remaining(office, look_then_end) == 0
