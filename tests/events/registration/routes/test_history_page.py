"""The history of a team as its leads and the coordinators read it."""

from typing import Any

import pytest

from consortium.audit import service as audit
from consortium.database import transaction
from consortium.people.models import Person
from events.registration import service as registration
from events.registration.models import Team
from tests.browser import Browser
from tests.events.registration.builders import LEAD, coordinating, draft, name, seat_of, submit
from tests.events.registration.routes.pages import words
from tests.events.registration.service.substituting import someone, substitute
from tests.factories import make_institute, make_lea, soon
from tests.queries import counting_queries


@pytest.fixture
def team(lead: Person) -> Team:
    return draft(make_institute(), make_lea("3400001", "Oak Park"), "ada superintendent")


@pytest.fixture
def path(team: Team) -> str:
    return f"/lakeshore/teams/{team.id}/history"


def test_leads_read_who_did_what_and_who_had_each_seat(
    client: Browser, team: Team, path: str, frozen: Any, coordinator: Person
) -> None:
    submit(team)
    frozen(soon(3))
    substitute(team, seat_of(team, "Ada"))
    frozen(soon(4))
    substitute(team, seat_of(team, "Kim Day"), someone("Al", "al@x.org"), by=coordinating())
    client.sign_in(LEAD)

    page = words(client.get(path))

    assert "Superintendent: Ada until Thursday, March 5, 2026, then Kim Day until" in page
    assert "Casey Coordinator gave the seat of Kim Day to Al, who comes as Superintendent." in page
    assert "Lee Lead gave the seat of Ada to Kim Day, who comes as Superintendent." in page
    assert "Lee Lead submitted the team: 1 people are registered." in page
    assert "Lee Lead named Ada as Superintendent." in page
    assert "Lee Lead started the team." in page
    assert page.index("to Al") < page.index("to Kim Day") < page.index("started")
    assert "@" not in page


def test_members_do_not_read_it(client: Browser, team: Team, path: str) -> None:
    seat = seat_of(submit(team), "Ada")
    client.sign_in(seat.person.email)

    assert client.get(path).status_code == 404


def test_choices_of_sessions_and_other_teams_are_not_in_it(
    client: Browser, team: Team, path: str
) -> None:
    with transaction():
        audit.record("choose_session", f"seat:{seat_of(team, 'Ada').id}", by=LEAD)
        audit.record("withdraw_team", "team:another", by=LEAD)
    client.sign_in(LEAD)

    page = words(client.get(path))
    assert "withdrew" not in page
    assert page.count("Lee Lead") == 2


def test_a_long_history_has_pages(client: Browser, team: Team, path: str) -> None:
    for number in range(60):
        with transaction():
            registration.describe_team(
                team.id,
                coordinating(),
                registration.Details(name=f"Name {number}"),
                base=registration.Details(name=team.name),
            )
    client.sign_in(LEAD)

    assert "from “Name 58” to “Name 59”" in words(client.get(path))
    assert "Lee Lead started the team." in words(client.get(f"{path}?page=2"))
    assert client.get(f"{path}?page=999").status_code == 200


def test_it_asks_the_database_no_more_for_many_changes_than_for_few(
    client: Browser, team: Team, path: str
) -> None:
    client.sign_in(LEAD)
    client.get(path)
    with counting_queries() as one:
        client.get(path)
    for who in ("bo", "cy"):
        name(team, f"{who} principal")
    client.get(path)
    with counting_queries() as three:
        client.get(path)

    assert len(three) == len(one)
