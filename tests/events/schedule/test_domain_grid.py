from datetime import date

import pytest

from events.schedule.domain import PlannedSession
from events.schedule.domain.grid import Grid, grid_of
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
