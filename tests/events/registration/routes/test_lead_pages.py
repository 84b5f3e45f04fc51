import pytest
from sqlalchemy import select

from consortium.database import db, transaction
from consortium.directory.models import Lea
from consortium.people.domain import Side
from consortium.people.models import Person
from events.institutes.models import Institute
from events.registration import service as registration
from events.registration.models import LeadInvitation, Team, TeamLead
from events.registration.service import NewLead
from tests.browser import Browser
from tests.events.registration.builders import LEAD, draft, lead_editor, letters, name
from tests.events.registration.leads import SECOND, add_lead
from tests.events.registration.routes.pages import errors, headings, value, words
from tests.factories import make_institute, make_lea, soon
from tests.queries import counting_queries

NOBODYS = "/lakeshore/lead/nobodys"


@pytest.fixture
def institute(lead: Person) -> Institute:
    return make_institute()


@pytest.fixture
def lea(lead: Person) -> Lea:
    return make_lea("3400001", "Oak Park")


@pytest.fixture
def team(institute: Institute, lea: Lea) -> Team:
    return draft(institute, lea, "ada superintendent")


@pytest.fixture
def path(team: Team) -> str:
    return f"/lakeshore/teams/{team.id}"


@pytest.fixture
def own(client: Browser, lead: Person) -> Browser:
    client.sign_in(LEAD)
    return client


def invited(team: Team, **values: object) -> LeadInvitation:
    who = NewLead(name="Uma Union", email=SECOND, side=Side.LABOR)
    with transaction():
        invitation = registration.invite_lead(team.id, who, lead_editor())
        for field, value in values.items():
            setattr(invitation, field, value)
    return invitation


def link_to(email: str) -> str:
    return "/lakeshore/lead/" + letters(email)[-1].text.split("/lead/")[1].split()[0]


def leads_of(team: Team) -> set[str]:
    lines = db.session.scalars(select(TeamLead).where(TeamLead.team_id == team.id))
    return {line.person.email for line in lines}


def test_a_lead_invites_the_other_side_and_the_team_shows_who_was_asked(
    own: Browser, path: str
) -> None:
    page = own.get(f"{path}/leads/invite")
    assert "They lead for this side: Labor" in words(page)

    answer = own.post(f"{path}/leads/invite", data={"name": "Uma Union", "email": SECOND})
    assert answer.location == path
    assert f"Uma Union ({SECOND}) is asked to lead the team too" in words(own.get(path))

    refused = own.post(f"{path}/leads/invite", data={"name": "Bo", "email": "bo@example.org"})
    assert refused.status_code == 422
    assert errors(refused) == [
        "Uma Union is asked already and has not answered. Take that invitation back first."
    ]


def test_an_invitation_that_came_back_says_what_to_do(own: Browser, team: Team, path: str) -> None:
    invitation = invited(team, undelivered_at=soon(0))
    assert "The mail could not be delivered" in words(own.get(path))

    own.post(f"{path}/leads/invitations/{invitation.id}/withdraw")

    assert "is asked to lead" not in words(own.get(path))


def test_the_invited_person_answers_by_the_link_and_nobody_else(
    client: Browser, team: Team, path: str
) -> None:
    invited(team)
    link = link_to(SECOND)
    assert "Sign in to answer" in words(client.get(link))
    assert SECOND not in client.get(link).text

    client.sign_in("stranger@example.org")
    page = client.post(link, data={"answer": "yes"})
    assert (page.status_code, leads_of(team)) == (403, {LEAD})
    assert "This invitation is for someone else" in headings(client.get(link))
    assert "This invitation is for someone else" in words(page)
    assert LEAD not in page.text

    client.sign_in(SECOND)
    assert "Leads it with you Lee Lead, Management" in words(client.get(link))
    assert client.post(link, data={"answer": "yes"}).location == path
    assert leads_of(team) == {LEAD, SECOND}
    assert client.get(path).status_code == 200
    assert client.get(link).status_code == client.get(NOBODYS).status_code == 404


