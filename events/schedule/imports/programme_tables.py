"""Programmes to be scheduled, as a folder of tables.

sessions.csv (id, kind, role, features, facilitators, before), rooms.csv (id, places, features),
slots.csv (id; day, start, end where there are any), people.csv (id, team, role), choices.csv
(person, session, rank). Several words of one cell have ``;`` between them. Further columns that
are known: of sessions title, minutes, expected, capacity, same_content, track, slot and room, of
rooms name and venue, of people away (slots).
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, time
from pathlib import Path
from typing import TypeVar

from consortium.exchange.csv_table import Row, read_rows
from consortium.exchange.faults import Fault, FaultyFile
from consortium.words import say
from events.schedule.domain.rooms import MOST_PLACES
from events.schedule.engine.values import Person, Programme, Room, Session, Slot
from events.schedule.imports.programme_checks import twice, unknown, wrongs_of
from events.schedule.imports.programme_file import ProgrammeRead

LENGTH = 60
"""Minutes of a slot that has no times of its own; the next such slot is an hour after it ends."""
LARGEST_RANK = 1_000

Value = TypeVar("Value")


class _Table:
    """One file: its rows, and what is wrong with them."""

    def __init__(self, folder: Path, part: str, columns: Sequence[str]) -> None:
        self.part, self.file = part, folder / f"{part}.csv"
        self.rows = read_rows(self.file, columns)
        self.faults: list[Fault] = []
        for row in self.rows:
            for column in columns[:1]:
                if not row[column]:
                    self.wrong(row, say("The cell “%(name)s” is empty. Fill it.", name=column))

    @property
    def ids(self) -> list[str]:
        return [row["id"] for row in self.rows]

    def wrong(self, row: Row, sentence: str) -> None:
        self.faults.append(Fault(line=row.line, sentence=sentence))

    def number(self, row: Row, column: str, least: int, most: int = MOST_PLACES) -> int | None:
        said = row[column]
        if not said:
            return None
        if said.isascii() and said.isdigit() and least <= int(said[:9]) <= most:
            return int(said)
        self.wrong(
            row,
            say(
                "Write “%(column)s” as a whole number from %(least)s to %(most)s, or leave it "
                "empty, not “%(said)s”.",
                column=column,
                least=least,
                most=most,
                said=said[:40],
            ),
        )
        return None

    def stop_if_wrong(self) -> None:
        if self.faults:
            raise FaultyFile(self.file, self.faults)


def read_folder(folder: Path) -> ProgrammeRead:
    """Return what the tables of a folder say. Raises ``FaultyFile``."""
    slots = _Table(folder, "slots", ["id"])
    rooms = _Table(folder, "rooms", ["id", "places", "features"])
    sessions = _Table(
        folder, "sessions", ["id", "kind", "role", "features", "facilitators", "before"]
    )
    people = _Table(folder, "people", ["id", "team", "role"])
    choices = _Table(folder, "choices", ["person", "session", "rank"])
    tables = {table.part: table for table in (slots, rooms, sessions, people)}
    for part, table in tables.items():
        for wrong in twice(part, table.ids):
            table.wrong(table.rows[wrong.number], wrong.sentence)
        table.stop_if_wrong()
    times, begins = _slots(slots)
    ranks = _ranks(choices, people.ids, sessions.ids)
    programme = Programme(
        slots=times,
        rooms=tuple(_room(rooms, row) for row in rooms.rows),
        sessions=tuple(_session(sessions, row, slots.ids, rooms.ids) for row in sessions.rows),
        people=tuple(
            Person(id=row["id"], team=row["team"], role=row["role"], choices=ranks[row["id"]])
            for row in people.rows
        ),
        away={
            row["id"]: frozenset(_known(people, row, "away", slots.ids, "slot"))
            for row in people.rows
            if row["away"]
        },
    )
    for table in tables.values():
        table.stop_if_wrong()
    _filled(slots, rooms, sessions)
    for wrong in wrongs_of(programme):
        tables[wrong.part].wrong(tables[wrong.part].rows[wrong.number], wrong.sentence)
    sessions.stop_if_wrong()
    return ProgrammeRead(programme=programme, begins=begins)


def _filled(*tables: _Table) -> None:
    for table in tables:
        if not table.rows:
            raise FaultyFile(
                table.file, [Fault(line=1, sentence=say("There is no row. Add at least one."))]
            )


def _known(
    table: _Table, row: Row, column: str, known: Sequence[str], what: str
) -> tuple[str, ...]:
    names = row.several(column)
    for wrong in unknown(table.part, 0, column, names, set(known), what):
        table.wrong(row, wrong.sentence)
    return names


def _room(rooms: _Table, row: Row) -> Room:
    return Room(
        id=row["id"],
        name=row["name"],
        capacity=rooms.number(row, "places", 1),
        features=frozenset(row.several("features")),
        venue=row["venue"],
    )


def _session(table: _Table, row: Row, slots: Sequence[str], rooms: Sequence[str]) -> Session:
    locked = _known(table, row, "slot", slots, "slot")
    housed = _known(table, row, "room", rooms, "room")
    return Session(
        id=row["id"],
        title=row["title"],
        minutes=table.number(row, "minutes", 1, 1440),
        kind=row["kind"],
        presenters=tuple(dict.fromkeys(row.several("facilitators"))),
        features=frozenset(row.several("features")),
        required_roles=frozenset(row.several("role")),
        expected=table.number(row, "expected", 0) or 0,
        capacity=table.number(row, "capacity", 1),
        same_content=row["same_content"],
        track=row["track"],
        before=frozenset(_known(table, row, "before", table.ids, "session")),
        slot=locked[0] if locked else "",
        room=housed[0] if housed else "",
    )


def _slots(table: _Table) -> tuple[tuple[Slot, ...], date | None]:
    """Return the slots by their times, or one after the other where they have none."""
    if not any(row["day"] or row["start"] or row["end"] for row in table.rows):
        length = 2 * LENGTH
        return tuple(
            Slot(id=row["id"], starts=n * length, ends=n * length + LENGTH)
            for n, row in enumerate(table.rows)
        ), None
    days = [_read(table, row, "day", date.fromisoformat) for row in table.rows]
    table.stop_if_wrong()
    first = min(day for day in days if day is not None)
    found = []
    for row, day in zip(table.rows, days, strict=True):
        begin = _read(table, row, "start", time.fromisoformat)
        end = _read(table, row, "end", time.fromisoformat)
        if day is None or begin is None or end is None:
            continue
        if end <= begin:
            table.wrong(row, say("It ends at or before its begin. Correct one of both."))
        midnight = (day - first).days * 1440
        found.append(
            Slot(
                id=row["id"],
                starts=midnight + begin.hour * 60 + begin.minute,
                ends=midnight + end.hour * 60 + end.minute,
            )
        )
    table.stop_if_wrong()
    return tuple(found), first


def _read(table: _Table, row: Row, column: str, reader: Callable[[str], Value]) -> Value | None:
    try:
        return reader(row[column])
    except ValueError:
        form = "2027-06-21" if column == "day" else "09:30"
        table.wrong(row, say("Write “%(name)s” like %(form)s.", name=column, form=form))
        return None


def _ranks(
    table: _Table, people: Sequence[str], sessions: Sequence[str]
) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {person: {} for person in people}
    known = set(sessions)
    for row in table.rows:
        theirs = found.get(row["person"])
        rank = table.number(row, "rank", 1, LARGEST_RANK)
        wrongs = [
            *unknown("choices", 0, "person", [row["person"]], found, "person"),
            *unknown("choices", 0, "session", [row["session"]], known, "session"),
        ]
        for wrong in wrongs:
            table.wrong(row, wrong.sentence)
        if wrongs or theirs is None or rank is None:
            if rank is None and not row["rank"]:
                table.wrong(row, say("The cell “%(name)s” is empty. Fill it.", name="rank"))
            continue
        for sentence in _again(row, theirs, rank):
            table.wrong(row, sentence)
        theirs[row["session"]] = rank
    table.stop_if_wrong()
    return found


def _again(row: Row, theirs: dict[str, int], rank: int) -> Iterator[str]:
    if row["session"] in theirs:
        yield say(
            "“%(person)s” ranks “%(session)s” twice. Keep one.",
            person=row["person"],
            session=row["session"],
        )
    elif rank in theirs.values():
        yield say("“%(person)s” gives the rank %(rank)s twice.", person=row["person"], rank=rank)
