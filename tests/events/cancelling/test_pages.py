"""The page that cancels an institute, and what every page about it says afterwards."""

from typing import Any

import pytest

from consortium.database import db
from consortium.directory.models import Lea
from consortium.people.models import Person
from events.institutes.domain import Status
from events.institutes.models import Institute
from events.registration.models import Team
from tests.browser import Browser
from tests.events.cancelling.acts import REASON, cancel, told, waiting_mails
from tests.events.institutes.desk import ROOT, again, filled_in, parsed, send, words
from tests.events.registration.builders import seat_of, token_in
from tests.events.registration.service.substituting import (
    ADA,
    complete_team,
    confirm,
    institute_with_sessions,
)
from tests.factories import make_institute, make_lea, make_person, make_session, make_team, soon
from tests.queries import counting_queries

PAGE = f"{ROOT}/summer/cancel"
CONSENTS = {"reason": REASON, "meant": "y"}


@pytest.fixture
def lea(lead: Person) -> Lea:
    return make_lea("3400001", "Oak Park")


@pytest.fixture
def institute(tenant: object, coordinator: Person) -> Institute:
    return institute_with_sessions()


@pytest.fixture
def team(institute: Institute, lea: Lea) -> Team:
    return complete_team(institute, lea)


@pytest.fixture
def desk(client: Browser, coordinator: Person) -> Browser:
    client.sign_in(coordinator.email)
    return client


def test_the_page_says_in_numbers_what_ends_and_that_there_is_no_way_back(
    desk: Browser, team: Team
) -> None:
    page = desk.get(PAGE)
    assert words(page, "main dl.facts dt") == [
        "Registered teams",
        "Open invitations of members",
        "Sessions in calendars",
    ]
    assert words(page, "main dl.facts dd") == ["1", "3", "2"]
    assert words(page, ".notice__title") == ["This cannot be undone"]


def test_who_means_it_cancels_it_and_everyone_is_told(
    desk: Browser, team: Team, institute: Institute
) -> None:
    make_institute("autumn")
    answer = send(desk, PAGE, **CONSENTS, instead="autumn", survey_url="https://example.org/s")
    assert answer.status_code == 302
    assert again().status is Status.CANCELLED
    assert len(told()) == 4
    page = desk.get(f"{ROOT}/summer")
    assert "Cancel the institute" not in page.text
    assert words(page, ".notice__title") == ["Summer Institute is cancelled"]
    assert [link["href"] for link in parsed(page).select(".notice--danger a")] == [
        "/lakeshore/institutes/autumn",
        "https://example.org/s",
    ]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"reason": ""}, "Write the reason."),
        ({"meant": None}, "Tick the box"),
        ({"survey_url": "http://example.org"}, "It begins with https://."),
        ({"instead": "summer"}, "Not a valid choice."),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_happens(
    desk: Browser, institute: Institute, changed: dict[str, Any], said: str
) -> None:
    make_institute("autumn")
    fields = filled_in(parsed(desk.get(PAGE))) | CONSENTS | changed
    answer = desk.post(PAGE, data={name: text for name, text in fields.items() if text is not None})
    assert answer.status_code == 422
    assert said in " ".join(words(answer, ".field__error"))
    assert again().status is Status.PUBLISHED


def test_a_second_host_reads_that_it_is_done(desk: Browser, institute: Institute) -> None:
    opened = filled_in(parsed(desk.get(PAGE)))
    cancel(institute)
    answer = desk.post(PAGE, data=opened | CONSENTS)
    assert answer.status_code == 422
    assert "cancelled already" in " ".join(words(answer, "main"))
    assert "cancelled already" in " ".join(words(desk.get(PAGE), ".notice"))


def test_the_public_reads_why_and_can_begin_nothing(client: Browser, institute: Institute) -> None:
    client.sign_in("someone@example.org")
    cancel(institute)
    page = client.get("/lakeshore/institutes/summer")
    assert page.status_code == 200
    assert REASON in page.text
    assert "Register" not in words(page, ".actions a")
    front = client.get("/lakeshore/")
    assert words(front, "main h2")[:2] == ["Coming up", "Cancelled"]
    assert words(front, "main ul.plain-list li")[0].startswith("Summer Institute")
    for path in ("register", "visit", "apply"):
        answer = client.get(f"/lakeshore/institutes/summer/{path}")
        assert (answer.status_code, answer.location) == (302, "/lakeshore/institutes/summer")


