"""A file loaded again takes nothing from people who are registered."""

from typing import Any

import pytest

from consortium.database import db
from consortium.errors import Refusal
from consortium.people.domain import Side
from consortium.tenants.models import Tenant
from events.institutes.domain import Status
from events.institutes.domain.sections import StrandLine, Strands
from events.institutes.models import PEOPLE
from events.institutes.service import pools
from events.institutes.service.editing import change_institute
from events.intake.models import Application, ApplicationStatus
from events.programmes import service as programmes
from events.registration.models import SeatStatus, TeamStatus
from tests.events.programmes.files import parsed, small
from tests.events.programmes.loads import BY, loaded, rows, session_of
from tests.factories import make_lea, make_person, make_team, soon


def test_places_are_never_set_below_what_is_taken(tenant: Tenant) -> None:
    institute = loaded()
    pools.take(institute.id, PEOPLE, 60)
    db.session.commit()
    before = rows()
    with pytest.raises(Refusal, match="Places taken already: 60"):
        programmes.load_programme(
            parsed(title="Other", slug=institute.slug, capacity__people=59), by=BY
        )
    db.session.rollback()
    assert (institute.title, rows()) == ("Summer Institute 2027", before)


@pytest.mark.parametrize(
    "standing",
    [
        {},
        {"status": TeamStatus.OFFERED, "offer_expires_at": soon(), "registered_at": None},
        {"status": TeamStatus.ASKING, "registered_at": None},
    ],
)
def test_a_limit_is_neither_made_nor_taken_away_once_teams_count_on_it(
    tenant: Tenant, standing: dict[str, Any]
) -> None:
    institute = loaded()
    make_team(institute, make_lea("3400001", "Elm"), **standing)
    with pytest.raises(Refusal, match="cannot become limited, nor the other way round: teams"):
        programmes.load_programme(parsed(capacity__teams=...), by=BY)


@pytest.mark.parametrize("kept", [False, True])
def test_a_role_that_people_have_cannot_go(tenant: Tenant, kept: Any) -> None:
    institute = loaded()
    team = make_team(
        institute,
        make_lea("3400001", "Elm"),
        {"a@elm.example.org": "superintendent", "b@elm.example.org": "union_leader"},
    )
    if kept:
        team.seats[1].person_id, team.seats[1].status = None, SeatStatus.UNCLAIMED
        db.session.commit()
    with pytest.raises(Refusal) as refused:
        programmes.load_programme(
            parsed(roles=small()["roles"][:1], sessions__1__audience_roles=["*"]), by=BY
        )
    assert refused.value.message == (
        "People registered as “Association president”: 1. The file has no role "
        "“union_leader”. Keep it, or give these people another role first."
    )


def test_a_session_keeps_room_for_those_who_chose_it(tenant: Tenant) -> None:
    institute = loaded(sessions__1__capacity=20)
    session_of(institute, "talk").taken = 11
    db.session.commit()
    with pytest.raises(Refusal, match="People who have chosen “Talk”: 11"):
        programmes.load_programme(parsed(sessions__1__capacity=10), by=BY)


def test_what_leas_have_applied_for_stays_published(tenant: Tenant) -> None:
    institute = loaded()
    application = Application(
        institute_id=institute.id,
        lea_id=make_lea("3400001", "Elm").id,
        name="Elm",
        state="NJ",
        applicant_id=make_person("ann@elm.example.org").id,
        side=Side.LABOR,
        status=ApplicationStatus.SUBMITTED,
        created_at=soon(),
        touched_at=soon(),
    )
    db.session.add(application)
    db.session.commit()
    with pytest.raises(Refusal, match="Applications handed in: 1"):
        programmes.unpublish(institute, by=BY)
    application.status = ApplicationStatus.WITHDRAWN
    programmes.unpublish(institute, by=BY)
    assert institute.status is Status.DRAFT


def test_what_members_chose_cannot_go(tenant: Tenant) -> None:
    strands = [{"code": "trust", "label": "Trust"}, {"code": "literacy", "label": "Literacy"}]
    institute = loaded(strands=strands)
    team = make_team(institute, make_lea("3400001", "Elm"))
    team.seats[0].choices = ["strand:trust"]
    db.session.commit()
    fewer = Strands(strands=(StrandLine(code="literacy", label="Literacy"),))
    said = "People who have chosen “Strand: Trust” or wait for it: 1. So it stays as it is."

    with pytest.raises(Refusal) as by_file:
        programmes.load_programme(parsed(strands=strands[1:]), by=BY)
    with pytest.raises(Refusal) as by_hand:
        change_institute(institute, fewer, version=institute.version, by=BY)

    assert [str(by_file.value), str(by_hand.value)] == [said, said]
    team.seats[0].choices = []
    change_institute(institute, fewer, version=institute.version, by=BY)
    assert [strand.code for strand in institute.strands] == ["literacy"]
