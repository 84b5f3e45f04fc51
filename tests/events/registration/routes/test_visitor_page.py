from datetime import time
from typing import Any

import pytest
from sqlalchemy import select

from consortium.database import db
from consortium.people.domain import Side
from consortium.people.models import Person
from events.institutes.domain import Strength
from events.institutes.models import PEOPLE, VISITORS
from events.registration.models import Team, TeamStatus
from tests.browser import Browser
from tests.events.registration.routes.pages import errors, value, words
from tests.factories import make_institute, soon

PATH = "/lakeshore/institutes/summer/visit"
DEE = {"name": "Dee", "organisation": "Dover Schools", "place": "DE", "phone": "302 555 0142"}
ROLES: tuple[dict[str, Any], ...] = (
    {"code": "superintendent", "label": "Superintendent", "side": Side.MANAGEMENT},
    {
        "code": "observer",
        "label": "Visitor",
        "side": Side.EITHER,
        "strength": Strength.OPTIONAL,
        "min": 0,
        "max": 4,
        "applies_to": ["DE"],
    },
)


@pytest.fixture
def dee(client: Browser, lead: Person) -> Browser:
    client.sign_in("dee@dover.org")
    return client


def groups() -> list[Team]:
    db.session.expire_all()
    return list(db.session.scalars(select(Team).order_by(Team.waitlist_position)))


def test_visitors_register_with_those_who_come_along(dee: Browser) -> None:
    make_institute(roles=ROLES)

    response = dee.post(PATH, data={**DEE, "others": "Eli, eli@dover.org\nFay, fay@dover.org"})

    assert response.location == "/lakeshore/mine"
    page = words(dee.get(response.location))
    assert "You are registered. A mail about it is on its way." in page
    (group,) = groups()
    assert [seat.name for seat in group.seats] == ["Dee", "Eli", "Fay"]
    shown = words(dee.get(f"/lakeshore/teams/{group.id}"))
    assert "Visitors Name Role E-mail address" in shown.replace("People of Dover Schools ", "")
    assert "Add a person" not in shown


def test_visitors_say_as_what_they_come_where_there_is_a_choice(dee: Browser) -> None:
    press = {**ROLES[1], "code": "guest", "label": "Press", "applies_to": ["DE", "MD"]}
    make_institute(roles=(*ROLES, press), guest_states=["DE", "MD"])
    assert "You come as" in words(dee.get(PATH))

    refused = dee.post(PATH, data=DEE)
    assert errors(refused) == [
        "Choose what you come as. From your place people come as: Visitor; Press."
    ]
    assert (value(refused, "name"), value(refused, "place")) == ("Dee", "DE")
    refused = dee.post(PATH, data={**DEE, "place": "MD", "role": "observer"})
    assert errors(refused) == ["Choose what you come as. From your place people come as: Press."]

    dee.post(PATH, data={**DEE, "role": "guest", "others": "Eli, eli@dover.org"})
    (group,) = groups()
    assert [seat.role_code for seat in group.seats] == ["guest", "guest"]


def test_who_registered_visitors_takes_one_out_again(dee: Browser) -> None:
    make_institute(roles=ROLES)
    dee.post(PATH, data={**DEE, "others": "Eli, eli@dover.org"})
    (group,) = groups()
    eli = next(seat for seat in group.seats if seat.name == "Eli")
    page = words(dee.get(f"/lakeshore/teams/{group.id}/seats/{eli.id}"))
    assert "Remove from the team" in page
    assert "Give the seat to someone else" not in page

    dee.post(f"/lakeshore/teams/{group.id}/members/{eli.id}/remove")

    assert [seat.name for seat in groups()[0].active_seats] == ["Dee"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"organisation": " "}, "Enter your LEA or organization."),
        ({"place": ""}, "Choose your state or country."),
        (
            {"place": "PA"},
            (
                "This institute is open to New Jersey and Delaware only; Pennsylvania is not among "
                "them. To ask whether you may come, write to hello@lakeshore.example.org."
            ),
        ),
        (
            {"phone": "12"},
            (
                "“12” is not a telephone number. Write it with its country code, like "
                "+1 609 555 0142 or +27 11 978 5313."
            ),
        ),
        ({"others": "Eli"}, "Line 1: The e-mail address is missing."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_saved(
    dee: Browser, wrong: dict[str, str], said: str
) -> None:
    make_institute(roles=ROLES)

    page = dee.post(PATH, data={**DEE, **wrong})

    assert page.status_code == 422
    assert errors(page) == [said]
    assert value(page, "name") == "Dee"
    assert groups() == []


def test_a_full_institute_turns_the_form_into_one_for_the_waitlist(dee: Browser) -> None:
    make_institute(roles=ROLES, pools={PEOPLE: 9, VISITORS: 0})

    page = dee.post(PATH, data=DEE)
    assert errors(page) == ["Every place is taken. You can join the waitlist."]
    assert (value(page, "for_waitlist"), value(page, "organisation")) == ("1", "Dover Schools")
    assert "Join the waitlist" in words(page)

    response = dee.post(PATH, data={**DEE, "for_waitlist": "1"})
    assert "You are on the waitlist." in words(dee.get(response.location))
    assert [(group.status, group.waitlist_position) for group in groups()] == [
        (TeamStatus.WAITLISTED, 1)
    ]


def test_after_the_deadline_without_a_waitlist_there_is_no_form(dee: Browser) -> None:
    make_institute(
        roles=ROLES, waitlist="", deadlines=[("visitors_by", soon(-1).date(), time(17, 0))]
    )

    page = dee.get(PATH)
    assert "there is no waitlist" in words(page)
    assert 'name="organisation"' not in page.text
    assert dee.post(PATH, data=DEE).status_code == 422
    assert groups() == []


def test_an_institute_without_visitors_says_so(dee: Browser) -> None:
    make_institute()

    page = dee.get(PATH)

    assert "This institute takes no visitors. Register a team" in words(page)