def test_who_has_no_mail_at_hand_answers_from_the_own_page(
    client: Browser, team: Team, path: str
) -> None:
    link = f"/lakeshore/lead-invitations/{invited(team).id}"
    client.sign_in("stranger@example.org")
    assert "Asked to lead" not in headings(client.get("/lakeshore/mine"))
    assert client.get(link).status_code == client.post(link).status_code == 404

    client.sign_in(SECOND)
    mine = client.get("/lakeshore/mine")
    assert f'href="{link}"' in mine.text
    assert "Answer whether you lead Oak Park (Summer Institute)" in words(mine)
    form = {"answer": "yes", "action_key": value(client.get(link), "action_key")}
    # The second answer is the first one's: a double click leads to the same place.
    assert client.post(link, data=form).location == client.post(link, data=form).location == path
    assert leads_of(team) == {LEAD, SECOND}
    assert "Asked to lead" not in headings(client.get("/lakeshore/mine"))


def test_the_invited_person_may_say_no(client: Browser, team: Team) -> None:
    invited(team)
    client.sign_in(SECOND)

    assert client.post(link_to(SECOND), data={"answer": "no"}).location == "/lakeshore/mine"
    assert leads_of(team) == {LEAD}


def test_a_member_of_the_team_is_chosen_to_take_over(own: Browser, team: Team, path: str) -> None:
    seat = name(team, "bo principal")
    page = own.post(f"{path}/leads/hand-over", data={"member": str(seat.id)})

    assert page.location == path
    assert "Bo (bo@3400001.example.org) is asked to take over" in words(own.get(path))

    own.sign_in(seat.person.email)
    own.post(link_to(seat.person.email), data={"answer": "yes"})
    assert leads_of(team) == {seat.person.email}
    own.sign_in(LEAD)
    assert own.get(path).status_code == 404


def test_someone_who_is_not_in_the_team_takes_over_too(own: Browser, path: str) -> None:
    missing = own.post(f"{path}/leads/hand-over", data={"member": "", "name": "", "email": ""})
    assert errors(missing) == ["Enter the name.", "Enter the e-mail address."]

    own.post(f"{path}/leads/hand-over", data={"name": "Nia", "email": "nia@example.org"})
    assert "Nia (nia@example.org) is asked to take over" in words(own.get(path))


def test_the_last_lead_is_told_to_hand_over_first(own: Browser, team: Team, path: str) -> None:
    assert "Hand it over to someone else first" in words(own.get(f"{path}/leads/leave"))
    refused = own.post(f"{path}/leads/leave")
    assert (refused.status_code, leads_of(team)) == (422, {LEAD})

    add_lead(team)
    assert "goes on alone" in words(own.get(f"{path}/leads/leave"))
    assert own.post(f"{path}/leads/leave").location == "/lakeshore/mine"
    assert leads_of(team) == {SECOND}


def test_a_coordinator_replaces_a_lead(client: Browser, team: Team, coordinator: Person) -> None:
    path = f"/lakeshore/teams/{team.id}/leads/appoint"
    said = {"name": "Nia Next", "email": "nia@example.org", "side": "management", "reason": "Left."}
    client.sign_in(LEAD)
    assert client.post(path, data=said).status_code == 403
    client.sign_in(coordinator.email)

    answer = client.post(path, data={**said, "instead_of": str(team.leads[0].id)})

    assert answer.location == f"/lakeshore/teams/{team.id}"
    assert leads_of(team) == {"nia@example.org"}


def test_strangers_find_no_pages_about_leads(client: Browser, path: str) -> None:
    client.sign_in("stranger@example.org")
    for page in ("invite", "hand-over", "leave"):
        assert client.get(f"{path}/leads/{page}").status_code == 404
        assert (
            client.post(f"{path}/leads/{page}", data={"name": "A", "email": "a@b.org"}).status_code
            == 404
        )


