"""A coordinator appoints who leads a team, or asks in the consortium's name."""

from uuid import UUID

import pytest

from consortium.database import db, transaction
from consortium.errors import NotAllowed
from consortium.people import service as people
from consortium.people.domain import Side
from consortium.people.models import Person
from events.registration import service as registration
from events.registration.domain import RegistrationRefused
from events.registration.models import Team
from events.registration.service import NewLead
from tests.acts import acts
from tests.events.registration.builders import coordinating, lead_editor, letters, start
from tests.events.registration.leads import SECOND
from tests.factories import make_institute, make_lea, soon

UMA = NewLead(name="Uma Union", email="Union@Example.org", side=Side.LABOR)
NEXT = NewLead(name="Nia Next", email="next@example.org", side=Side.MANAGEMENT)


@pytest.fixture
def team(lead: Person) -> Team:
    return start(make_institute(), make_lea("3400001", "Oak Park"))


def appoint(team: Team, who: NewLead, instead_of: UUID | None) -> Team:
    with transaction():
        return registration.appoint_lead(
            team.id, who, coordinating(), instead_of=instead_of, reason="Left the district."
        )


def test_a_coordinator_replaces_a_lead_who_left_the_district(team: Team) -> None:
    appoint(team, NEXT, team.leads[0].id)

    db.session.refresh(team)
    (new,) = team.leads
    assert (new.person.email, new.side) == ("next@example.org", Side.MANAGEMENT)
    for address in ("lead@example.org", "next@example.org"):
        (told,) = letters(address)
        assert "Left the district." in told.text
        assert "Lee Lead does not lead it any more." in told.text
    assert acts()[-1] == "appoint_lead"


def test_a_coordinator_adds_a_lead_but_never_a_third_or_a_twin(team: Team) -> None:
    with pytest.raises(RegistrationRefused, match="The other lead is of that side"):
        appoint(team, NEXT, None)
    appoint(team, UMA, None)
    with pytest.raises(RegistrationRefused, match="Choose who is replaced"):
        appoint(team, NewLead(name="Bo", email="bo@example.org", side=Side.GOVERNANCE), None)

    db.session.refresh(team)
    assert {lead.person.email for lead in team.leads} == {"lead@example.org", SECOND}


def test_whoever_cannot_lead_beside_a_new_lead_is_asked_no_longer(team: Team) -> None:
    with transaction():
        invitation = registration.invite_lead(team.id, UMA, lead_editor())
    appoint(team, NewLead(name="Bo", email="bo@example.org", side=Side.GOVERNANCE), None)

    assert (invitation.answered_at, invitation.accepted) == (soon(0), None)
    assert letters(SECOND) == []
    assert registration.lead_invitations_of(people.identity_for(SECOND)) == []


def test_leads_do_not_appoint(team: Team) -> None:
    with pytest.raises(NotAllowed):
        registration.appoint_lead(team.id, UMA, lead_editor(), instead_of=None, reason="I want to.")


def test_a_coordinator_invites_in_the_name_of_the_consortium(team: Team) -> None:
    with transaction():
        registration.invite_lead(team.id, UMA, coordinating())

    (mail,) = letters(SECOND)
    assert mail.subject == "Lakeshore Partnership asks you to lead Oak Park"
