"""The waitlist on the team's page, the page of an offer, and the page of choices."""

from typing import Any

import pytest
from flask import Flask

from consortium.database import db, transaction
from consortium.people.models import Person
from events.institutes.models import PEOPLE, TEAMS, Institute, Strand
from events.institutes.service import pools
from events.registration import service as registration
from events.registration.jobs.offers import offer_freed_places
from events.registration.models import Team, TeamStatus
from tests.browser import Browser
from tests.events.registration.builders import LEAD, draft, lead_editor, submit
from tests.events.registration.leads import SECOND, add_lead
from tests.events.registration.routes.pages import words
from tests.factories import make_institute, make_lea, soon


@pytest.fixture
def institute(tenant: Any) -> Institute:
    return make_institute(pools={PEOPLE: 9, TEAMS: 0})


@pytest.fixture
def team(institute: Institute, lead: Person) -> Team:
    return draft(institute, make_lea("3400001", "Newark"), "ada superintendent", "bo union_leader")


@pytest.fixture
def page(client: Browser, team: Team) -> str:
    client.sign_in(LEAD)
    return f"/lakeshore/teams/{team.id}"


def offered(institute: Institute, app: Flask) -> None:
    with transaction():
        pools.set_capacity(institute, TEAMS, 1)
    offer_freed_places(app)
    db.session.expire_all()


def test_one_press_joins_the_waitlist_and_says_the_number(
    client: Browser, page: str, team: Team
) -> None:
    answer = client.post(f"{page}/submit", data={"or_wait": "y"}, follow_redirects=True)

    said = words(answer)
    assert "Your team is on the waitlist, number 1." in said
    assert "On the waitlist, number 1 You hold no places yet." in said
    assert team.status is TeamStatus.WAITLISTED


def test_without_the_tick_a_full_institute_offers_the_waitlist(
    client: Browser, page: str, team: Team
) -> None:
    answer = client.post(f"{page}/submit")

    assert answer.status_code == 422
    assert "Every place for a team is taken. You can join the waitlist." in words(answer)
    client.post(f"{page}/waitlist", data={"seats_wanted": "4"})
    assert (team.status, team.seats_wanted) == (TeamStatus.WAITLISTED, 4)


def test_fewer_seats_than_are_named_are_refused_beside_the_field(
    client: Browser, page: str, team: Team
) -> None:
    answer = client.post(f"{page}/waitlist", data={"seats_wanted": "1"})

    assert answer.status_code == 422
    assert "You have named 2 people. Ask for at least as many seats." in words(answer)
    assert team.status is TeamStatus.DRAFT


def test_the_page_of_an_offer_says_what_until_when_and_takes_the_answer(
    client: Browser, page: str, team: Team, institute: Institute, app: Flask
) -> None:
    client.post(f"{page}/waitlist", data={"seats_wanted": "3"})
    offered(institute, app)

    said = words(client.get(f"{page}/offer"))
    assert "Places held for you 3 Until Wednesday, March 4, 2026 at 7:00 AM Eastern Time" in said
    assert "You have named 2 of 3 people." in said
    assert "Choose an answer." in words(client.post(f"{page}/offer"))
    answer = client.post(f"{page}/offer", data={"reply": "accept"}, follow_redirects=True)

    assert "Your team is registered. Each member has got a mail." in words(answer)
    assert (team.status, team.seats_held) == (TeamStatus.REGISTERED, 2)
    assert "There is no offer now" in words(client.get(f"{page}/offer"))


def test_a_lead_who_accepts_alone_reads_that_the_other_one_is_asked(
    client: Browser, page: str, team: Team, institute: Institute, app: Flask
) -> None:
    client.post(f"{page}/waitlist")
    offered(institute, app)
    institute.joint_acts = ["submit"]
    add_lead(team)

    answer = client.post(f"{page}/offer", data={"reply": "accept"}, follow_redirects=True)

    said = words(answer)
    assert "The other lead has a mail that asks to agree. The places stay held until then." in said
    assert (
        "Waiting for the agreement of Uma Union What is asked: accept the places offered." in said
    )
    assert "Accept or decline" in said
    assert "Waiting for the agreement of Uma Union" in words(client.get(f"{page}/offer"))
    client.sign_in(SECOND)
    ((act, *_),) = registration.waiting_for(lead_editor(SECOND).person_id)
    asked = client.get(f"/lakeshore/agreements/{act.id}")
    assert "The places are held until Wednesday, March 4, 2026 at 7:00 AM" in words(asked)
    client.post(f"/lakeshore/agreements/{act.id}")
    db.session.refresh(team)
    assert team.status is TeamStatus.REGISTERED


def test_an_offer_that_ran_out_is_refused_with_the_reason(
    client: Browser, page: str, team: Team, institute: Institute, app: Flask, frozen: Any
) -> None:
    client.post(f"{page}/waitlist")
    offered(institute, app)
    frozen(soon(3))
    client.sign_in(LEAD)

    answer = client.post(f"{page}/offer", data={"reply": "accept"})

    assert answer.status_code == 422
    assert "The offer has run out, and the places went to the next" in words(answer)


def test_a_lead_leaves_the_waitlist_with_everyone_still_named(
    client: Browser, page: str, team: Team
) -> None:
    client.post(f"{page}/waitlist")

    answer = client.post(f"{page}/waitlist/leave", follow_redirects=True)

    assert "It is a draft again, with everyone in it." in words(answer)
    assert (team.status, len(team.active_seats)) == (TeamStatus.DRAFT, 2)


def test_members_and_leads_choose_where_there_is_a_choice(
    client: Browser, page: str, team: Team, institute: Institute
) -> None:
    seat = team.seats[0]
    assert "There is nothing to choose here" in words(
        client.get(f"{page}/members/{seat.id}/choices")
    )
    about_the_seat = f"{page}/seats/{seat.id}"
    assert "Days and strands" not in words(client.get(about_the_seat))
    institute.strands.append(Strand(code="math", label="Mathematics", position=0))
    db.session.commit()
    assert "Days and strands" in words(client.get(about_the_seat))

    client.post(f"{page}/members/{seat.id}/choices", data={"choices": ["strand:math"]})
    assert seat.choices == ["strand:math"]
    answer = client.post(f"{page}/members/{seat.id}/choices", data={"choices": ["strand:art"]})
    assert "This day or strand is not offered any more." in words(answer)

    pools.set_capacity(institute, TEAMS, 1)
    submit(team)
    with transaction():
        registration.choose_extras(seat, [], by="x")
    client.sign_in(seat.person.email)
    own = f"/lakeshore/seats/{seat.id}"
    assert "You have chosen none." in words(client.get(own))
    client.post(f"{own}/choices", data={"choices": ["strand:math"]})
    assert "Mathematics (you have a place)" in words(client.get(own))


def test_a_coordinator_reads_who_stands_before(
    client: Browser, team: Team, institute: Institute, coordinator: Person
) -> None:
    first = draft(institute, make_lea("3400002", "Trenton"), "cy superintendent", by="c@x.org")
    for one, by in ((first, "c@x.org"), (team, LEAD)):
        with transaction():
            registration.join_waitlist(one.id, lead_editor(by))
    client.sign_in("coordinator@example.org")

    said = words(client.get(f"/lakeshore/teams/{team.id}"))

    assert "Waiting before them: 1. It is written down if you give them places first." in said
