"""Schedules of small programmes against every schedule there is."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from events.schedule.engine.case import case_of
from events.schedule.engine.deadline import Deadline
from events.schedule.engine.planning import Result, Wish, schedule
from events.schedule.engine.proving import prove
from events.schedule.engine.values import NoPlan, Placement
from scripts.check_schedule import facts_value, faults_of
from scripts.checking.schedule_seats import most_points
from tests.events.schedule.engine.programmes import (
    Placed,
    Tree,
    every_schedule,
    facts,
    programme,
    programmes,
    tree,
)

pytestmark = pytest.mark.pure
QUICK = Wish(seed=1, seconds=0.2)


def _plan(said: Tree, wish: Wish = QUICK) -> Result:
    return schedule(programme(said), wish, Deadline(30))


def _placed(result: Result) -> Placed:
    return [
        {"session": one.session, "slot": one.slot, "room": one.room} for one in result.placements
    ]


@settings(max_examples=40, derandomize=True)
@given(programmes())
def test_a_schedule_is_found_where_there_is_one_and_is_the_best(said: Tree) -> None:
    best = max((value for _, value in every_schedule(said)), default=None)
    if best is None:
        with pytest.raises(NoPlan) as none:
            _plan(said)
        assert none.value.clash.sentences
        assert none.value.clash.smallest
        return
    result = _plan(said)
    seen = facts(said, _placed(result))
    assert list(faults_of(seen)) == []
    assert result.value == facts_value(seen) == best
    seats = [
        {"person": one.person, "slot": one.slot, "session": one.session}
        for one in result.seating.seats
    ]
    figures, wrong = most_points(seen, seats)
    assert wrong == []
    assert figures["seated"] == result.seating.points
    proof = prove(result.case, result.plan, Deadline(30))
    assert proof is not None
    assert proof.bound >= best


@settings(max_examples=20, derandomize=True)
@given(programmes(), st.sampled_from(["t0", "t1"]), st.integers(0, 100))
def test_as_few_sessions_as_can_be_move_when_somebody_cannot_come(
    said: Tree, slot: str, which: int
) -> None:
    before = [placed for placed, _ in every_schedule(said)]
    assume(before)
    former = before[which % len(before)]
    said["presenters"] = [{"id": "Ana", "away": [slot]}, {"id": "Ben", "away": [slot]}]
    changes = [_changes(former, placed) for placed, _ in every_schedule(said)]
    old = tuple(Placement(**one) for one in former)
    wish = Wish(seed=1, former=old, keep=True)
    if not changes:
        with pytest.raises(NoPlan):
            _plan(said, wish)
        return
    result = _plan(said, wish)
    assert result.change is not None
    assert result.change.fewest
    found = len(result.change.moved), len(result.change.rehoused)
    assert found == _changes(former, _placed(result)) == min(changes)
    assert list(faults_of(facts(said, _placed(result)))) == []


@settings(max_examples=10, derandomize=True)
@given(programmes(), st.integers(0, 100))
def test_a_search_that_begins_with_a_schedule_does_not_end_below_it(said: Tree, which: int) -> None:
    before = list(every_schedule(said))
    assume(before)
    former, value = before[which % len(before)]
    old = tuple(Placement(**one) for one in former)
    result = _plan(said, Wish(seed=1, seconds=0.01, former=old))
    assert result.value >= value
    assert result.change is None


def _changes(former: Placed, placed: Placed) -> tuple[int, int]:
    both = list(zip(former, placed, strict=True))
    return (
        sum(old["slot"] != new["slot"] for old, new in both),
        sum(old["slot"] == new["slot"] and old["room"] != new["room"] for old, new in both),
    )


def test_overlapping_slots_and_long_sessions_share_no_room() -> None:
    """Slots of other lengths beside each other: what overlaps is known by ticks, not by slots."""
    day = "2027-06-21"
    said = {
        "slots": [
            {"id": "long", "day": day, "start": "09:00", "end": "11:00"},
            {"id": "first", "day": day, "start": "09:00", "end": "09:50"},
            {"id": "second", "day": day, "start": "10:00", "end": "10:50"},
        ],
        "rooms": [{"id": "a", "capacity": 9}, {"id": "b", "capacity": 9}],
        "sessions": [
            {"id": "work", "minutes": 110},
            {"id": "talk 1", "minutes": 40, "slot": "first"},
            {"id": "talk 2", "minutes": 40, "slot": "second"},
        ],
        "people": [{"id": "p", "choices": ["talk 1", "talk 2", "work"]}],
    }
    result = _plan(said)
    assert list(faults_of(facts(said, _placed(result)))) == []
    assert {one.session: one.slot for one in result.placements} == {
        "talk 1": "first",
        "talk 2": "second",
        "work": "long",
    }
    assert result.value == 10 + 9  # both talks, or the one long session
    assert len(set(case_of(programme(said)).ticks)) == 3


def test_a_bound_is_proven_where_a_session_takes_several_slots() -> None:
    """Also with a meal between, which is no slot that could be worth anything."""
    said = tree(
        [{"id": "long", "minutes": 130}, {"id": "a"}, {"id": "b"}, {"id": "c"}],
        slots=3,
        fixed=[{"day": "2027-06-21", "start": "11:30", "end": "12:30", "required_roles": ["*"]}],
        people=[{"id": "p", "choices": ["a", "long", "b", "c"]}],
    )
    result = _plan(said)
    proof = prove(result.case, result.plan, Deadline(30))
    assert result.value == 10 + 8 + 7
    assert proof is not None
    assert proof.bound == 10 + 9 + 8  # it does not know that the long one takes two slots
