from datetime import UTC, datetime
from typing import Any

import pytest
import vobject
from bs4 import BeautifulSoup
from icalendar import Calendar
from sqlalchemy import select

from consortium.database import db
from consortium.people.models import Person
from consortium.tenants.models import Tenant
from events.institutes.domain import Status
from events.institutes.models import Institute
from events.schedule import service as schedule
from events.schedule.models import Session
from tests.browser import Browser
from tests.factories import NOON, make_institute, make_session
from tests.queries import counting_queries

PROGRAMME = "/lakeshore/institutes/summer/programme"
SESSIONS = "/lakeshore/manage/institutes/summer/sessions"


@pytest.fixture
def institute(tenant: Tenant) -> Institute:
    return make_institute()


@pytest.fixture
def signed_in(client: Browser, coordinator: Person) -> Browser:
    client.sign_in(coordinator.email)
    return client


def main(html: str) -> BeautifulSoup:
    part = BeautifulSoup(html, "html.parser").find("main")
    assert part is not None
    return part


def words(part: Any) -> str:
    return " ".join(part.get_text(" ").replace("\u202f", " ").split())


def test_the_programme_shows_days_times_kinds_rooms_and_audiences(
    client: Browser, institute: Institute
) -> None:
    institute.days[0].optional = True
    make_session(institute, "key", "2026-05-01T09:00", "2026-05-01T10:15", room="Ballroom")
    for code in ("a1", "a2"):
        make_session(
            institute,
            code,
            "2026-05-01T10:30",
            "2026-05-01T11:45",
            kind="role_alike",
            choice_group="A",
            capacity=40,
            audience_roles=["principal", "board_member"],
            audience_flags=["new_member"],
        )
    make_session(institute, "gone", "2026-05-02T09:00", "2026-05-02T10:00", cancelled_at=NOON)
    tbd = make_session(institute, "tbd", "2026-05-02T09:00", "2026-05-02T10:00", title="Visit")
    tbd.starts = tbd.ends = tbd.starts_at = tbd.ends_at = None
    db.session.commit()

    page = main(client.get(PROGRAMME).text)

    assert words(page.find("h1")) == "Programme: Summer Institute"
    assert "All times are in Eastern Time." in words(page)
    assert [words(heading) for heading in page.find_all("h2")] == [
        "Friday, May 1, 2026: Day 1",
        "Saturday, May 2, 2026: Day 2",
        "Date to be set",
    ]
    slots = [words(slot) for slot in page.select(".slot")]
    assert slots[0] == "9:00 AM to 10:15 AM Key Plenary · Ballroom"
    audience = "For: Principal, Board member, people who are new to their team"
    one = f"Role-alike group {audience} 40 places"
    assert slots[1] == f"10:30 AM to 11:45 AM Choose one of these: A1 {one} A2 {one}"
    assert slots[2].endswith("Gone Plenary Cancelled")
    assert words(page.find(id="undated").parent) == "Date to be set Visit Plenary"
    assert words(page.select_one(".day .tag")) == "Optional day"
    links = [link["href"] for link in page.select(".actions a")]
    assert links == [
        "webcal://localhost/lakeshore/institutes/summer/calendar.ics",
        "/lakeshore/institutes/summer/calendar.ics",
    ]


def test_an_empty_programme_says_so(client: Browser, institute: Institute) -> None:
    assert "The programme is not written yet." in words(main(client.get(PROGRAMME).text))


def test_a_programme_page_asks_the_database_as_often_for_three_sessions_as_for_one(
    client: Browser, institute: Institute
) -> None:
    counts = []
    for n in range(3):
        make_session(institute, f"s{n}", f"2026-05-0{n + 1}T09:00", f"2026-05-0{n + 1}T10:00")
        with counting_queries() as count:
            client.get(PROGRAMME)
        counts.append(len(count))

    assert counts[0] == counts[1] == counts[2]


