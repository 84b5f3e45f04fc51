from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select

from consortium.database import db
from consortium.people.models import Person
from consortium.tenants.models import Tenant
from events.institutes.domain import Status
from events.institutes.models import Institute
from events.schedule import service as schedule
from events.schedule.models import Session
from tests.browser import Browser
from tests.events.schedule.pages import ADD, MANAGED, SESSIONS
from tests.factories import make_institute, make_session
from tests.queries import counting_queries
from tests.reading import main, words


@pytest.fixture
def institute(institute: Institute) -> Institute:
    """Return the institute as a draft: what nobody has seen changes at once."""
    institute.status = Status.DRAFT
    db.session.commit()
    return institute


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


def test_a_session_asks_for_what_a_room_has(signed_in: Browser, institute: Institute) -> None:
    said = {"features": ["projector"], "further": "Piano,  hearing  loop, piano", "venue": ""}
    signed_in.post(f"{MANAGED}/rooms/new", data={"name": "Attic", **said, "action_key": "r"})
    assert schedule.rooms_of(institute.id)[0].features == ["projector", "Piano", "hearing_loop"]

    asked = {**FILLED, "features": ["Piano", "made up"], "action_key": "k"}
    signed_in.post(ADD, data=asked)

    session = only_session()
    assert session.features == ["Piano"]
    missing = "“Keynote” needs in its room: Piano. Ballroom does not have it."
    assert missing in words(main(signed_in.get(SESSIONS).text))
    form = main(signed_in.get(f"{SESSIONS}/keynote").text)
    ticked = form.select("input[name=features][checked]")
    assert [box["value"] for box in ticked] == ["Piano"]


def test_a_coordinator_adds_a_session(signed_in: Browser, institute: Institute) -> None:
    answer = signed_in.post(ADD, data={**FILLED, "action_key": "k"})

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
    assert "“Keynote” is saved." in page
    assert "9:00 AM to 10:15 AM Keynote Plenary Ballroom Principal" in page


def test_the_same_form_sent_twice_makes_one_session(
    signed_in: Browser, institute: Institute
) -> None:
    for _ in range(2):
        answer = signed_in.post(ADD, data={**FILLED, "action_key": "k"})
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
        ({"begins": "nine"}, "Write the time like 09:30 or 17:00."),
        ({"capacity": "many"}, "Write a whole number, such as 40."),
        ({"capacity": "0"}, "A session needs at least one place."),
        ({"capacity": "9" * 30}, "Write a number from 0 to 1,000,000."),
        ({"pick": "0"}, "People must take at least one session of a round."),
        (
            {"online_link": "javascript:alert(1)"},
            "Write the whole address, beginning with https://",
        ),
        ({"code": "a b"}, "Use letters, digits and hyphens only"),
        ({"audience_roles": ["clown"]}, "This institute has no role “clown”."),
        ({"title": "a\x00b"}, "Remove the hidden control characters"),
        (
            {"on": "2026-05-03"},
            "May 3, 2026 is none of the days of this institute. Correct it, or add the day to",
        ),
        ({"on": "0001-01-01"}, "The year 1 is not meant, is it? Correct it."),
        ({"ends_on": "9999-12-31"}, "The year 9999 is not meant, is it? Correct it."),
        ({"on": "2027-03-14", "begins": "02:30", "ends": "04:00"}, "Choose 1:30 AM or 3:30 AM."),
        ({"on": "2026-11-01", "begins": "01:30", "ends": "04:00"}, "comes twice: first as EDT"),
    ],
)
def test_what_makes_no_session_is_said_beside_the_field_and_kept(
    signed_in: Browser, institute: Institute, wrong: dict[str, Any], sentence: str
) -> None:
    answer = signed_in.post(ADD, data={**FILLED, **wrong})

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

    signed_in.post(ADD, data={**FILLED, "begins": "10:00", "ends": "11:00"})

    page = words(main(signed_in.get(SESSIONS).text))
    assert "Ballroom is used twice at the same time: for “Key” and for “Keynote”." in page
    assert "Fri, May 1: Ballroom is used twice at the same time" in page


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


@pytest.mark.parametrize("address", [SESSIONS, ADD, f"{SESSIONS}/key"])
def test_only_those_who_edit_institutes_reach_the_forms(
    client: Browser, institute: Institute, lead: Person, address: str
) -> None:
    make_session(institute, "key", "2026-05-01T09:00", "2026-05-01T10:15")
    client.sign_in(lead.email)

    assert client.get(address).status_code == 403


def test_a_session_from_a_programme_file_keeps_its_short_code(
    signed_in: Browser, institute: Institute
) -> None:
    """Programme files allow dots and colons in codes, and any word: even “add”."""
    for code in ("pre.plenary:1", "add"):
        make_session(institute, code, "2026-05-01T09:00", "2026-05-01T10:15", room="Suite")

        sent = {**FILLED, "code": code, "version": "1", "audience_roles": [], "audience_flags": []}
        answer = signed_in.post(f"{SESSIONS}/{code}", data=sent)

        assert (answer.status_code, answer.headers.get("Location")) == (302, SESSIONS)
        db.session.expire_all()
        assert schedule.get_session(institute, code).room == "Ballroom"


def test_a_cohort_meets_on_any_day(signed_in: Browser, tenant: Tenant) -> None:
    make_institute("year", kind="cohort", days=[date(2026, 5, 1)])
    address = ADD.replace("summer", "year")

    answer = signed_in.post(address, data={**FILLED, "on": "2026-10-07", "kind": "cohort_meeting"})

    assert answer.status_code == 302
    assert only_session().meeting is True


def test_a_session_for_a_role_that_was_taken_out_is_not_opened_to_everyone_unasked(
    signed_in: Browser, institute: Institute
) -> None:
    make_session(institute, "key", "2026-05-01T09:00", "2026-05-01T10:15", audience_roles=["coach"])
    ticked = main(signed_in.get(f"{SESSIONS}/key").text).select("[name=audience_roles][checked]")
    assert [box["value"] for box in ticked] == ["coach"]
    sent = {**FILLED, "code": "key", "version": "1", "audience_flags": []}

    kept = signed_in.post(f"{SESSIONS}/key", data={**sent, "audience_roles": ["coach"]})
    assert "This institute has no role “coach”." in words(main(kept.text))

    signed_in.post(f"{SESSIONS}/key", data={**sent, "audience_roles": ["principal"]})
    assert only_session().audience_roles == ["principal"]
