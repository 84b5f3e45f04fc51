"""Translate a schedule into a programme file; each fault is still told at its own place."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from consortium.words import say
from events.programmes.domain.conferences.finding import Schedule, found_in, words
from events.programmes.domain.conferences.sessions import Translated, translated_sessions
from events.programmes.domain.conferences.times import Zoned, at_home, is_foreign, read, zone_for
from events.programmes.domain.conferences.wording import BESIDE_THE_TALKS, line, prose
from events.programmes.domain.faults import Fault, FaultyProgramme, Findings, Place, path_of
from events.programmes.domain.values import LONGEST_LABEL
from events.programmes.domain.zones import read_zone
from events.schedule.domain import key_of

KIND = "conference"
_ZONES = ("timezone", "time_zone", "time_zone_name", "timeZone", "tz")
_VENUES = ("venue", "location", "place")


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What is said beside a schedule, since schedules are silent about it."""

    zone: str = ""
    """The zone of the place; counts where the file names none."""
    home: str = ""
    """The consortium's own zone; taken where it fits the file's offsets."""
    rounds: bool = False
    """Whether people choose one of the talks that are at the same time."""


def translated_schedule(
    raw: Mapping[str, Any], choices: Choices
) -> tuple[dict[str, Any], Findings]:
    """Return the programme file that says what the schedule says, and what is to be told of it.

    Places of the programme lead back to the schedule's own in what is found later. Raises
    ``FaultyProgramme`` when it has no times, or nobody can say in which zone they are.
    """
    schedule = found_in(raw)
    notes = Findings()
    sessions = translated_sessions(schedule, notes)
    moments = [
        session.said[end] for session in sessions for end in ("start", "end") if end in session.said
    ]
    if not moments:
        nothing = say(
            "No session with a date was found in this schedule. Sessions are looked for in lists "
            "called “sessions”, “talks”, “events” or “items”, at the top or inside “days”, “rooms” "
            "and “tracks”."
        )
        raise FaultyProgramme([Fault(path=path_of(schedule.place), sentence=nothing)])
    zone, zone_place = _zone(schedule, moments, choices, notes)
    if is_foreign(moments, zone):
        notes.warn(
            zone_place,
            say("The times were moved from their own offsets to clocks of %(zone)s.", zone=zone),
        )
    for session in sessions:
        for end in ("start", "end"):
            if end in session.said:
                session.said[end] = at_home(session.said[end], zone)
    if choices.rounds:
        _make_rounds(sessions)
    elif parallel := _times_side_by_side(sessions):
        notes.warn(
            (),
            say(
                "Times with several sessions side by side: %(n)s. All of them are for everyone. "
                "If people are to choose one of each time, say so beside the file (on the command "
                "line: --rounds).",
                n=parallel,
            ),
        )
    rooms, origin = _rooms(schedule, sessions)
    origin |= {("timezone",): zone_place}
    for n, session in enumerate(sessions):
        origin[("sessions", n)] = session.place
        origin |= {("sessions", n, name): at for name, at in session.fields.items()}
    file = {
        "title": _title(schedule),
        "kind": KIND,
        "timezone": zone.key,
        "venue": _line_in(schedule, _VENUES),
        "summary": prose(words(schedule.about.get("description"))),
        "days": _days(sessions),
        "rooms": rooms,
        "sessions": [session.said for session in sessions],
    }
    findings = Findings(origin=origin)
    findings.warnings += notes.warnings
    return {name: value for name, value in file.items() if value not in ("", [])}, findings


def _zone(
    schedule: Schedule, moments: list[str], choices: Choices, notes: Findings
) -> tuple[ZoneInfo, Place]:
    named = next((name for name in _ZONES if schedule.whole.get(name)), None)
    if named is not None:
        inside = named in schedule.about
        place = (*(schedule.place if inside else ()), named)
        zone = read_zone(schedule.whole[named], place, notes)
    else:
        place = ("timezone",)
        found = Zoned(name=choices.zone) if choices.zone else zone_for(moments, home=choices.home)
        if not isinstance(found, Zoned):
            raise FaultyProgramme([Fault(path=path_of(place), sentence=found)])
        if found.warning is not None:
            notes.warn(place, found.warning)
        zone = read_zone(found.name, place, notes)
    notes.stop_if_faulty()
    return zone or ZoneInfo("UTC"), place


def _title(schedule: Schedule) -> str:
    for name in ("conference", "event", "title", "name", "acronym"):
        found = line(words(schedule.about.get(name) or schedule.whole.get(name)))
        if found:
            return found[:LONGEST_LABEL]
    return str(say("Conference"))


def _line_in(schedule: Schedule, names: tuple[str, ...]) -> str:
    found = (line(words(schedule.about.get(name))) for name in names)
    return next(filter(None, found), "")[:LONGEST_LABEL]


def _days(sessions: list[Translated]) -> list[dict[str, Any]]:
    dated = {found.on for session in sessions if (found := read(session.said.get("start", "")))}
    return [
        {"date": on.isoformat(), "label": str(say("Day %(n)s", n=n))}
        for n, on in enumerate(sorted(dated), start=1)
    ]


def _rooms(
    schedule: Schedule, sessions: list[Translated]
) -> tuple[list[dict[str, Any]], dict[Place, Place]]:
    """Return the rooms that the schedule lists, then those that only its sessions name."""
    rooms: dict[str, dict[str, Any]] = {}
    origin: dict[Place, Place] = {}
    listed = schedule.whole.get("rooms")
    for n, item in enumerate(listed if isinstance(listed, list) else []):
        name = line(words(item))
        if not name or key_of(name) in rooms:
            continue
        capacity = item.get("capacity") if isinstance(item, dict) else None
        origin[("rooms", len(rooms))] = (*schedule.place, "rooms", n)
        rooms[key_of(name)] = {"name": name, **({} if capacity is None else {"capacity": capacity})}
    for session in sessions:
        name = session.said.get("room", "")
        if name:
            rooms.setdefault(key_of(name), {"name": name})
    return list(rooms.values()), origin


def _side_by_side(sessions: list[Translated]) -> dict[tuple[str, str], list[Translated]]:
    """Return the talks that people can go to only one of, by when they begin and end."""
    times: dict[tuple[str, str], list[Translated]] = {}
    for session in sessions:
        if session.said["kind"].lower() not in BESIDE_THE_TALKS and session.said.get("start"):
            both = (session.said["start"], session.said.get("end", ""))
            times.setdefault(both, []).append(session)
    return {both: found for both, found in times.items() if len(found) > 1}


def _times_side_by_side(sessions: list[Translated]) -> int:
    return len(_side_by_side(sessions))


def _make_rounds(sessions: list[Translated]) -> None:
    for (start, end), found in _side_by_side(sessions).items():
        for session in found:
            session.said["choice_group"] = f"{start[:10]} {start[11:16]}–{end[11:16]}"