def test_a_cancelled_draft_stays_unseen(client: Browser, tenant: object) -> None:
    cancel(make_institute(status=Status.DRAFT, published_at=None))
    assert client.get("/lakeshore/institutes/summer").status_code == 404
    assert "Summer Institute" not in client.get("/lakeshore/").text


def test_leads_read_it_on_the_page_of_the_team_and_find_no_button(
    client: Browser, team: Team, institute: Institute
) -> None:
    cancel(institute)
    client.sign_in("lead@example.org")
    page = client.get(f"/lakeshore/teams/{team.id}")
    assert words(page, ".notice__title") == ["Summer Institute is cancelled"]
    assert words(page, "main button") == []
    assert words(page, "main a.btn") == ["History of the team"]
    assert "Cancelled" in words(client.get("/lakeshore/mine"), "main .tag")


def test_a_lead_who_was_at_it_reads_why_nothing_was_saved(
    client: Browser, team: Team, institute: Institute
) -> None:
    client.sign_in("lead@example.org")
    opened = filled_in(parsed(client.get(f"/lakeshore/teams/{team.id}/details")))
    cancel(institute)
    answer = client.post(f"/lakeshore/teams/{team.id}/details", data=opened | {"name": "New"})
    assert answer.status_code == 422
    assert "Summer Institute is cancelled. There is nothing" in " ".join(
        words(answer, ".error-summary")
    )


def test_members_read_it_on_the_page_of_their_seat(
    client: Browser, team: Team, institute: Institute
) -> None:
    (mail,) = [mail for mail in waiting_mails() if mail.to == ADA]
    path = f"/lakeshore/invitations/{token_in(mail)}"
    cancel(institute)
    client.sign_in(ADA)
    for page in (client.get(path), client.get(f"/lakeshore/seats/{seat_of(team, 'Ada').id}")):
        assert words(page, ".notice__title") == ["Summer Institute is cancelled"]
        assert words(page, "main button") == []


def test_feeds_say_it_for_as_long_as_they_are_read(
    client: Browser, team: Team, institute: Institute, frozen: Any
) -> None:
    confirm(seat_of(team, "Ada"))
    client.sign_in(ADA)
    before = client.get("/lakeshore/institutes/summer/agenda.ics").text
    frozen(soon(1))
    cancel(institute)
    for moment in (soon(1), soon(40)):
        frozen(moment)
        client.sign_in(ADA)
        feed = client.get("/lakeshore/institutes/summer/agenda.ics").text
        assert (feed.count("STATUS:CANCELLED"), before.count("STATUS:CONFIRMED")) == (1, 1)
        assert "SEQUENCE:1" in feed
    agenda = client.get("/lakeshore/institutes/summer/agenda")
    assert words(agenda, ".notice__title") == ["Summer Institute is cancelled"]
    assert words(agenda, "main button") == []


@pytest.mark.parametrize("path", ["", "/programme", "/board", "/packet"])
def test_every_page_about_it_says_so(
    desk: Browser, team: Team, institute: Institute, path: str
) -> None:
    cancel(institute)
    where = {
        "/packet": f"/lakeshore/teams/{team.id}/packet",
        "/board": f"{ROOT}/summer/board",
    }.get(path, f"/lakeshore/institutes/summer{path}")
    page = desk.get(where)
    assert page.status_code == 200
    assert words(page, ".notice__title")[0] == "Summer Institute is cancelled"


def test_the_hosts_list_counts_nobody_as_coming(desk: Browser, institute: Institute) -> None:
    cancel(institute)
    page = desk.get("/lakeshore/manage")
    assert words(page, "main td")[:3] == ["Cancelled", "none, cancelled", "none, cancelled"]


def test_the_page_asks_as_little_for_many_teams_as_for_one(
    desk: Browser, institute: Institute
) -> None:
    counts = []
    for first, last in ((1, 2), (2, 5)):
        for n in range(first, last):
            make_team(institute, make_lea(f"341000{n}", f"Town {n}"))
            make_institute(f"other{n}")
            make_session(institute, f"s{n}", "2026-05-02T09:00", "2026-05-02T10:00")
        db.session.expire_all()
        with counting_queries() as count:
            assert desk.get(PAGE).status_code == 200
        counts.append(len(count))
    assert counts[0] == counts[1]


def test_it_is_for_those_who_edit_institutes(client: Browser, institute: Institute) -> None:
    make_person("fin@example.org", staff="finance")
    client.sign_in("fin@example.org")
    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE, data=CONSENTS).status_code == 403
    assert again().status is Status.PUBLISHED
