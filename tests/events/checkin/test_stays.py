"""What scans come to: the same stays, whatever order, batches and copies they come in."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.checkin.domain import (
    Direction,
    Effect,
    Ending,
    Passing,
    attendance_of,
    by_person,
    closed,
    day_of,
)

pytestmark = pytest.mark.pure
PERSON = UUID(int=7)
DAY = date(2027, 6, 21)
IN, OUT, EITHER = Direction.IN, Direction.OUT, Direction.EITHER


def at(clock):
    return datetime(2027, 6, 21, *map(int, clock.split(":")), tzinfo=UTC)


def passings(*said):
    """Write passings like ``("8:07", IN)``; each has the key of its place in the list."""
    return [
        Passing(key=str(n), at=at(clock), direction=direction)
        for n, (clock, direction) in enumerate(said)
    ]


def told(*said, undone=()):
    found = attendance_of(PERSON, DAY, passings(*said), undone)
    effects = [found.effects[str(n)] for n in range(len(said))]
    times = [
        (stay.arrived.strftime("%H:%M"), stay.left and stay.left.strftime("%H:%M"))
        for stay in found.stays
    ]
    return times, effects


def test_the_first_scan_of_a_day_checks_in_and_the_next_says_since_when():
    times, effects = told(("8:07", IN), ("8:30", IN), ("13:00", IN))
    assert times == [("08:07", None)]
    assert effects == [Effect.ARRIVED, Effect.HERE_ALREADY, Effect.HERE_ALREADY]


def test_in_and_out_by_what_the_desk_says():
    times, effects = told(("8:00", IN), ("12:00", OUT), ("13:00", IN), ("17:00", OUT))
    assert times == [("08:00", "12:00"), ("13:00", "17:00")]
    assert effects == [Effect.ARRIVED, Effect.LEFT, Effect.ARRIVED, Effect.LEFT]


def test_a_desk_for_both_takes_scans_in_turn():
    times, _ = told(("8:00", EITHER), ("12:00", EITHER), ("13:00", EITHER))
    assert times == [("08:00", "12:00"), ("13:00", None)]


def test_a_badge_read_twice_at_a_desk_for_both_is_one_passing():
    times, effects = told(("8:00", EITHER), ("8:01", EITHER), ("12:00", EITHER), ("12:01", EITHER))
    assert times == [("08:00", "12:00")]
    assert effects[1::2] == [Effect.HERE_ALREADY, Effect.GONE_ALREADY]


def test_who_is_scanned_as_leaving_and_never_came_has_no_stay():
    times, effects = told(("12:00", OUT))
    assert times == []
    assert effects == [Effect.NEVER_ARRIVED]


def test_the_first_of_two_leavings_counts():
    times, effects = told(("8:00", IN), ("12:00", OUT), ("16:00", OUT))
    assert times == [("08:00", "12:00")]
    assert effects[-1] is Effect.GONE_ALREADY


def test_what_is_undone_is_as_if_it_had_never_been():
    times, effects = told(("8:00", IN), ("9:00", OUT), ("9:30", IN), undone={"1"})
    assert times == [("08:00", None)]
    assert effects == [Effect.ARRIVED, Effect.UNDONE, Effect.HERE_ALREADY]


def test_coming_and_going_at_one_moment_is_a_stay_of_no_length():
    times, _ = told(("8:00", OUT), ("8:00", IN))
    assert times == [("08:00", "08:00")]


SCANS = st.lists(
    st.builds(
        Passing,
        key=st.sampled_from([f"scan-{n}" for n in range(30)]),
        at=st.integers(0, 600).map(lambda minutes: at("8:00") + timedelta(minutes=minutes)),
        direction=st.sampled_from(Direction),
    ),
    unique_by=lambda passing: passing.key,
    max_size=25,
)


@given(scans=SCANS, data=st.data())
def test_shuffled_repeated_and_batched_scans_come_to_the_same(scans, data):
    undone = data.draw(st.sets(st.sampled_from(["scan-1", "scan-2", "scan-99"])))
    whole = attendance_of(PERSON, DAY, scans, undone)
    again = data.draw(st.lists(st.sampled_from(scans), max_size=40)) if scans else []
    shuffled = data.draw(st.permutations([*scans, *again]))
    assert attendance_of(PERSON, DAY, shuffled, undone) == whole


@given(scans=SCANS)
def test_stays_follow_each_other_and_only_the_last_may_be_open(scans):
    found = attendance_of(PERSON, DAY, scans)
    moments = [moment for stay in found.stays for moment in (stay.arrived, stay.left)]
    assert all(moments[:-1])
    shown = [moment for moment in moments if moment]
    assert shown == sorted(shown)
    assert set(found.effects) == {passing.key for passing in scans}
    arrivals = [e for e in found.effects.values() if e is Effect.ARRIVED]
    assert len(arrivals) == len(found.stays)
    assert found.inside == (bool(found.stays) and found.stays[-1].left is None)


@given(scans=SCANS)
def test_whoever_was_scanned_as_coming_has_a_stay(scans):
    found = attendance_of(PERSON, DAY, scans)
    assert bool(found.stays) == any(passing.direction is not OUT for passing in scans)


@given(scans=SCANS, data=st.data())
def test_undoing_everything_leaves_nothing(scans, data):
    assert attendance_of(PERSON, DAY, scans, {passing.key for passing in scans}).stays == ()


def test_stays_nobody_saw_end_end_with_the_day_where_the_host_counts_so():
    came = attendance_of(PERSON, DAY, passings(("8:00", IN))).stays
    ends = {DAY: at("16:30")}
    assert closed(came, {}, now=at("20:00")) == came
    assert closed(came, ends, now=at("16:00")) == came
    (stay,) = closed(came, ends, now=at("16:30"))
    assert (stay.left, stay.ending) == (at("16:30"), Ending.DAY_END)
    late = attendance_of(PERSON, DAY, passings(("16:45", IN))).stays
    assert closed(late, ends, now=at("20:00")) == late
    seen = attendance_of(PERSON, DAY, passings(("8:00", IN), ("12:00", OUT))).stays
    assert closed(seen, ends, now=at("20:00")) == seen
    assert seen[0].ending is Ending.SEEN


def test_stays_are_given_by_person_first_arrived_first():
    mine = attendance_of(PERSON, DAY, passings(("8:00", IN), ("9:00", OUT), ("10:00", IN))).stays
    theirs = attendance_of(UUID(int=8), DAY, passings(("7:00", IN))).stays
    assert by_person([*reversed(mine), *theirs]) == {PERSON: mine, UUID(int=8): theirs}


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2027, 6, 21, 7, 0, tzinfo=UTC), date(2027, 6, 20)),  # midnight in San Diego
        (datetime(2027, 6, 21, 10, 59, tzinfo=UTC), date(2027, 6, 20)),
        (datetime(2027, 6, 21, 11, 0, tzinfo=UTC), date(2027, 6, 21)),
        (datetime(2027, 3, 14, 10, 59, tzinfo=UTC), date(2027, 3, 13)),  # clocks went forward
        (datetime(2027, 3, 14, 11, 0, tzinfo=UTC), date(2027, 3, 14)),
    ],
)
def test_a_day_begins_at_four_by_the_clock_on_the_wall(moment, day):
    assert day_of(moment, ZoneInfo("America/Los_Angeles")) == day
