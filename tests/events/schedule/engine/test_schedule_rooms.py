"""Rooms for the sessions of a moment: by counting sets of rooms, as by trying every way."""

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.schedule.engine import rooming
from events.schedule.engine.deadline import Deadline
from events.schedule.engine.planning import Wish, schedule
from events.schedule.engine.rooming import matched, too_few, unions_of
from scripts.check_schedule import faults_of
from tests.events.schedule.engine.programmes import facts, programme, tree

pytestmark = pytest.mark.pure
ROOMS = 4


@settings(max_examples=150, derandomize=True)
@given(st.lists(st.integers(0, 2**ROOMS - 1), max_size=4))
def test_counting_sets_says_whether_everyone_finds_a_room(wanted: list[int]) -> None:
    ways = [
        rooms
        for rooms in permutations(range(ROOMS), len(wanted))
        if all(mask >> room & 1 for mask, room in zip(wanted, rooms, strict=True))
    ]
    found, short = matched(wanted), too_few(wanted)
    assert (found is not None) == bool(ways)
    assert found is None or tuple(found) in ways
    confined = [mask for mask in wanted if mask & ~short == 0]
    assert (short == 0 and found is not None) or len(confined) > short.bit_count()
    sets, complete = unions_of(wanted)
    assert complete
    fits = (
        all(sum(mask & ~rooms == 0 for mask in wanted) <= rooms.bit_count() for rooms in sets)
        and 0 not in wanted
    )
    assert fits == bool(ways)


@pytest.mark.parametrize("most", [0, 2000])
def test_too_many_sets_to_count_are_tried_room_by_room(
    monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    """With as many sessions as fit, of other needs each: every exchange has to find rooms."""
    monkeypatch.setattr(rooming, "MOST_SETS", most)
    needs = [["a"], ["b"], ["a", "b"], [], ["c"], ["b", "c"], [], ["a"], ["c"]]
    ids = [f"s{n}" for n in range(len(needs))]
    said = tree(
        [{"id": one, "features": need} for one, need in zip(ids, needs, strict=True)], slots=3
    )
    said["rooms"] = [
        {"id": "r0", "features": ["a", "b"]},
        {"id": "r1", "features": ["b", "c"]},
        {"id": "r2", "features": ["a", "c"]},
    ]
    said["people"] = [{"id": f"p{n}", "choices": ids[n:] + ids[:n]} for n in range(9)]
    result = schedule(programme(said), Wish(seconds=0.3), Deadline(30))
    placed = [
        {"session": one.session, "slot": one.slot, "room": one.room} for one in result.placements
    ]
    assert list(faults_of(facts(said, placed))) == []
