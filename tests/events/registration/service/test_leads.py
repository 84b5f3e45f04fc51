import pytest

from consortium.database import db, transaction
from consortium.directory.models import Lea
from consortium.errors import NotFound
from consortium.people import service as people
from consortium.people.domain import Side
from consortium.people.models import Person
from events.institutes.models import Institute
from events.registration import service as registration
from events.registration.domain import RegistrationRefused
from events.registration.models import ActStatus, LeadInvitation, Team, TeamStatus
from events.registration.service import NewLead
from tests.acts import acts
from tests.events.registration.builders import (
    coordinating,
    draft,
    lead_editor,
    letters,
    name,
    start,
    submit,
)
from tests.events.registration.leads import SECOND, acts_of, add_lead
from tests.factories import make_institute, make_lea, soon

UMA = NewLead(name="Uma Union", email="Union@Example.org", side=Side.LABOR)
NEXT = NewLead(name="Nia Next", email="next@example.org", side=Side.MANAGEMENT)


@pytest.fixture
def lea(lead: Person) -> Lea:
    return make_lea("3400001", "Oak Park")


@pytest.fixture
def institute(lea: Lea) -> Institute:
    return make_institute()


@pytest.fixture
def team(institute: Institute, lea: Lea) -> Team:
    return start(institute, lea)


def invite(team: Team, who: NewLead = UMA) -> LeadInvitation:
    with transaction():
        return registration.invite_lead(team.id, who, lead_editor())


def hand_over(team: Team, who: NewLead = NEXT) -> LeadInvitation:
    with transaction():
        return registration.hand_over(team.id, who, lead_editor())


def token_for(email: str) -> str:
    return letters(email)[-1].text.split("/lead/")[1].split()[0]


def asked(email: str) -> LeadInvitation:
    invitation, _ = registration.get_lead_invitation(token_for(email))
    return invitation


def accept(email: str) -> Team:
    with transaction():
        return registration.accept_lead(asked(email), by=people.identity_for(email))


def leads_of(team: Team) -> dict[str, Side]:
    db.session.refresh(team)
    return {lead.person.email: lead.side for lead in team.leads}


def test_a_second_lead_of_the_other_side_is_invited_and_edits_the_same_things(team: Team) -> None:
    invite(team)
    (mail,) = letters(SECOND)
    assert mail.subject == "Lee Lead asks you to lead Oak Park"
    assert leads_of(team) == {"lead@example.org": Side.MANAGEMENT}
    with pytest.raises(NotFound):
        registration.get_team(team.id, lead_editor(SECOND))

    accept(SECOND)

    assert leads_of(team) == {"lead@example.org": Side.MANAGEMENT, SECOND: Side.LABOR}
    assert [mail.subject for mail in letters("lead@example.org")] == [
        "Uma Union leads Oak Park now"
    ]
    assert name(team, "bo union_leader", by=SECOND).name == "Bo"
    assert acts() == ["start_team", "invite_lead", "accept_lead", "add_member"]


def test_two_people_of_one_side_cannot_lead_together(team: Team) -> None:
    with pytest.raises(RegistrationRefused, match="Choose the other side"):
        invite(team, NEXT)
    invite(team)
    with pytest.raises(RegistrationRefused, match="Uma Union is asked already"):
        invite(team)
    accept(SECOND)
    with pytest.raises(RegistrationRefused, match="Two people lead this team already"):
        invite(team, NewLead(name="Bo", email="bo@example.org", side=Side.GOVERNANCE))


def test_a_lead_is_not_invited_to_lead_beside_himself(team: Team) -> None:
    with pytest.raises(RegistrationRefused, match="leads this team already"):
        invite(team, NewLead(name="Lee", email="LEAD@example.org", side=Side.LABOR))


def test_only_the_invited_person_can_use_the_link_and_only_once(team: Team) -> None:
    invite(team)
    token, invitation = token_for(SECOND), asked(SECOND)
    stranger = people.identity_for("stranger@example.org")
    assert registration.lead_invitations_of(stranger) == []
    with pytest.raises(NotFound):
        registration.get_own_lead_invitation(invitation.id, stranger)
    with pytest.raises(NotFound), transaction():
        registration.accept_lead(invitation, by=stranger)

    accept(SECOND)
    with pytest.raises(NotFound), transaction():
        registration.decline_lead(invitation, by=people.identity_for(SECOND))

    with pytest.raises(NotFound):
        registration.get_lead_invitation(token)
    assert token not in db.session.scalars(db.select(LeadInvitation.digest)).all()


def test_a_new_link_ends_the_earlier_one(team: Team, frozen: object) -> None:
    invitation = invite(team)
    first = token_for(SECOND)
    with pytest.raises(RegistrationRefused, match="less than ten minutes"), transaction():
        registration.ask_lead_again(team.id, invitation.id, lead_editor())
    invitation.undelivered_at = soon(0)
    frozen(soon(1))  # type: ignore[operator]
    with transaction():
        registration.ask_lead_again(team.id, invitation.id, lead_editor())

    with pytest.raises(NotFound):
        registration.get_lead_invitation(first)
    assert len(letters(SECOND)) == 1
    assert invitation.undelivered_at is None
    assert set(leads_of(accept(SECOND))) == {"lead@example.org", SECOND}


