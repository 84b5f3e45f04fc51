"""Programmes to be scheduled, as JSON: from the file to the engine's values."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from consortium.exchange.faults import FaultyFile
from consortium.exchange.json_text import Lines, Steps, read_json
from consortium.words import say
from events.schedule.engine.values import (
    Fixed,
    Open,
    Person,
    Programme,
    Room,
    Session,
    Slot,
    Weights,
)
from events.schedule.imports.programme_checks import Wrong, twice, unknown, wrongs_of
from events.schedule.imports.programme_shapes import HoursSaid, PresenterSaid, ProgrammeFile

LONGEST = 31
"""Days from the first to the last: more is a slip of the pen."""


@dataclass(frozen=True, kw_only=True)
class ProgrammeRead:
    """A programme, its title, and the day at whose midnight its minutes begin."""

    programme: Programme
    title: str = ""
    begins: date | None = None


def read_programme(file: Path) -> ProgrammeRead:
    """Return what a JSON file says. Raises ``FaultyFile`` with every fault and its line."""
    said, lines = read_json(file, ProgrammeFile)
    first = _stop_if(file, lines, list(_faults_of_names(said)), said)
    programme = programme_of(said, first)
    _stop_if(file, lines, list(wrongs_of(programme)), said)
    return ProgrammeRead(programme=programme, title=said.title, begins=first)


def _stop_if(file: Path, lines: Lines, wrongs: list[Wrong], said: ProgrammeFile) -> date:
    """Raise ``FaultyFile`` if anything is wrong; return the first day otherwise."""
    faults = [
        lines.fault(_steps(wrong), wrong.sentence)
        for wrong in wrongs
    ]  # fmt: skip
    days: list[date] = []
    if not faults:
        for steps, hours in _hours(said):
            try:
                days.append(date.fromisoformat(hours.day))
            except ValueError:
                faults.append(lines.fault((*steps, "day"), say("There is no such day.")))
            if hours.end <= hours.start:
                sentence = say("It ends at or before its begin. Correct one of both.")
                faults.append(lines.fault((*steps, "end"), sentence))
    if days and (max(days) - min(days)).days > LONGEST:
        faults.append(
            lines.fault(("slots",), say("The days are more than %(n)s apart.", n=LONGEST))
        )
    if faults:
        raise FaultyFile(file, faults)
    return min(days)


def _steps(wrong: Wrong) -> Steps:
    return (wrong.part, wrong.number, wrong.field)


def _hours(said: ProgrammeFile) -> Iterator[tuple[Steps, HoursSaid]]:
    for number, slot in enumerate(said.slots):
        yield ("slots", number), slot
    for number, fixed in enumerate(said.fixed):
        yield ("fixed", number), fixed
    for number, room in enumerate(said.rooms):
        for part, hours in enumerate(room.open):
            yield ("rooms", number, "open", part), hours


def _faults_of_names(said: ProgrammeFile) -> Iterator[Wrong]:
    slots, rooms = {one.id for one in said.slots}, {one.id for one in said.rooms}
    sessions = {one.id for one in said.sessions}
    yield from twice("slots", [one.id for one in said.slots])
    yield from twice("rooms", [one.id for one in said.rooms])
    yield from twice("sessions", [one.id for one in said.sessions])
    yield from twice("people", [one.id for one in said.people])
    yield from twice("presenters", [one.id for one in said.presenters])
    named = [one.id or f"\0{number}" for number, one in enumerate(said.fixed)]
    yield from (w for w in twice("fixed", named))
    for number, fixed in enumerate(said.fixed):
        yield from unknown("fixed", number, "room", [fixed.room] * bool(fixed.room), rooms, "room")
        yield from unknown("fixed", number, "id", [fixed.id] * (fixed.id in sessions), (), "other")
    for number, one in enumerate(said.presenters):
        yield from unknown("presenters", number, "away", one.away, slots, "slot")
        yield from unknown("presenters", number, "available", one.available or (), slots, "slot")
    for number, session in enumerate(said.sessions):
        yield from unknown("sessions", number, "before", session.before, sessions, "session")
        locked = [session.slot] * bool(session.slot)
        yield from unknown("sessions", number, "slot", locked, slots, "slot")
        housed = [session.room] * bool(session.room)
        yield from unknown("sessions", number, "room", housed, rooms, "room")
    for number, person in enumerate(said.people):
        yield from unknown("people", number, "choices", person.choices, sessions, "session")
        again = sorted({one for one in person.choices if person.choices.count(one) > 1})
        for choice in again:
            sentence = say("“%(id)s” stands here twice. Keep one.", id=choice)
            yield Wrong(part="people", number=number, field="choices", sentence=sentence)


def programme_of(said: ProgrammeFile, first: date) -> Programme:
    """Return the programme of a file without faults, whose minutes begin on a day."""

    def minutes(day: str, time: str) -> int:
        days = (date.fromisoformat(day) - first).days
        return days * 1440 + int(time[:2]) * 60 + int(time[3:])

    def span(hours: HoursSaid) -> dict[str, int]:
        return {
            "starts": minutes(hours.day, hours.start),
            "ends": minutes(hours.day, hours.end),
        }

    slots = frozenset(one.id for one in said.slots)
    return Programme(
        slots=tuple(Slot(id=one.id, name="", **span(one)) for one in said.slots),
        rooms=tuple(
            Room(
                id=one.id,
                name=one.name,
                capacity=one.capacity,
                features=frozenset(one.features),
                venue=one.venue,
                hours=tuple(Open(**span(hours)) for hours in one.open),
            )
            for one in said.rooms
        ),
        sessions=tuple(
            Session(
                id=one.id,
                title=one.title,
                minutes=one.minutes,
                kind=one.kind,
                presenters=tuple(dict.fromkeys((*one.presenters, *one.facilitators))),
                features=frozenset(one.features),
                required_roles=frozenset(one.required_roles),
                expected=one.expected,
                capacity=one.capacity,
                same_content=one.same_content,
                track=one.track,
                before=frozenset(one.before),
                slot=one.slot,
                room=one.room,
            )
            for one in said.sessions
        ),
        people=tuple(
            Person(
                id=one.id,
                team=one.team,
                role=one.role,
                choices={session: rank for rank, session in enumerate(one.choices, start=1)},
            )
            for one in said.people
        ),
        fixed=tuple(
            Fixed(
                id=one.id or f"fixed {number + 1}",
                title=one.title,
                room=one.room,
                presenters=tuple(one.presenters),
                required_roles=frozenset(one.required_roles),
                **span(one),
            )
            for number, one in enumerate(said.fixed)
        ),
        away={one.id: _away(one, slots) for one in said.presenters},
        weights=Weights(**said.weights.model_dump()),
    )


def _away(one: PresenterSaid, slots: frozenset[str]) -> frozenset[str]:
    away = frozenset(one.away)
    return away if one.available is None else away | (slots - set(one.available))
