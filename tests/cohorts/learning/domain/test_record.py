"""What counts as attended, and what only makes up for a meeting."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest

from cohorts.learning.domain.partners import TableSide
from cohorts.learning.domain.record import Presence, Seen, person_presence, record_of

pytestmark = pytest.mark.pure
NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)
ANA, BEN = UUID(int=1), UUID(int=2)
BOTH_SIDES = {ANA: TableSide.LABOR, BEN: TableSide.MANAGEMENT}


def meeting(*, days: int | None = -7, group: str = "", **more: Any) -> Any:
    ends = None if days is None else NOW + timedelta(days=days)
    return SimpleNamespace(
        **{
            "id": uuid4(),
            "ends_at": ends,
            "cancelled": False,
            "homework": "Read",
            "group": group,
            "for_group": lambda of: not group or group == of,
            **more,
        }
    )


def test_live_and_sister_count_recording_and_homework_are_flagged_only() -> None:
    live, sister, taped, half, none = (meeting(days=-n) for n in range(5, 0, -1))
    record = record_of(
        [live, sister, taped, half, none],
        {
            live.id: Seen(live=BOTH_SIDES),
            sister.id: Seen(live={}, sister=frozenset({ANA})),
            taped.id: Seen(live={}, watched=frozenset({ANA}), handed_in=True),
            half.id: Seen(live={}, watched=frozenset({ANA})),
        },
        group="",
        now=NOW,
    )
    assert [line.presence for line in record.lines] == [
        Presence.LIVE,
        Presence.SISTER,
        Presence.MADE_UP,
        Presence.MISSED,
        Presence.MISSED,
    ]
    assert (record.attended, record.held, record.made_up) == (2, 5, 1)
    assert record.homework_open == 4


def test_what_is_ahead_undated_or_cancelled_or_for_others_is_not_held() -> None:
    record = record_of(
        [
            meeting(days=1),
            meeting(days=None),
            meeting(cancelled=True),
            meeting(group="cohort_2"),
            meeting(group="cohort_1"),
        ],
        {},
        group="cohort_1",
        now=NOW,
    )
    assert (len(record.lines), record.held, record.attended) == (3, 1, 0)


def test_a_meeting_with_one_side_only_says_so() -> None:
    one = meeting()
    record = record_of([one], {one.id: Seen(live={ANA: TableSide.LABOR})}, group="", now=NOW)
    assert (record.attended, record.one_sided) == (1, 1)
    both = record_of([one], {one.id: Seen(live=BOTH_SIDES)}, group="", now=NOW)
    assert both.one_sided == 0


def test_a_member_stands_alone_towards_a_meeting() -> None:
    one = meeting()
    seen = Seen(live={ANA: None}, watched=frozenset({BEN}), handed_in=True)
    assert person_presence(ANA, one, seen, now=NOW) is Presence.LIVE
    assert person_presence(BEN, one, seen, now=NOW) is Presence.MADE_UP
    assert person_presence(UUID(int=3), one, seen, now=NOW) is Presence.MISSED
    assert person_presence(UUID(int=3), meeting(days=1), seen, now=NOW) is Presence.AHEAD