def test_a_draft_is_shown_to_those_who_edit_it_only(
    client: Browser, institute: Institute, coordinator: Person
) -> None:
    institute.status = Status.DRAFT
    db.session.commit()
    addresses = (PROGRAMME, "/lakeshore/institutes/summer/calendar.ics")

    assert [client.get(address).status_code for address in addresses] == [404, 404]
    client.sign_in(coordinator.email)
    assert [client.get(address).status_code for address in addresses] == [200, 200]


def test_the_calendar_file_agrees_with_the_programme_by_two_parsers(
    client: Browser, institute: Institute
) -> None:
    make_session(institute, "key", "2026-05-01T09:00", "2026-05-01T10:15", room="Ballroom")
    secret = "https://video.example.org/secret"
    make_session(institute, "s2", "2026-05-02T09:00", "2026-05-02T10:00", online_link=secret)

    answer = client.get("/lakeshore/institutes/summer/calendar.ics")

    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Content-Disposition"] == "inline; filename=summer.ics"
    assert "video.example.org" not in answer.text
    assert "ATTENDEE" not in answer.text
    calendar = Calendar.from_ical(answer.data)
    assert (calendar["METHOD"], calendar["NAME"]) == ("PUBLISH", "Summer Institute")
    assert [event.start.astimezone(UTC) for event in calendar.events] == [
        datetime(2026, 5, 1, 13, tzinfo=UTC),
        datetime(2026, 5, 2, 13, tzinfo=UTC),
    ]
    assert [
        event.dtstart.value.astimezone(UTC) for event in vobject.readOne(answer.text).vevent_list
    ] == [event.start.astimezone(UTC) for event in calendar.events]
    assert calendar.events[0]["URL"] == "http://localhost/lakeshore/institutes/summer/programme"


def test_a_program_that_has_the_calendar_already_is_told_so_until_something_changes(
    client: Browser, institute: Institute
) -> None:
    session = make_session(institute, "key", "2026-05-01T09:00", "2026-05-01T10:15")
    address = "/lakeshore/institutes/summer/calendar.ics"
    tag = client.get(address).headers["ETag"]

    again = client.get(address, headers={"If-None-Match": tag})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)

    session.room = "Suite"
    db.session.commit()
    changed = client.get(address, headers={"If-None-Match": tag})
    assert (changed.status_code, changed.headers["ETag"] != tag) == (200, True)


def test_one_session_has_a_calendar_file_of_its_own(client: Browser, institute: Institute) -> None:
    make_session(institute, "key", "2026-05-01T09:00", "2026-05-01T10:15")
    make_session(institute, "other", "2026-05-01T09:00", "2026-05-01T10:15")

    answer = client.get("/lakeshore/institutes/summer/sessions/key.ics")

    assert [event["SUMMARY"] for event in Calendar.from_ical(answer.data).events] == ["Key"]
    assert answer.headers["Content-Disposition"] == "inline; filename=summer-key.ics"
    assert client.get("/lakeshore/institutes/summer/sessions/nothing.ics").status_code == 404


def test_a_session_without_a_date_has_no_calendar_file_yet(
    client: Browser, institute: Institute
) -> None:
    session = make_session(institute, "tbd", "2026-05-01T09:00", "2026-05-01T10:15")
    session.starts = session.ends = session.starts_at = session.ends_at = None
    db.session.commit()

    answer = client.get("/lakeshore/institutes/summer/sessions/tbd.ics")

    assert answer.status_code == 404
    assert "This session has no date yet." in words(main(answer.text))


# The coordinator's pages

FILLED = {
    "title": "Keynote",
    "kind": "plenary",
    "mode": "",
    "on": "2026-05-01",
    "begins": "09:00",
    "ends": "10:15",
    "room": "Ballroom",
    "audience_roles": ["principal"],
    "audience_flags": ["new_member"],
    "capacity": "40",
    "pick": "1",
    "version": "0",
}


def only_session() -> Session:
    db.session.expire_all()
    return db.session.scalars(select(Session)).one()


