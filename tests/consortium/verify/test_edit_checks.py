"""The check of edits finds what is not in the history, and what was overwritten unseen."""

import pytest
from sqlalchemy import select

from consortium.audit.models import AuditEntry
from consortium.database import db, transaction
from consortium.people.models import Person
from events.registration import service as registration
from events.registration.models import Team
from tests.consortium.verify.breaking import everything, violations
from tests.events.registration.builders import draft, lead_editor, submit
from tests.factories import make_institute, make_lea


@pytest.fixture
def team(lead: Person) -> Team:
    return submit(draft(make_institute(), make_lea("3400001", "Oak Park"), "bo union_leader"))


def rename(team: Team, name: str) -> None:
    now = registration.Details(name=team.name)
    with transaction():
        registration.describe_team(
            team.id, lead_editor(), registration.Details(name=name), base=now
        )


def test_an_edit_that_nobody_recorded(team: Team) -> None:
    rename(team, "Oak Park Schools")
    assert everything() == {}
    team.version += 1

    assert violations("I10") == [f"team:{team.id} was edited 2 times; recorded are 1."]


def test_an_edit_that_is_not_there(team: Team) -> None:
    rename(team, "Oak Park Schools")
    team.name = "Oak Park"

    assert violations("I10") == [
        f"team:{team.id}: an edit was overwritten by someone who had not seen it."
    ]


def bo(*roles: str) -> registration.NamedPerson:
    return registration.NamedPerson(name="Bo", email="bo@3400001.example.org", role_codes=roles)


def test_an_edit_that_was_overwritten_unseen(team: Team) -> None:
    """Two edits found the same roles: the later one cannot have seen the earlier one."""
    seat, base = team.seats[0], bo("union_leader")
    for wanted in (bo("union_leader", "principal"), bo("principal")):
        change = registration.MemberChange(person=wanted, base=base)
        with transaction():
            registration.change_member(team.id, seat.id, change, lead_editor())
        base = wanted
    assert everything() == {}
    last = db.session.scalars(
        select(AuditEntry).where(AuditEntry.act == "change_member").order_by(AuditEntry.id.desc())
    ).first()
    assert last is not None
    last.before = {**last.before, "roles": ["union_leader"]}

    assert violations("I10") == [
        f"seat:{seat.id}: an edit was overwritten by someone who had not seen it."
    ]
