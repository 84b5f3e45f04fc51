"""Guests who come by request, at the pages of their lead and of the coordinator."""

from typing import Any

import pytest
from sqlalchemy import select

from consortium.database import db
from consortium.people.domain import Side
from consortium.people.models import Person
from events.institutes.domain import Strength
from events.institutes.models import PEOPLE, TEAMS
from events.registration.models import SeatStatus, Team, TeamStatus
from tests.acts import acts
from tests.browser import Browser
from tests.events.registration.builders import LEAD, draft, letters, taken
from tests.events.registration.routes.pages import errors, headings, value, words
from tests.factories import USUAL_ROLES, make_institute, make_lea, soon

VISITOR_ROLE = {
    "code": "visitor",
    "label": "Visitor",
    "side": Side.EITHER,
    "strength": Strength.OPTIONAL,
    "min": 0,
    "max": 4,
}
HOST = "hello@lakeshore.example.org"


@pytest.fixture
def team(lead: Person, coordinator: Person) -> Team:
    institute = make_institute(guests_by_request=True, roles=(*USUAL_ROLES, VISITOR_ROLE))
    lea = make_lea("4200001", "Erie City", "PA")
    return draft(institute, lea, "ada superintendent", "bo union_leader")


@pytest.fixture
def path(team: Team) -> str:
    return f"/lakeshore/teams/{team.id}"


@pytest.fixture
def own(client: Browser, team: Team) -> Browser:
    client.sign_in(LEAD)
    return client


@pytest.fixture
def asked(own: Browser, path: str, coordinator: Person) -> Browser:
    """Return the coordinator's browser after the lead has asked."""
    own.post(f"{path}/submit")
    own.sign_in(coordinator.email)
    return own


def stored() -> Team:
    db.session.expire_all()
    return db.session.scalars(select(Team)).one()


def test_submitting_asks_the_host_and_takes_no_place(own: Browser, team: Team, path: str) -> None:
    page = words(own.get(path))
    assert "People from Pennsylvania come by request. When you submit, the host is asked." in page
    assert "Ask the host" in page

    after = own.get(own.post(f"{path}/submit").location)

    assert "The host has your request." in words(after)
    assert "Waits for the host's answer" in headings(after)
    assert "Agree: they may come" not in words(after)
    assert (stored().status, stored().seats_held) == (TeamStatus.ASKING, 0)
    assert (taken(team.institute, PEOPLE), taken(team.institute, TEAMS)) == (0, 0)
    assert {seat.status for seat in stored().seats} == {SeatStatus.NAMED}
    assert [mail.subject for mail in letters(LEAD)] == [
        "Erie City asks to come to Summer Institute"
    ]
    assert [mail.subject for mail in letters(HOST)] == [
        "Erie City asks to come to Summer Institute"
    ]
    assert f"http://localhost{path}" in letters(HOST)[0].text
    assert letters("ada@4200001.example.org") == []


def test_joining_the_waitlist_asks_the_host_first(own: Browser, team: Team, path: str) -> None:
    pool = team.institute.pool(PEOPLE)
    assert pool is not None
    pool.taken = pool.capacity
    db.session.commit()

    own.post(f"{path}/waitlist", data={"seats_wanted": "5"})
    assert (stored().status, stored().waitlist_position) == (TeamStatus.ASKING, None)

    own.sign_in("coordinator@example.org")
    own.post(f"{path}/agree")
    assert (stored().status, stored().seats_wanted) == (TeamStatus.WAITLISTED, 5)


def test_after_the_deadline_the_host_is_asked_before_they_wait(
    own: Browser, team: Team, path: str, frozen: Any
) -> None:
    frozen(soon(40))
    own.sign_in(LEAD)
    assert "come by request: the host is asked first" in words(own.get(path))

    own.post(f"{path}/submit", data={"or_wait": "y"})

    assert (stored().status, stored().waitlist_position) == (TeamStatus.ASKING, None)


def test_asking_twice_is_told_that_the_host_has_not_answered(own: Browser, path: str) -> None:
    own.post(f"{path}/submit")

    page = own.post(f"{path}/submit")

    assert errors(page) == ["The host has not answered yet whether this team may come."]


def test_what_waits_for_the_host_is_on_the_page_of_what_is_to_do(asked: Browser, path: str) -> None:
    page = asked.get("/lakeshore/manage/institutes/summer/to-do")
    asked.post(f"{path}/agree")

    assert "Erie City : agree or say no Pennsylvania 2" in words(page)
    assert "Erie City" not in words(asked.get("/lakeshore/manage/institutes/summer/to-do"))


