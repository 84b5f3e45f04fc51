from typing import Any

import pytest
from bs4 import BeautifulSoup

from consortium.database import db
from consortium.people.models import Person
from consortium.tenants.models import Tenant
from events.institutes.domain import Status
from events.institutes.models import Institute
from events.schedule.models import Room
from tests.browser import Browser
from tests.factories import make_institute, make_session
from tests.reading import main, words

ROOM = "/lakeshore/institutes/summer/rooms/main-hall/sign"
SIGNS = "/lakeshore/institutes/summer/signs"
BUILDING = f"{SIGNS}/building"


@pytest.fixture
def institute(tenant: Tenant) -> Institute:
    institute = make_institute(time_zone="America/Denver")
    for n, name in enumerate(("Main Hall", "Room 1")):
        db.session.add(
            Room(institute_id=institute.id, name=name, name_key=name.lower(), position=n)
        )
    db.session.commit()
    for code, starts, ends, room in (
        ("welcome", "09:00", "10:00", "Main Hall"),
        ("panel", "10:00", "11:00", "Main Hall"),
        ("story", "09:30", "10:30", "Room 1"),
        ("walk", "09:00", "12:00", None),
    ):
        make_session(institute, code, f"2026-05-01T{starts}", f"2026-05-01T{ends}", room=room)
    make_session(institute, "secret", "2026-05-01T09:00", "2026-05-01T12:00", published=False)
    return institute


@pytest.fixture
def ten_past_nine(frozen: Any) -> None:
    """Stop the clock at ten past nine in Denver."""
    frozen("2026-05-01T15:10:00+00:00")


def clock(client: Browser, **asked: str) -> str:
    """Return what the clock on the screen shows."""
    page = BeautifulSoup(client.get(ROOM, query_string=asked).text, "html.parser")
    return words(page.select_one("[data-clock]"))


def rows(client: Browser) -> list[str]:
    return [words(row) for row in main(client.get(BUILDING).text).select("tbody tr")]


def test_a_screen_shows_now_and_next_by_the_venues_clock(
    client: Browser, institute: Institute, ten_past_nine: None
) -> None:
    answer = client.get(ROOM)

    assert words(main(answer.text)) == (
        "Main Hall Now 9:00 AM to 10:00 AM Welcome Next 10:00 AM to 11:00 AM Panel"
    )
    assert clock(client) == "9:10 AM"
    assert "Mountain Time" in answer.text


def test_a_screen_renews_itself_without_scripts_and_holds_nothing_to_press(
    client: Browser, institute: Institute
) -> None:
    html = client.get(ROOM).text

    assert '<noscript><meta http-equiv="refresh" content="60"></noscript>' in html
    assert "<a " not in html
    assert "<button" not in html
    assert "<style" not in html


def test_the_building_shows_every_room_and_what_has_none(
    client: Browser, institute: Institute, ten_past_nine: None
) -> None:
    assert rows(client) == [
        "Main Hall 9:00 AM to 10:00 AM Welcome 10:00 AM to 11:00 AM Panel",
        "Room 1 – 9:30 AM to 10:30 AM Story",
        "Elsewhere 9:00 AM to 12:00 PM Walk –",
    ]
    links = [link["href"] for link in main(client.get(SIGNS).text).select("tbody th a")]
    assert links == [ROOM, ROOM.replace("main-hall", "room-1")]


def test_only_staff_look_at_another_moment(
    client: Browser, institute: Institute, coordinator: Person, ten_past_nine: None
) -> None:
    assert clock(client, at="2026-05-01T10:30") == "9:10 AM"
    client.sign_in("coordinator@example.org")

    assert clock(client, at="2026-05-01T10:30") == "10:30 AM"
    assert "sign.js" not in client.get(f"{ROOM}?at=2026-05-01T10:30").text
    for strange in ("soon", "2026-05-01T10:30+00:00", "9999-12-31T23:59", "2026-02-30"):
        assert clock(client, at=strange) == "9:10 AM"


def test_what_is_cancelled_says_so_at_the_door(
    client: Browser, institute: Institute, ten_past_nine: None
) -> None:
    institute.status = Status.CANCELLED
    db.session.commit()

    assert "Main Hall Cancelled The host has cancelled this institute." in words(
        main(client.get(ROOM).text)
    )


def test_no_room_and_no_draft_has_a_screen(client: Browser, institute: Institute) -> None:
    assert client.get(ROOM.replace("main-hall", "cellar")).status_code == 404
    institute.status = Status.DRAFT
    db.session.commit()
    for address in (ROOM, SIGNS, BUILDING):
        assert client.get(address).status_code == 404
