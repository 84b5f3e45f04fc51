"""A search from a present schedule moves what people gain by, and leaves the rest where it was."""

import pytest

from events.schedule.engine.deadline import Deadline
from events.schedule.engine.planning import Wish, schedule
from events.schedule.engine.values import Person, Placement, Programme, Room, Session, Slot

pytestmark = pytest.mark.pure

SLOTS = tuple(Slot(id=f"t{n}", starts=600 + 60 * n, ends=660 + 60 * n) for n in range(2))
ROOMS = tuple(Room(id=f"r{n}", capacity=40 - n) for n in range(3))
NOW = {"a": ("t0", "r0"), "b": ("t0", "r1"), "c": ("t0", "r2"), "d": ("t1", "r0"),
       "e": ("t1", "r1"), "f": ("t1", "r2")}  # fmt: skip


def moved(people: list[dict[str, int]], rooms: tuple[Room, ...] = ROOMS) -> dict[str, object]:
    programme = Programme(
        slots=SLOTS,
        rooms=rooms,
        sessions=tuple(Session(id=one) for one in NOW),
        people=tuple(Person(id=f"p{n}", choices=said) for n, said in enumerate(people)),
    )
    former = tuple(
        Placement(session=one, slot=slot, room=room) for one, (slot, room) in NOW.items()
    )
    found = schedule(programme, Wish(seconds=1, former=former), Deadline(20))
    return {
        one.session: (one.slot, one.room)
        for one in found.placements
        if NOW[one.session] != (one.slot, one.room)
    }


def test_two_sessions_change_places_and_no_more() -> None:
    wanted = {"a": 1, "b": 2, "d": 3}
    found = moved([wanted] * 3)
    assert len(found) == 2, found
    assert len({"a", "b"} & set(found)) == 1


def test_nothing_moves_where_nobody_gains() -> None:
    assert moved([{"a": 1, "d": 2}, {"b": 1, "e": 2}]) == {}
    assert moved([]) == {}


def test_who_moves_alone_has_the_smallest_room_that_is_free() -> None:
    rooms = (*ROOMS, Room(id="hall", capacity=400), Room(id="nook", capacity=9), Room(id="lawn"))
    found = moved([{"a": 1, "b": 2}] * 3, rooms)
    assert list(found.values()) == [("t1", "nook")]