@pytest.fixture
def asked(institute: Institute, team: Team) -> str:
    """Return the page on which the second lead answers."""
    institute.joint_acts = ["submit"]
    add_lead(team)
    with transaction():
        registration.submit_team(team.id, lead_editor())
    ((act, *_),) = registration.waiting_for(lead_editor(SECOND).person_id)
    return f"/lakeshore/agreements/{act.id}"


def test_the_second_lead_is_led_to_the_page_and_agrees(
    client: Browser, team: Team, path: str, asked: str
) -> None:
    client.sign_in(SECOND)
    assert f'href="{asked}"' in client.get("/lakeshore/mine").text
    assert "Lee Lead asks you to agree" in headings(client.get(path))
    page = client.get(asked)
    assert headings(page)[0] == "Do you agree?"
    assert "Ada Superintendent" in words(page)

    assert client.post(asked).location == path

    db.session.refresh(team)
    assert team.status == "registered"
    assert "Both leads agreed" in headings(client.get(asked))
    assert "Waiting for my agreement" not in headings(client.get("/lakeshore/mine"))


def test_the_one_who_asked_waits_and_may_take_it_back(own: Browser, path: str, asked: str) -> None:
    assert "Waiting for the agreement of Uma Union" in headings(own.get(path))
    assert "Submit the team" not in words(own.get(path))
    refused = own.post(asked)
    assert errors(refused) == ["Only the lead of the other side can answer this."]

    assert own.post(f"{asked}/take-back").location == path
    assert "Submit the team" in words(own.get(path))


def test_a_no_needs_a_reason_and_is_shown(client: Browser, asked: str) -> None:
    client.sign_in(SECOND)
    assert errors(client.post(asked, data={"refuse-note": ""})) == ["Write the reason."]

    client.post(asked, data={"refuse-note": "Not before our board has met."})

    client.sign_in(LEAD)
    page = client.get(asked)
    assert "The other lead did not agree" in headings(page)
    assert "Not before our board has met." in words(page)


def test_a_team_that_changed_is_shown_again_and_not_agreed_to(
    client: Browser, team: Team, asked: str
) -> None:
    name(team, "bo union_leader", by=SECOND)
    client.sign_in(SECOND)
    assert "The team has changed since this was asked" in headings(client.get(asked))

    refused = client.post(asked)

    assert (refused.status_code, team.status) == (422, "draft")
    assert "Bo Association president" in words(refused)


def test_what_waits_for_me_takes_as_many_queries_for_three_teams_as_for_one(
    client: Browser, institute: Institute, asked: str
) -> None:
    client.sign_in(SECOND)
    client.get("/lakeshore/mine")
    with counting_queries() as one:
        client.get("/lakeshore/mine")
    for n in (2, 3):
        other = draft(institute, make_lea(f"340000{n}", f"Town {n}"), f"ada{n} superintendent")
        add_lead(other)
        with transaction():
            registration.submit_team(other.id, lead_editor())
    client.get("/lakeshore/mine")
    with counting_queries() as three:
        page = client.get("/lakeshore/mine")

    assert page.text.count("/lakeshore/agreements/") == 3
    assert len(three) == len(one)


def test_coordinators_see_drafts_that_lie_still_however_many(
    client: Browser, institute: Institute, team: Team, coordinator: Person
) -> None:
    path = "/lakeshore/manage/institutes/summer/to-do"
    team.nudges = 2
    db.session.commit()
    client.sign_in(coordinator.email)
    client.get(path)
    with counting_queries() as one:
        page = client.get(path)
    assert "Oak Park Monday, March 2, 2026 at 7:00 AM Eastern Time Lee Lead" in words(page)
    for n in (2, 3):
        draft(institute, make_lea(f"340000{n}", f"Town {n}")).nudges = 2
    db.session.commit()
    with counting_queries() as three:
        page = client.get(path)

    assert ("Town 2" in words(page), len(three)) == (True, len(one))