def test_a_coordinator_adds_a_session(signed_in: Browser, institute: Institute) -> None:
    answer = signed_in.post(f"{SESSIONS}/add", data={**FILLED, "action_key": "k"})

    assert (answer.status_code, answer.headers["Location"]) == (302, SESSIONS)
    session = only_session()
    assert (session.code, session.title, session.room) == ("keynote", "Keynote", "Ballroom")
    assert (session.starts, session.ends) == (
        datetime(2026, 5, 1, 9),
        datetime(2026, 5, 1, 10, 15),
    )
    assert (session.audience_roles, session.audience_flags) == (["principal"], ["new_member"])
    assert (session.capacity, session.pick, session.meeting) == (40, 1, False)
    page = words(main(signed_in.get(SESSIONS).text))
    assert "“Keynote” is in the programme." in page
    assert "9:00 AM to 10:15 AM Keynote Plenary Ballroom Principal" in page


def test_the_same_form_sent_twice_makes_one_session(
    signed_in: Browser, institute: Institute
) -> None:
    for _ in range(2):
        answer = signed_in.post(f"{SESSIONS}/add", data={**FILLED, "action_key": "k"})
        assert answer.headers["Location"] == SESSIONS

    assert only_session().code == "keynote"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"title": ""}, "Give the session a title."),
        ({"ends": "08:00"}, "The session must end after it begins."),
        ({"ends": ""}, "Give the time it ends; calendars need it."),
        ({"begins": ""}, "Give the time it begins."),
        ({"on": ""}, "Give the day, or leave out the times too."),
        ({"on": "May 1"}, "Write the day like 2027-06-21."),
        ({"begins": "nine"}, "Write the time like 09:30 or 15:30."),
        ({"capacity": "many"}, "Write a whole number, such as 40."),
        ({"capacity": "0"}, "A session needs at least one place."),
        ({"capacity": "9" * 30}, "Write a smaller number."),
        ({"pick": "-1"}, "People must take at least one session of a round."),
        (
            {"online_link": "javascript:alert(1)"},
            "Write the whole address, beginning with https://",
        ),
        ({"code": "a b"}, "Use letters, digits and hyphens only"),
        ({"audience_roles": ["clown"]}, "This institute has no role “clown”."),
        ({"title": "a\x00b"}, "Remove the hidden control characters"),
        ({"on": "2027-03-14", "begins": "02:30", "ends": "04:00"}, "Choose 1:30 AM or 3:30 AM."),
        ({"on": "2026-11-01", "begins": "01:30", "ends": "04:00"}, "comes twice: as EDT"),
    ],
)
def test_what_makes_no_session_is_said_beside_the_field_and_kept(
    signed_in: Browser, institute: Institute, wrong: dict[str, Any], sentence: str
) -> None:
    answer = signed_in.post(f"{SESSIONS}/add", data={**FILLED, **wrong})

    page = main(answer.text)
    assert answer.status_code == 422
    assert sentence in words(page.find(id="error-summary"))
    assert [words(error) for error in page.select(".field__error") if sentence in words(error)]
    assert page.find(id="room")["value"] == "Ballroom"
    assert db.session.scalars(select(Session)).all() == []


def test_a_coordinator_changes_a_session_and_calendars_learn_of_it(
    signed_in: Browser, institute: Institute
) -> None:
    make_session(
        institute, "key", "2026-05-01T09:00", "2026-05-02T10:15", description="Old", room="Suite"
    )
    page = main(signed_in.get(f"{SESSIONS}/key").text)
    filled = {
        control["name"]: control.get("value", "")
        for control in page.find_all("input")
        if control["type"] != "checkbox"
    }
    assert (filled["on"], filled["begins"], filled["ends_on"]) == (
        "2026-05-01",
        "09:00",
        "2026-05-02",
    )

    answer = signed_in.post(
        f"{SESSIONS}/key", data={**filled, "kind": "plenary", "mode": "", "begins": "08:30"}
    )

    assert answer.headers["Location"] == SESSIONS
    session = only_session()
    assert (session.starts, session.sequence, session.version) == (
        datetime(2026, 5, 1, 8, 30),
        1,
        2,
    )
    assert session.starts_at == datetime(2026, 5, 1, 12, 30, tzinfo=UTC)
    assert session.audience_roles == ["*"]