def test_an_invitation_taken_back_is_dead_and_its_mail_does_not_go_out(team: Team) -> None:
    invitation = invite(team)
    token = token_for(SECOND)
    with transaction():
        registration.withdraw_lead_invitation(team.id, invitation.id, lead_editor())

    assert letters(SECOND) == []
    with pytest.raises(NotFound):
        registration.get_lead_invitation(token)
    invite(team)  # another can be sent


def test_a_no_is_told_and_leaves_the_team_as_it_was(team: Team) -> None:
    invite(team)
    with transaction():
        registration.decline_lead(asked(SECOND), by=people.identity_for(SECOND))

    assert leads_of(team) == {"lead@example.org": Side.MANAGEMENT}
    (told,) = letters("lead@example.org")
    assert told.subject == "Uma Union will not lead Oak Park"


def test_an_invitation_dies_with_the_team(team: Team) -> None:
    invitation = invite(team)
    token = token_for(SECOND)
    with transaction():
        registration.withdraw_team(team.id, lead_editor())

    assert (invitation.answered_at, invitation.accepted) == (soon(0), None)
    assert letters(SECOND) == []
    with pytest.raises(NotFound):
        registration.get_lead_invitation(token)


def test_handing_over_puts_the_new_lead_in_and_the_old_one_out_at_once(team: Team) -> None:
    hand_over(team)
    assert leads_of(team) == {"lead@example.org": Side.MANAGEMENT}
    (mail,) = letters("next@example.org")
    assert "take over from Lee Lead" in mail.text

    accept("next@example.org")

    assert leads_of(team) == {"next@example.org": Side.MANAGEMENT}
    with pytest.raises(NotFound):
        registration.get_team(team.id, lead_editor())
    (told,) = letters("lead@example.org")
    assert told.subject == "Nia Next leads Oak Park now"
    assert acts()[-2:] == ["hand_over", "accept_lead"]


def test_a_team_does_not_lose_a_side_by_handing_over(team: Team) -> None:
    with pytest.raises(RegistrationRefused, match="Choose your own side"):
        hand_over(team, UMA)


def test_only_a_lead_hands_over(team: Team) -> None:
    with pytest.raises(RegistrationRefused, match="Only a lead"), transaction():
        registration.hand_over(team.id, NEXT, coordinating())


def test_the_last_lead_cannot_leave(team: Team) -> None:
    with pytest.raises(RegistrationRefused, match="Hand it over to someone else first"):
        registration.leave_lead(team.id, lead_editor())


def test_a_lead_who_leaves_is_out_and_what_he_began_ends(institute: Institute, team: Team) -> None:
    institute.joint_acts = ["submit"]
    add_lead(team)
    name(team, "ada superintendent")
    submit(team)
    hand_over(team)
    token = token_for("next@example.org")
    with transaction():
        registration.leave_lead(team.id, lead_editor())

    assert leads_of(team) == {SECOND: Side.LABOR}
    assert [act.status for act in acts_of(team)] == [ActStatus.LAPSED]
    with pytest.raises(NotFound):
        registration.get_lead_invitation(token)
    assert [mail.subject for mail in letters(SECOND)] == [
        "Lee Lead does not lead Oak Park any more"
    ]


def test_whoever_takes_over_is_asked_what_the_lead_before_was_asked(
    institute: Institute, team: Team
) -> None:
    institute.joint_acts = ["submit"]
    add_lead(team)
    name(team, "ada superintendent")
    submit(team, by=SECOND)
    hand_over(team)
    accept("next@example.org")

    assert [act.status for act in acts_of(team)] == [ActStatus.OPEN]
    assert "Oak Park: Uma Union asks you to agree" not in {
        mail.subject for mail in letters("lead@example.org")
    }
    with transaction():
        registration.agree_to_act(acts_of(team)[0].id, lead_editor("next@example.org"))
    assert team.status is TeamStatus.REGISTERED


def test_a_question_to_take_over_outlives_a_second_lead_of_the_other_side(team: Team) -> None:
    hand_over(team)
    invite(team)
    accept(SECOND)

    assert set(leads_of(accept("next@example.org"))) == {"next@example.org", SECOND}


def test_two_leads_from_two_sides_bring_one_team_to_completion(lea: Lea) -> None:
    institute = make_institute("two-sides", joint_acts=["submit"], gate="strict")
    team = draft(institute, lea, "ada superintendent")
    invite(team)
    accept(SECOND)
    name(team, "bo union_leader", by=SECOND)
    name(team, "cy board_member")
    submit(team, by=SECOND)
    (asked,) = registration.waiting_for(lead_editor().person_id)
    assert asked[1] is team
    with transaction():
        registration.agree_to_act(asked[0].id, lead_editor())

    assert (team.status, team.complete, team.seats_held) == (TeamStatus.REGISTERED, True, 3)
    assert registration.waiting_for(lead_editor().person_id) == []
    told = {mail.to for mail in letters("lead@example.org") + letters(SECOND)}
    assert told == {"lead@example.org", SECOND}
