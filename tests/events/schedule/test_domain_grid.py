from datetime import date

import pytest

from events.schedule.domain import ClashKind, PlannedSession, RoomSpec, clashes_of
from events.schedule.domain.clashes import MOST_OF_A_KIND
from events.schedule.domain.grid import Grid, grid_of, on_the_day
from tests.events.schedule.sessions import planned

pytestmark = pytest.mark.pure

ZONE = "America/New_York"


def grid(*sessions: PlannedSession, day: str = "2026-05-01", zone: str = ZONE) -> Grid:
    return grid_of(sessions, on=date.fromisoformat(day), zone=zone, rooms=["Hall", "Suite"])


def drawn(shown: Grid) -> list[str]:
    """Return the rows as text: the time, then each cell with its rows and what is in it."""
    return [
        f"{row.starts:%H:%M} "
        + " | ".join(
            f"{cell.rows}x {'+'.join(session.code for session in cell.sessions) or '-'}"
            for cell in row.cells
        )
        for row in shown.rows
    ]


def test_each_room_has_a_column_and_each_change_a_row() -> None:
    shown = grid(
        planned("a", "2026-05-01T09:00", "2026-05-01T10:00", room="Hall"),
        planned("b", "2026-05-01T09:30", "2026-05-01T11:00", room="Suite"),
        planned("c", "2026-05-01T10:00", "2026-05-01T11:00", room="Hall"),
        planned("gone", room="Hall", cancelled=True),
        planned("other-day", "2026-05-02T09:00", room="Hall"),
    )

    assert shown.rooms == ("Hall", "Suite")
    assert drawn(shown) == ["09:00 2x a | 1x -", "09:30 2x b", "10:00 1x c"]


def test_what_clashes_in_a_room_shares_its_cell() -> None:
    shown = grid(
        planned("a", "2026-05-01T09:00", "2026-05-01T10:00", room="Hall"),
        planned("b", "2026-05-01T09:30", "2026-05-01T10:30", room="Hall"),
    )

    assert drawn(shown) == ["09:00 1x a+b | 1x -"]


def test_what_has_no_room_comes_last_and_other_zones_fall_in_place() -> None:
    shown = grid(
        planned("a", "2026-05-01T09:00", "2026-05-01T10:00"),
        planned(
            "b", "2026-05-01T08:00", "2026-05-01T09:00", room="Annex", time_zone="America/Chicago"
        ),
    )

    assert shown.rooms == ("Hall", "Suite", "Annex", "")
    assert drawn(shown) == ["09:00 1x - | 1x - | 1x b | 1x a"]


def test_a_night_is_cut_at_midnight() -> None:
    late = planned("late", "2026-05-01T22:00", "2026-05-02T01:00", room="Hall")

    assert drawn(grid(late)) == ["22:00 1x late | 1x -"]
    assert drawn(grid(late, day="2026-05-02")) == ["00:00 1x late | 1x -"]


def test_what_is_on_other_days_is_not_looked_at_for_this_one() -> None:
    sessions = [
        planned("before", "2026-04-30T22:00", "2026-04-30T23:50"),
        planned("just-before", "2026-04-30T22:00", "2026-04-30T23:51"),
        planned("here", "2026-05-01T09:00", room="Hall"),
        planned("elsewhere", "2026-05-01T23:00", "2026-05-01T23:30", time_zone="America/Denver"),
        planned("just-after", "2026-05-02T00:09", "2026-05-02T01:00"),
        planned("after", "2026-05-02T00:10", "2026-05-02T01:00"),
        planned("all-week", "2026-04-27T09:00", "2026-05-08T17:00"),
        planned("undated", ""),
    ]

    found = on_the_day(sessions, on=date(2026, 5, 1), zone=ZONE)

    assert [one.code for one in found] == ["just-before", "here", "just-after", "all-week"]


def test_the_first_of_too_many_clashes_are_told_in_whatever_order_sessions_are_given() -> None:
    rooms = {"Hall": RoomSpec(name="Hall", capacity=1)}
    late_first = [
        planned(f"s{n}", f"2026-05-0{9 - n // 40}T09:00", room="Hall", capacity=2)
        for n in range(MOST_OF_A_KIND + 40)
    ]

    found = [one for one in clashes_of(late_first, rooms=rooms) if one.kind is ClashKind.PLACES]

    assert len(found) == MOST_OF_A_KIND
    assert {clash.one.starts.day for clash in found if clash.one.starts} == {4, 5, 6, 7, 8}
