"""Two leads edit one member at the same moment: nothing that was accepted is lost."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from consortium.audit.models import AuditEntry
from consortium.database import db, transaction
from consortium.errors import Conflict
from consortium.tenancy import as_tenant
from events.registration import service as registration
from events.registration.models import Seat
from events.registration.service import MemberChange, NamedPerson, members
from tests.conftest import FakeMailer
from tests.consortium.applications import application
from tests.events.registration.test_rush import Rush

pytestmark = pytest.mark.real_commits


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def own_app(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("edits")
    with application(request.param, folder, mailer=FakeMailer()) as app:
        yield app


@pytest.fixture
def rush(own_app: Flask) -> Iterator[Rush]:
    with own_app.app_context():
        yield Rush(own_app)


def editing(rush: Rush) -> tuple[Callable[..., Callable[[], str]], Callable[[], tuple[str, str]]]:
    """Return how to edit one member from a page opened now, and what is stored of the member."""
    ((team_id, editor),) = rush.drafts(1)
    with as_tenant(rush.tenant_id):
        statement = select(Seat).where(Seat.team_id == team_id, Seat.name == "Ada")
        seat = db.session.scalars(statement).one()
        seat_id, email = seat.id, seat.person.email
    db.session.remove()
    base = NamedPerson(name="Ada", email=email, role_codes=("superintendent",))

    def saving(name: str = "Ada", role: str = "superintendent") -> Callable[[], str]:
        person = NamedPerson(name=name, email=email, role_codes=(role,))

        def act() -> str:
            try:
                with transaction():
                    change = MemberChange(person=person, base=base)
                    registration.change_member(team_id, seat_id, change, editor)
            except Conflict:
                return "conflict"
            return "saved"

        return act

    def stored() -> tuple[str, str]:
        with as_tenant(rush.tenant_id):
            seat = db.session.get_one(Seat, seat_id)
            found = seat.name, seat.role_code
        db.session.remove()
        return found

    return saving, stored


def test_edits_of_different_fields_both_stand(rush: Rush) -> None:
    saving, stored = editing(rush)

    assert rush.at_once([saving(name="Ada L."), saving(role="principal")]) == {"saved": 2}

    assert stored() == ("Ada L.", "principal")


def test_without_the_merge_one_of_them_is_lost(rush: Rush, monkeypatch: Any) -> None:
    """The negative control: the form overwrites everything that stands in it."""
    monkeypatch.setattr(members, "_merged", lambda _seat, change: change.person)
    saving, stored = editing(rush)

    assert rush.at_once([saving(name="Ada L."), saving(role="principal")]) == {"saved": 2}

    assert stored() != ("Ada L.", "principal")


def test_of_many_edits_of_one_field_one_is_saved_and_the_others_see_it(rush: Rush) -> None:
    saving, stored = editing(rush)
    names = [f"Ada {number}" for number in range(6)]

    outcomes = rush.at_once([saving(name=name) for name in names])

    assert outcomes == {"saved": 1, "conflict": 5}
    with as_tenant(rush.tenant_id):
        rows = db.session.scalars(
            select(AuditEntry).where(
                AuditEntry.act == "change_member", AuditEntry.tenant_id == rush.tenant_id
            )
        ).all()
        recorded = [(row.before["name"], row.after["name"]) for row in rows]
    db.session.remove()
    assert recorded == [("Ada", stored()[0])]
    assert stored()[0] in names
