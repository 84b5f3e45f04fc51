"""A member or a lead left the LEA: the place waits for who follows, and history stays."""

from datetime import time

import pytest
from sqlalchemy import select

from consortium.audit.models import AuditEntry
from consortium.database import db, transaction
from consortium.directory.models import Lea
from consortium.errors import NotFound
from consortium.people.domain import Side
from consortium.people.models import Person
from events.institutes.domain import JointActKind
from events.institutes.models import PEOPLE, Deadline, Institute
from events.registration import service as registration
from events.registration.domain import RegistrationRefused
from events.registration.models import SeatStatus, Team
from events.registration.service import NewLead
from tests.events.registration.builders import (
    coordinating,
    draft,
    lead_editor,
    letters,
    seat_of,
    submit,
    taken,
)
from tests.events.registration.leads import add_lead
from tests.events.registration.service.substituting import (
    ADA,
    complete_team,
    confirm,
    institute_with_sessions,
    someone,
)
from tests.factories import make_lea, soon

LOU = "lou@example.org"


@pytest.fixture
def lea(lead: Person) -> Lea:
    return make_lea("3400001", "Oak Park")


@pytest.fixture
def institute(tenant: object) -> Institute:
    return institute_with_sessions()


@pytest.fixture
def team(institute: Institute, lea: Lea) -> Team:
    return complete_team(institute, lea)


def test_the_seat_waits_with_its_roles_and_keeps_its_place(team: Team) -> None:
    old = confirm(seat_of(team, "Ada"))
    with transaction():
        kept = registration.vacate(team.id, old.id, lead_editor())

    assert (old.status, kept.status) == (SeatStatus.REPLACED, SeatStatus.UNCLAIMED)
    assert (kept.replaces_id, kept.role_codes, kept.position) == (
        old.id,
        old.role_codes,
        old.position,
    )
    assert (taken(team.institute, PEOPLE), team.missing) == (3, ["superintendent"])
    assert letters(ADA)[-1].subject.startswith("Your seat at Summer Institute")

    with transaction():
        heir = registration.name_kept(team.id, kept.id, someone().person, lead_editor())
    chain = registration.history_of(team.id, lead_editor(), 1).chains
    assert [[holder.name for holder in one] for one in chain] == [["Ada", "Kim Day"]]
    assert (heir.id, team.complete) == (kept.id, True)


def test_leads_vacate_no_seat_after_the_roster_closed_and_coordinators_do(team: Team) -> None:
    closed = Deadline(
        position=9, code="substitute_until", what="", on=soon(-1).date(), at=time(17, 0)
    )
    team.institute.deadlines.append(closed)
    db.session.commit()
    ada = seat_of(team, "Ada").id
    with pytest.raises(RegistrationRefused), transaction():
        registration.vacate(team.id, ada, lead_editor())
    with transaction():
        registration.vacate(team.id, ada, coordinating())
    assert team.missing == ["superintendent"]


def test_the_last_member_is_not_vacated(institute: Institute, lea: Lea) -> None:
    team = submit(draft(institute, lea, "ada superintendent"))
    with pytest.raises(RegistrationRefused, match="Nobody would be left"):
        registration.vacate(team.id, seat_of(team, "Ada").id, lead_editor())


def test_one_side_does_not_vacate_the_others_seat_where_both_agree(team: Team) -> None:
    team.institute.joint_acts = [JointActKind.SUBSTITUTE.value]
    lou = add_lead(team, LOU, Side.LABOR)
    db.session.commit()
    with pytest.raises(RegistrationRefused, match="belongs to the other side"):
        registration.vacate(team.id, seat_of(team, "Ada").id, lead_editor(lou.person.email))


def test_the_other_lead_goes_on_alone_and_asks_who_follows(team: Team) -> None:
    add_lead(team, LOU, Side.LABOR)
    gone = next(lead for lead in team.leads if lead.side is Side.MANAGEMENT)
    with transaction():
        registration.end_lead(team.id, gone.person_id, lead_editor(LOU), reason="Retired")
        who = NewLead(name="Kim Day", email="kim@example.org", side=Side.MANAGEMENT)
        registration.invite_lead(team.id, who, lead_editor(LOU))

    assert [lead.side for lead in team.leads] == [Side.LABOR]
    assert letters("kim@example.org")
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.act == "end_lead")).one()
    assert entry.after == {"reason": "Retired"}
    with pytest.raises(NotFound):
        registration.end_lead(team.id, gone.person_id, lead_editor(LOU), reason="")


def test_the_host_tells_the_lead_who_stays(team: Team) -> None:
    add_lead(team, LOU, Side.LABOR)
    gone = next(lead for lead in team.leads if lead.side is Side.MANAGEMENT)
    with transaction():
        registration.end_lead(team.id, gone.person_id, coordinating(), reason="Retired")
    assert "does not lead" in letters(LOU)[-1].subject


def test_a_team_is_always_led_by_someone(team: Team) -> None:
    (only,) = team.leads
    with pytest.raises(RegistrationRefused, match="only lead"):
        registration.end_lead(team.id, only.person_id, coordinating(), reason="Retired")
