"""What coordinators see of what waits, and what the public sees of what was published."""

from typing import Any

import pytest
from bs4 import Tag

from consortium.database import db
from events.institutes.domain import Status
from events.institutes.models import Institute
from events.schedule import service as schedule
from events.schedule.models import Session
from tests.browser import Browser
from tests.events.schedule.pages import PROGRAMME, SESSIONS
from tests.events.schedule.sessions import BY, spec
from tests.factories import make_session
from tests.reading import main, words

DAY = "2026-05-01"
MANAGED = "/lakeshore/manage/institutes/summer"
PUBLISH = f"{MANAGED}/publish-programme"
GRID = f"{MANAGED}/grid?day={DAY}"


@pytest.fixture
def key(institute: Institute) -> Session:
    return make_session(
        institute, "key", f"{DAY}T09:00", f"{DAY}T10:00", title="Keynote", room="Hall"
    )


def edit(institute: Institute, session: Session, **values: Any) -> None:
    schedule.edit_session(
        institute, session, spec(room="Hall", **values), version=session.version, by=BY
    )
    db.session.commit()


def sent(page: Tag) -> dict[str, str]:
    return {
        control["name"]: control.get("value", "")
        for control in page.select("form.form input")
        if control.get("type") == "hidden"
    }


def test_what_waits_is_shown_beside_what_is_public_and_published_with_a_note(
    signed_in: Browser, client: Browser, institute: Institute, key: Session
) -> None:
    edit(institute, key, title="Welcome")
    assert "1 session waits to be published" in words(main(signed_in.get(SESSIONS).text))
    assert "Keynote" in words(main(signed_in.get(PROGRAMME).text))
    page = main(signed_in.get(PUBLISH).text)
    assert "Title: “Welcome” instead of “Keynote”" in words(page)
    assert "It touches nobody's agenda" in words(page)

    answer = signed_in.post(PUBLISH, data={**sent(page), "note": "A warmer word."})

    assert answer.headers["Location"] == SESSIONS
    assert "Welcome" in words(main(client.get(PROGRAMME).text))
    log = words(main(client.get(f"{PROGRAMME}/changes").text))
    assert "A warmer word." in log
    assert "Title: “Welcome” instead of “Keynote”" in log
    assert "Nothing waits." in words(main(signed_in.get(PUBLISH).text))


def test_clashes_need_a_tick(signed_in: Browser, institute: Institute, key: Session) -> None:
    schedule.add_session(institute, spec(code="other", title="Other", room="Hall"), by=BY)
    db.session.commit()
    page = main(signed_in.get(PUBLISH).text)
    assert "Hall is used twice at the same time" in words(page)

    refused = signed_in.post(PUBLISH, data=sent(page))
    assert refused.status_code == 422
    assert "Tick that you publish it all the same" in words(main(refused.text))

    assert signed_in.post(PUBLISH, data={**sent(page), "accept": "y"}).status_code == 302


def test_what_someone_else_wrote_meanwhile_is_shown_first(
    signed_in: Browser, institute: Institute, key: Session
) -> None:
    edit(institute, key, title="Welcome")
    page = main(signed_in.get(PUBLISH).text)
    edit(institute, key, title="Hello")

    answer = signed_in.post(PUBLISH, data=sent(page))

    assert answer.status_code == 422
    assert "Someone changed the programme after you looked." in words(main(answer.text))


def test_a_session_is_moved_in_the_grid(
    signed_in: Browser, institute: Institute, key: Session
) -> None:
    make_session(institute, "other", f"{DAY}T11:00", f"{DAY}T12:00", title="Other", room="Suite")
    shown = main(signed_in.get(GRID).text)
    assert [words(cell) for cell in shown.select("thead th")] == ["Time", "Hall", "Suite"]

    answer = signed_in.post(
        f"{SESSIONS}/key/move",
        data={"version": "1", "on": DAY, "begins": "11:30", "room": "Suite"},
    )

    assert answer.headers["Location"] == GRID
    page = main(signed_in.get(GRID).text)
    assert "Suite is used twice at the same time" in words(page)
    assert "11:30 AM–12:30 PM" in words(page)
    assert key.starts is not None
    assert key.starts.hour == 9


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"begins": ""}, "Give the time it begins."),
        ({"on": "2026-05-09"}, "is none of the days of this institute"),
        ({"on": "2027-03-14", "begins": "02:30"}, "Clocks go forward that night"),
    ],
)
def test_a_session_cannot_be_moved_anywhere(
    signed_in: Browser, institute: Institute, key: Session, wrong: dict[str, str], sentence: str
) -> None:
    data = {"version": "1", "on": DAY, "begins": "11:30", "room": "Hall", **wrong}

    answer = signed_in.post(f"{SESSIONS}/key/move", data=data)

    assert answer.status_code == 422
    assert sentence in words(main(answer.text))


def test_a_programme_is_kept_back_and_a_preview_shows_it(
    signed_in: Browser, institute: Institute, key: Session
) -> None:
    institute.status = Status.DRAFT
    db.session.commit()

    signed_in.post(f"{MANAGED}/hold-programme-back", data={"action_key": "k"})
    institute.status = Status.PUBLISHED
    db.session.commit()

    assert "The programme is not written yet." in words(main(signed_in.get(PROGRAMME).text))
    assert "Keynote" in words(main(signed_in.get(f"{MANAGED}/sessions-preview").text))
    assert "1 new session." in words(main(signed_in.get(PUBLISH).text))


def test_a_room_that_is_needed_stays_and_an_unneeded_one_goes(
    signed_in: Browser, institute: Institute, key: Session
) -> None:
    new = signed_in.post(
        f"{MANAGED}/rooms/new", data={"name": "Attic", "capacity": "12", "venue": ""}
    )
    assert new.headers["Location"] == f"{MANAGED}/rooms"
    hall, attic = schedule.rooms_of(institute.id)

    for room in (hall, attic):
        signed_in.post(f"{MANAGED}/rooms/{room.id}/remove", data={"action_key": str(room.id)})

    page = words(main(signed_in.get(f"{MANAGED}/rooms").text))
    assert "“Hall” is still needed for: “Keynote”." in page
    assert "“Attic” is taken out." in page