def test_the_coordinator_agrees_even_after_the_deadline(
    asked: Browser, team: Team, path: str, coordinator: Person, frozen: Any
) -> None:
    frozen(soon(40))
    asked.sign_in(coordinator.email)
    assert "Agree: they may come" in words(asked.get(path))

    page = words(asked.get(asked.post(f"{path}/agree").location))

    assert "They are registered. Each member has got a mail." in page
    assert (stored().status, stored().seats_held) == (TeamStatus.REGISTERED, 2)
    assert (taken(team.institute, PEOPLE), taken(team.institute, TEAMS)) == (2, 1)
    assert [mail.subject for mail in letters(LEAD)] == [
        "Erie City is registered for Summer Institute"
    ]
    assert "The host agrees that you come." in letters(LEAD)[0].text
    assert len(letters("ada@4200001.example.org")) == 1
    assert acts()[-1] == "agree_to_guests"


def test_without_places_agreed_guests_wait(asked: Browser, team: Team, path: str) -> None:
    pool = team.institute.pool(PEOPLE)
    assert pool is not None
    pool.taken = pool.capacity
    db.session.commit()

    page = words(asked.get(asked.post(f"{path}/agree").location))

    assert "There are no places for all of them now: they are on the waitlist." in page
    assert (stored().status, stored().waitlist_position) == (TeamStatus.WAITLISTED, 1)


def test_the_coordinator_says_no_and_why(asked: Browser, path: str) -> None:
    empty = asked.post(f"{path}/turn-away", data={"reason": " "})
    assert (empty.status_code, errors(empty)) == (422, ["Write the reason."])
    assert stored().status is TeamStatus.ASKING

    asked.post(f"{path}/turn-away", data={"reason": "This year we have room for New Jersey only."})

    team = stored()
    assert (team.status, team.refusal) == (
        TeamStatus.WITHDRAWN,
        "This year we have room for New Jersey only.",
    )
    assert team.active_seats == []
    (mail,) = letters(LEAD)
    assert mail.subject == "Erie City cannot come to Summer Institute"
    assert "The reason given: This year we have room for New Jersey only." in mail.text
    assert letters("ada@4200001.example.org") == []
    assert acts()[-1] == "turn_guests_away"
    asked.sign_in(LEAD)
    assert "The host has said no The reason given: This year we have room" in words(asked.get(path))


def test_an_answer_is_given_once(asked: Browser, path: str) -> None:
    asked.post(f"{path}/agree")

    again = asked.post(f"{path}/agree")
    no = asked.post(f"{path}/turn-away", data={"reason": "Too late."})

    assert errors(again) == errors(no) == ["This team does not wait for the host's answer."]
    assert value(no, "reason") == "Too late."
    assert (stored().status, stored().refusal) == (TeamStatus.REGISTERED, None)


def test_a_lead_cannot_answer_for_the_host(own: Browser, path: str) -> None:
    own.post(f"{path}/submit")

    assert own.post(f"{path}/agree").status_code == 403
    assert own.post(f"{path}/turn-away", data={"reason": "x"}).status_code == 403
    assert stored().status is TeamStatus.ASKING


def test_a_coordinator_who_submits_agrees_thereby(
    own: Browser, path: str, coordinator: Person
) -> None:
    own.sign_in(coordinator.email)
    assert "Submit the team" in words(own.get(path))

    own.post(f"{path}/submit")

    assert stored().status is TeamStatus.REGISTERED


def test_a_state_that_is_no_longer_admitted_cannot_be_submitted(
    own: Browser, team: Team, path: str
) -> None:
    team.institute.guests_by_request = False
    db.session.commit()

    page = own.post(f"{path}/submit")

    assert page.status_code == 422
    assert "Pennsylvania is not among them" in errors(page)[0]
    assert stored().status is TeamStatus.DRAFT


def test_visitors_by_request_wait_for_the_answer_too(
    own: Browser, team: Team, coordinator: Person
) -> None:
    db.session.delete(team)
    db.session.commit()
    sent = {
        "name": "Vi",
        "organisation": "York Schools",
        "place": "PA",
        "others": "Wu, wu@york.org",
    }

    response = own.post("/lakeshore/institutes/summer/visit", data=sent)

    assert "The host has your request." in words(own.get(response.location))
    assert (stored().status, stored().seats_held) == (TeamStatus.ASKING, 0)
    assert letters("wu@york.org") == []
    own.sign_in(coordinator.email)
    own.post(f"/lakeshore/teams/{stored().id}/agree")
    assert (stored().status, stored().seats_held) == (TeamStatus.REGISTERED, 2)
    assert len(letters("wu@york.org")) == 1