def test_a_change_on_an_old_page_shows_both_versions(
    signed_in: Browser, institute: Institute
) -> None:
    make_session(institute, "key", "2026-05-01T09:00", "2026-05-01T10:15", title="Keynote")
    first = {**FILLED, "code": "key", "version": "1", "audience_roles": [], "audience_flags": []}
    signed_in.post(f"{SESSIONS}/key", data=first)

    answer = signed_in.post(f"{SESSIONS}/key", data={**first, "room": "Suite"})

    assert answer.status_code == 409
    assert "Room Ballroom Suite" in words(main(answer.text))
    assert only_session().room == "Ballroom"


def test_a_room_used_twice_is_pointed_out(signed_in: Browser, institute: Institute) -> None:
    make_session(institute, "key", "2026-05-01T09:00", "2026-05-01T10:15", room="Ballroom")

    signed_in.post(f"{SESSIONS}/add", data={**FILLED, "begins": "10:00", "ends": "11:00"})

    page = words(main(signed_in.get(SESSIONS).text))
    assert "Ballroom is used twice at the same time: for “Key” and for “Keynote”." in page
    assert "Ballroom on Fri, May 1: “Key” and “Keynote”" in page


def test_a_session_is_cancelled_after_asking_once_more(
    signed_in: Browser, institute: Institute
) -> None:
    make_session(
        institute, "key", "2026-05-01T09:00", "2026-05-01T10:15", choice_group="A", taken=2
    )
    asked = words(main(signed_in.get(f"{SESSIONS}/key/cancel").text))
    assert "2 people chose it and may choose another." in asked

    answer = signed_in.post(f"{SESSIONS}/key/cancel", data={"action_key": "k"})

    assert answer.headers["Location"] == SESSIONS
    assert only_session().cancelled_at is not None
    file = signed_in.get("/lakeshore/institutes/summer/calendar.ics").text
    assert ("STATUS:CANCELLED" in file, "SEQUENCE:1" in file) == (True, True)


def test_the_list_of_sessions_asks_as_often_for_three_as_for_one(
    signed_in: Browser, institute: Institute
) -> None:
    counts = []
    for n in range(3):
        make_session(institute, f"s{n}", f"2026-05-0{n + 1}T09:00", f"2026-05-0{n + 1}T10:00")
        with counting_queries() as count:
            signed_in.get(SESSIONS)
        counts.append(len(count))

    assert counts[0] == counts[1] == counts[2]


@pytest.mark.parametrize("address", [SESSIONS, f"{SESSIONS}/add", f"{SESSIONS}/key"])
def test_only_those_who_edit_institutes_reach_the_forms(
    client: Browser, institute: Institute, lead: Person, address: str
) -> None:
    make_session(institute, "key", "2026-05-01T09:00", "2026-05-01T10:15")
    client.sign_in(lead.email)

    assert client.get(address).status_code == 403


def test_a_long_description_is_shown_and_its_markup_is_inert(
    client: Browser, institute: Institute
) -> None:
    text = "<script>alert(1)</script> שלום 👩‍🎓 " + "long " * 2000
    make_session(institute, "key", "2026-05-01T09:00", "2026-05-01T10:15", description=text)

    page = main(client.get(PROGRAMME).text)

    assert page.find("script") is None
    assert "<script>alert(1)</script> שלום 👩‍🎓" in words(page)
    file = client.get("/lakeshore/institutes/summer/calendar.ics").data
    assert text.strip() in Calendar.from_ical(file).events[0]["DESCRIPTION"]
    assert schedule.sessions_of(institute.id)[0].description == text
