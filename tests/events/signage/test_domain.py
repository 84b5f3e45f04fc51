from datetime import UTC, datetime
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.schedule.domain import PlannedSession
from events.signage.domain import Sign, sign_of, slugs_of, zone_of

pytestmark = pytest.mark.pure
ZONE = "America/Denver"


def session(title: str, starts: str, ends: str, **values: Any) -> PlannedSession:
    usual: dict[str, Any] = {"kind": "plenary", "time_zone": ZONE, "code": title.lower()}
    return PlannedSession(
        **{
            **usual,
            "id": uuid4(),
            "title": title,
            "starts": datetime.fromisoformat(starts),
            "ends": datetime.fromisoformat(ends),
            **values,
        }
    )


DAY = [
    session("Welcome", "2011-02-15T14:00", "2011-02-15T14:30"),
    session("Panel", "2011-02-15T14:30", "2011-02-15T15:30"),
    session("Story", "2011-02-15T15:45", "2011-02-15T16:45", cancelled=True),
    session("Again", "2011-02-15T17:00", "2011-02-15T18:00"),
    session("Closing", "2011-02-16T08:15", "2011-02-16T08:30"),
]


def sign(at: str, zone: str = ZONE) -> Sign:
    moment = datetime.fromisoformat(at).replace(tzinfo=ZoneInfo(ZONE)).astimezone(UTC)
    return sign_of(DAY, at=moment, zone=zone)


def told(sign: Sign) -> tuple[list[str], str, list[str], str]:
    return (
        [item.session.title for item in sign.now],
        sign.next.session.title if sign.next else "",
        [item.session.title for item in sign.later],
        sign.resumes.session.title if sign.resumes else "",
    )


@pytest.mark.parametrize(
    ("at", "says"),
    [
        ("2011-02-14T09:00", ([], "", [], "Welcome")),
        ("2011-02-15T09:00", ([], "Welcome", ["Panel", "Story", "Again"], "")),
        ("2011-02-15T14:00", (["Welcome"], "Panel", ["Story", "Again"], "")),
        ("2011-02-15T14:30", (["Panel"], "Again", ["Story"], "")),
        ("2011-02-15T16:00", (["Story"], "Again", [], "")),  # marked as cancelled
        ("2011-02-15T18:00", ([], "", [], "Closing")),
        ("2011-02-16T08:30", ([], "", [], "")),
    ],
)
def test_a_sign_says_what_is_now_next_and_later_today(at: str, says: tuple[Any, ...]) -> None:
    assert told(sign(at)) == says


def test_the_wall_shows_the_time_of_the_venue() -> None:
    assert sign("2011-02-15T14:10").wall == datetime(2011, 2, 15, 14, 10)
    assert sign("2011-02-15T14:10", "America/New_York").wall == datetime(2011, 2, 15, 16, 10)
    assert sign("2011-02-16T08:30").over


def test_sessions_of_another_zone_stand_at_the_rooms_own_time() -> None:
    online = session("Guests", "2011-02-15T10:00", "2011-02-15T11:00", time_zone="America/New_York")
    at = datetime(2011, 2, 15, 15, 30, tzinfo=UTC)  # half past eight in Denver

    (item,) = sign_of([online], at=at, zone=ZONE).now

    assert item.time.starts == datetime(2011, 2, 15, 8)


def test_the_clock_is_that_of_most_sessions() -> None:
    assert zone_of(DAY, otherwise="America/New_York") == ZONE
    assert zone_of([], otherwise="America/New_York") == "America/New_York"


def test_rooms_have_addresses_of_their_own() -> None:
    names = ["Main Hall", "main hall", "Salón Ñandú", "李小龍", "Room 4", "A / B"]

    assert list(slugs_of(names).values()) == [
        "main-hall", "main-hall-2", "salon-nandu", "room-4", "room-4-2", "a-b",
    ]  # fmt: skip


@given(st.lists(st.text(max_size=80), unique=True, max_size=8))
def test_no_two_rooms_share_an_address(names: list[str]) -> None:
    slugs = list(slugs_of(names).values())

    assert len(set(slugs)) == len(names)
    assert all(slug and slug.isascii() and "/" not in slug for slug in slugs)
