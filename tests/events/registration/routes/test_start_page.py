from datetime import time
from typing import Any

import pytest
from sqlalchemy import select

from consortium.database import db
from consortium.directory.models import Lea
from consortium.people.domain import Side
from consortium.people.models import Person
from events.institutes.models import Institute
from events.registration.models import Team, TeamLead
from tests.browser import Browser
from tests.events.registration.builders import LEAD, draft
from tests.events.registration.routes.pages import errors, value, words
from tests.factories import make_institute, make_lea, soon

START = {"name": "Lee Lead", "role": "superintendent", "attends": "y"}


@pytest.fixture
def lea(lead: Person) -> Lea:
    return make_lea("3400001", "Oak Park", search_text="oak park|somewhere")


@pytest.fixture
def institute(lea: Lea) -> Institute:
    return make_institute()


@pytest.fixture
def own(client: Browser, lead: Person) -> Browser:
    client.sign_in(LEAD)
    return client


def newest() -> Team:
    db.session.expire_all()
    return db.session.scalars(select(Team).order_by(Team.created_at.desc())).all()[0]


def test_who_is_not_signed_in_comes_back_after_the_sign_in(
    client: Browser, institute: Institute
) -> None:
    response = client.get("/lakeshore/institutes/summer/register")

    assert response.status_code == 302
    assert "/sign-in?next=" in response.location
    assert "register" in response.location


def test_finding_the_lea_only_searches(own: Browser, institute: Institute) -> None:
    page = own.post(
        "/lakeshore/institutes/summer/register", data={"lea_text": "oak", "find": "1", "name": "L"}
    )

    assert page.status_code == 200
    assert "1 district found." in words(page)
    assert errors(page) == []
    assert value(page, "name") == "L"
    assert db.session.scalars(select(Team)).all() == []


def test_starting_a_team_leads_to_its_page(own: Browser, institute: Institute, lea: Lea) -> None:
    response = own.post("/lakeshore/institutes/summer/register", data={"lea_id": lea.id, **START})

    team = newest()
    assert response.location == f"/lakeshore/teams/{team.id}"
    assert (team.name, [seat.role_code for seat in team.seats]) == ("Oak Park", ["superintendent"])
    lead = db.session.scalars(select(TeamLead)).one()
    assert lead.side is Side.MANAGEMENT


def test_who_only_registers_says_the_side_and_is_no_member(
    own: Browser, institute: Institute, lea: Lea
) -> None:
    data = {"lea_id": lea.id, "name": "Sam Secretary", "role": ""}
    page = own.post("/lakeshore/institutes/summer/register", data=data)
    assert errors(page) == ["Choose your side."]
    assert value(page, "name") == "Sam Secretary"

    own.post("/lakeshore/institutes/summer/register", data={**data, "side": "labor"})

    team = newest()
    assert (team.seats, team.leads[0].side) == ([], Side.LABOR)


def test_an_empty_form_says_what_to_do(own: Browser, institute: Institute) -> None:
    page = own.post("/lakeshore/institutes/summer/register", data={})

    assert page.status_code == 422
    assert errors(page) == [
        "Find your district by its name, then choose it from the list.",
        "Enter your name.",
        "Choose your side.",
    ]
    assert "<title>Error: Register a team for Summer Institute" in page.text


def test_an_institute_that_is_not_there_is_a_404(own: Browser, institute: Institute) -> None:
    assert own.get("/lakeshore/institutes/winter/register").status_code == 404


def test_the_same_form_sent_twice_makes_one_team(
    own: Browser, institute: Institute, lea: Lea
) -> None:
    data = {"lea_id": lea.id, **START, "action_key": "the-same-form"}

    first = own.post("/lakeshore/institutes/summer/register", data=data)
    second = own.post("/lakeshore/institutes/summer/register", data=data)

    assert first.location == second.location == f"/lakeshore/teams/{newest().id}"
    assert len(db.session.scalars(select(Team)).all()) == 1


def test_a_second_lead_of_the_lea_keeps_what_was_typed(
    own: Browser, institute: Institute, lea: Lea
) -> None:
    draft(institute, lea, by="other@example.org")

    page = own.post("/lakeshore/institutes/summer/register", data={"lea_id": lea.id, **START})

    assert page.status_code == 422
    assert errors(page) == [
        (
            "Oak Park has a team for this institute already, led by o…@example.org. Ask to be "
            "named there, or write to hello@lakeshore.example.org."
        )
    ]
    assert (value(page, "name"), value(page, "role")) == ("Lee Lead", "superintendent")


def test_a_deadline_that_passed_while_the_form_was_open_keeps_it_and_offers_the_waitlist(
    own: Browser, lea: Lea, frozen: Any
) -> None:
    make_institute(deadlines=[("register_by", soon(1).date(), time(17, 0))])
    path = "/lakeshore/institutes/summer/register"
    assert value(own.get(path), "for_waitlist") == ""
    frozen(soon(2))

    page = own.post(path, data={"lea_id": lea.id, **START, "for_waitlist": ""})

    assert page.status_code == 422
    assert "You can still join the waitlist." in errors(page)[0]
    assert (value(page, "name"), value(page, "for_waitlist")) == ("Lee Lead", "1")
    sent_again = own.post(path, data={"lea_id": lea.id, **START, "for_waitlist": "1"})
    assert sent_again.location == f"/lakeshore/teams/{newest().id}"


def test_an_institute_for_schools_asks_for_the_school(own: Browser, lea: Lea) -> None:
    make_institute(unit_types=["school_site"])
    path = "/lakeshore/institutes/summer/register"
    data = {"lea_id": lea.id, **START}

    assert errors(own.post(path, data=data)) == [
        "Teams of this institute come from one school each. Name the school."
    ]
    own.post(path, data={**data, "site": "Elm School"})
    assert newest().name == "Oak Park, Elm School"
