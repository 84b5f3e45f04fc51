"""A day of the programme as a grid: a column for each room, a row for each time of change."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from events.schedule.domain.clashes import ON_THE_WAY
from events.schedule.domain.sessions import PlannedSession, in_order

NO_ROOM = ""
"""The column of what has no room yet."""


@dataclass(frozen=True, kw_only=True)
class Cell:
    """What is in one room from one row on: nothing, a session, or several that clash."""

    room: str
    starts: datetime
    """Wall time of the row it begins in: what dropped here begins."""
    rows: int = 1
    sessions: tuple[PlannedSession, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Row:
    """A time of the day, and what begins then; rooms that are still in use have no cell."""

    starts: datetime
    ends: datetime
    cells: tuple[Cell, ...]


@dataclass(frozen=True, kw_only=True)
class Grid:
    """One day."""

    on: date
    rooms: tuple[str, ...]
    """The columns from left to right; what has no room comes last."""
    rows: tuple[Row, ...]

    @property
    def sessions(self) -> tuple[PlannedSession, ...]:
        """Everything that is in it."""
        cells = (cell for row in self.rows for cell in row.cells)
        return tuple(session for cell in cells for session in cell.sessions)


@dataclass(frozen=True, kw_only=True)
class _Block:
    """Sessions of one room that follow each other without a break, or overlap."""

    starts: datetime
    ends: datetime
    sessions: tuple[PlannedSession, ...]


def grid_of(
    sessions: Iterable[PlannedSession], *, on: date, zone: str, rooms: Sequence[str]
) -> Grid:
    """Return the day ``on``, by the clocks of ``zone``; ``rooms`` are the columns in their order.

    A session that begins the day before or ends the day after is cut at midnight.
    """
    midnight = datetime.combine(on, time.min)
    next_midnight = midnight + timedelta(days=1)
    columns: dict[str, list[_Block]] = {room: [] for room in rooms}
    todays: list[tuple[PlannedSession, datetime, datetime]] = []
    for session in sessions:
        if session.span is None or session.cancelled:
            continue
        here = session.span.seen_from(zone)
        starts, ends = max(here.starts, midnight), min(here.ends, next_midnight)
        if starts < ends:
            todays.append((session, starts, ends))
    for session, starts, ends in sorted(todays, key=lambda one: in_order(one[0])):
        block = _Block(starts=starts, ends=ends, sessions=(session,))
        _put(columns.setdefault(session.room, []), block)
    if NO_ROOM in columns:
        columns[NO_ROOM] = columns.pop(NO_ROOM)
    times = sorted(
        {
            moment
            for blocks in columns.values()
            for block in blocks
            for moment in (block.starts, block.ends)
        }
    )
    filled = [_column(room, blocks, times) for room, blocks in columns.items()]
    return Grid(
        on=on,
        rooms=tuple(columns),
        rows=tuple(
            Row(
                starts=starts,
                ends=ends,
                cells=tuple(column[place] for column in filled if place in column),
            )
            for place, (starts, ends) in enumerate(pairwise(times))
        ),
    )


def on_the_day(
    sessions: Iterable[PlannedSession], *, on: date, zone: str
) -> Sequence[PlannedSession]:
    """Return what could clash with something in the grid of that day, on that day.

    That is what is on then by the clocks of ``zone``, and what people would have to come from or
    go to right after.
    """
    begin = datetime.combine(on, time.min) - ON_THE_WAY
    end = begin + timedelta(days=1) + 2 * ON_THE_WAY
    spans = ((session, session.span.seen_from(zone)) for session in sessions if session.span)
    return [session for session, span in spans if span.starts < end and begin < span.ends]


def _put(blocks: list[_Block], block: _Block) -> None:
    """Add what begins last so far; what overlaps the block before it shares its cell."""
    if blocks and block.starts < blocks[-1].ends:
        before = blocks.pop()
        block = _Block(
            starts=before.starts,
            ends=max(before.ends, block.ends),
            sessions=before.sessions + block.sessions,
        )
    blocks.append(block)


def _column(room: str, blocks: Iterable[_Block], times: Sequence[datetime]) -> Mapping[int, Cell]:
    """Return the cells of one room by the row in which they begin."""
    row_at = {moment: place for place, moment in enumerate(times)}
    cells = {place: Cell(room=room, starts=starts) for place, starts in enumerate(times)}
    for block in blocks:
        first, last = row_at[block.starts], row_at[block.ends]
        cells[first] = Cell(
            room=room, starts=block.starts, rows=last - first, sessions=block.sessions
        )
        for place in range(first + 1, last):
            del cells[place]
    return cells
