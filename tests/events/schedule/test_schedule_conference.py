"""A real conference, scheduled anew from its sessions and rooms alone."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from events.schedule.engine.deadline import Deadline
from events.schedule.engine.planning import Wish, schedule
from events.schedule.engine.values import Fixed, Programme, Room, Session, Slot

pytestmark = pytest.mark.pure


def test_a_conference_is_rebuilt_without_a_clash(conference_schedule: Path) -> None:
    """Talks and tutorials anywhere; meals and the like where they were."""
    said = json.loads(conference_schedule.read_text())["sessions"]
    talks = [one for one in said if one["kind"] != "logistics"]
    first = min(datetime.fromisoformat(one["start"]) for one in said)
    midnight = first.replace(hour=0, minute=0)

    def minute(text: str) -> int:
        return (datetime.fromisoformat(text) - midnight) // timedelta(minutes=1)

    programme = _programme(said, talks, minute)
    result = schedule(programme, Wish(), Deadline(60))

    assert not result.cut_short
    assert (
        _clashes([(one["track"], minute(one["start"]), minute(one["end"])) for one in talks]) == 0
    )
    slots = {slot.id: slot for slot in programme.slots}
    sessions = {session.id: session for session in programme.sessions}
    rooms = {room.id: room for room in programme.rooms}
    held = [(sessions[one.session], slots[one.slot], rooms[one.room]) for one in result.placements]
    assert len(held) == len(talks) == 62
    for words in (
        [(session.track, slot) for session, slot, _ in held],
        [(name, slot) for session, slot, _ in held for name in session.presenters],
        [(room.id, slot) for _, slot, room in held],
    ):
        assert _clashes([(word, slot.starts, slot.ends) for word, slot in words]) == 0
    for session, slot, room in held:
        assert slot.ends - slot.starts >= (session.minutes or 0)
        assert session.features <= room.features
        for fixed in programme.fixed:
            apart = fixed.ends <= slot.starts or slot.ends <= fixed.starts
            assert apart or fixed.room != room.id


def _programme(said: list[Any], talks: list[Any], minute: Any) -> Programme:
    times = sorted({(minute(one["start"]), minute(one["end"])) for one in talks})
    suits: dict[str, set[str]] = {one["room"]: set() for one in said}
    for one in talks:
        suits[one["room"]].add(_way(one))
    return Programme(
        slots=tuple(Slot(id=f"{begin}-{end}", starts=begin, ends=end) for begin, end in times),
        rooms=tuple(Room(id=one, features=frozenset(ways)) for one, ways in suits.items()),
        sessions=tuple(
            Session(
                id=one["id"],
                title=one["title"],
                minutes=minute(one["end"]) - minute(one["start"]),
                presenters=tuple(one["presenters"]),
                features=frozenset({_way(one)}),
                track=one["track"],
            )
            for one in talks
        ),
        fixed=tuple(
            Fixed(
                id=one["id"],
                title=one["title"],
                starts=minute(one["start"]),
                ends=minute(one["end"]),
                room=one["room"],
                presenters=tuple(one["presenters"]),
            )
            for one in said
            if one["kind"] == "logistics"
        ),
    )


def _way(one: Any) -> str:
    """Return what kind of room a talk needs: a tutorial's, the one online, or a hall."""
    if one["kind"] == "tutorials":
        return "tutorial"
    return "online" if one["room"].startswith("Online") else "hall"


def _clashes(spans: list[tuple[str, int, int]]) -> int:
    """Return how many pairs of one word overlap."""
    return sum(
        one[0] == other[0] and one[1] < other[2] and other[1] < one[2]
        for n, one in enumerate(spans)
        for other in spans[:n]
    )
