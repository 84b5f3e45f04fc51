"""Translate the sessions of a schedule into those of a programme file."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import chain
from typing import Any

from consortium.words import say
from events.programmes.domain.conferences.finding import Found, Schedule, words
from events.programmes.domain.conferences.times import (
    clock_in,
    day_in,
    duration,
    later,
    moment,
    read,
)
from events.programmes.domain.conferences.wording import kind_of, line, prose
from events.programmes.domain.faults import Findings, Place
from events.programmes.domain.values import LONGEST_CODE, LONGEST_LABEL
from events.schedule.domain.specs import code_for

_IDS = ("id", "code", "guid", "slug", "uid", "key")
_STARTS = (
    "start", "starts", "start_time", "starts_at", "startsAt", "startTime", "start_date", "begin",
    "begins", "date",
)  # fmt: skip
_ENDS = ("end", "ends", "end_time", "ends_at", "endsAt", "endTime", "end_date", "finish")
_DAYS = ("date", "day", "start_date")
_ROOMS = ("room", "roomId", "room_id", "location", "stage", "hall")
_KINDS = ("kind", "type", "session_type", "submission_type", "format", "category")
_TRACKS = ("track", "tracks", "trackId", "track_id", "stream")
_PEOPLE = ("presenters", "speakers", "persons", "people", "instructors")
_TEXTS = ("description", "abstract", "summary")
_KEPT = ("tags", "keywords", "subtitle", "language", "url")
_NOT_HELD = frozenset({"cancelled", "canceled", "withdrawn", "rejected"})
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]*", re.ASCII)
_WITHOUT_END = timedelta(hours=1)
_LONGEST_GUESS = timedelta(hours=3)


@dataclass(frozen=True, kw_only=True)
class Translated:
    """One session in the words of programme files, and where each of them stood."""

    place: Place
    said: dict[str, Any]
    fields: dict[str, Place] = field(default_factory=dict)


def translated_sessions(schedule: Schedule, notes: Findings) -> list[Translated]:
    """Return the sessions in the schedule's order; those that are not held are left out."""
    named = {
        kind: _by_id(schedule.whole, lists)
        for kind, lists in (
            ("room", ("rooms",)),
            ("track", ("tracks", "categories")),
            ("people", ("presenters", "speakers", "people", "persons")),
        )
    }
    codes: set[str] = set()
    sessions = []
    for found in schedule.sessions:
        if str(found.said.get("status", "")).lower() in _NOT_HELD or found.said.get("cancelled"):
            notes.warn(found.place, say("This is not held, so it was left out."))
            continue
        sessions.append(_session(found, named, codes, notes))
    _end_what_has_no_end(sessions, notes)
    return sessions


def _session(
    found: Found, named: Mapping[str, Mapping[str, Any]], codes: set[str], notes: Findings
) -> Translated:
    said, session = found.said, Translated(place=found.place, said={})
    title = line(words(_first(session, "title", said, ("title", "name"))))
    if title:
        session.said["title"] = _short(title)
    session.said["id"] = _code(session, found, title, codes, notes)
    session.said["kind"] = _short(kind_of(words(_first(session, "kind", said, _KINDS)), title))
    _times(session, found)
    room = _named(_first(session, "room", said, _ROOMS), named["room"]) or words(found.room)
    track = _named(_first(session, "track", said, _TRACKS), named["track"]) or words(found.track)
    texts = [prose(words(said.get(name))) for name in _TEXTS]
    more = _something(
        room=_short(line(room)),
        track=_short(line(track)),
        venue=_short(line(words(said.get("venue")))),
        description="\n\n".join(
            dict.fromkeys(filter(None, (title if len(title) > LONGEST_LABEL else "", *texts)))
        ),
        presenters=_people(_first(session, "presenters", said, _PEOPLE), named["people"]),
        capacity=said.get("capacity"),
        **{name: said.get(name) for name in _KEPT},
    )
    session.said.update(more)
    return session


def _times(session: Translated, found: Found) -> None:
    said = found.said
    starting = _starting(said)
    if starting is None:
        return
    day = next(filter(None, (day_in(said.get(name)) for name in _DAYS)), day_in(found.day))
    start = _after_dawn(moment(said[starting], day=day), said[starting], found.dawn)
    session.fields["start"] = (*session.place, starting)
    session.said["start"] = start
    for ending in _ENDS:
        if said.get(ending):
            session.fields["end"] = (*session.place, ending)
            session.said["end"] = _end(said[ending], start)
            return
    lasts = duration(said.get("duration"))
    if lasts is not None and read(start) is not None:
        session.fields["end"] = (*session.place, "duration")
        session.said["end"] = later(start, lasts)


def _after_dawn(start: str, said: Any, dawn: Any) -> str:
    """Let a mere time of day that is before its conference's day begins be after midnight."""
    begins = read(moment(dawn)) if dawn else None
    clock = clock_in(said)
    if begins is None or not clock or clock >= f"{begins.wall:%H:%M}":
        return start
    return later(start, timedelta(days=1)) or start


def _starting(said: Mapping[str, Any]) -> str | None:
    """Return the field that says when it starts, the one with date and time before the others.

    Where "start" is a mere time of day, "date" may have all of it.
    """
    names = [name for name in _STARTS if said.get(name)]
    whole = (name for name in names if moment(said[name])[10:11] == "T")
    clocks = (name for name in names if clock_in(said[name]))
    return next(chain(whole, clocks, names), None)


def _end(said: Any, start: str) -> str:
    """Let a mere time of day be after the start; it has the start's offset."""
    begins, clock = read(start), clock_in(said)
    ends = read(f"{start[:10]}T{clock}")
    if begins is None or ends is None:
        return moment(said, day=day_in(start))
    lasts = ends.wall - begins.wall
    return later(start, lasts if lasts >= timedelta(0) else lasts + timedelta(days=1))


def _end_what_has_no_end(sessions: Iterable[Translated], notes: Findings) -> None:
    """Let a session end when the next one begins in its room, and say so; else after an hour."""
    begins: dict[str, list[datetime]] = {}
    for session in sessions:
        found = read(session.said.get("start", ""))
        if found is not None:
            begins.setdefault(session.said.get("room", ""), []).append(found.wall)
    for session in sessions:
        found = read(session.said.get("start", ""))
        if found is None or "end" in session.said:
            continue
        room = session.said.get("room", "")
        following = (wall for wall in begins[room] if wall > found.wall) if room else iter(())
        gap = min(following, default=found.wall + _WITHOUT_END) - found.wall
        lasts = gap if gap <= _LONGEST_GUESS else _WITHOUT_END
        session.said["end"] = later(session.said["start"], lasts)
        notes.warn(
            session.place,
            say(
                "The file does not say when this ends; %(end)s was taken. Correct it afterwards.",
                end=session.said["end"][11:16],
            ),
        )


def _code(session: Translated, found: Found, title: str, codes: set[str], notes: Findings) -> str:
    """Return a short code of our kind: the schedule's own where it is one and is free."""
    given = words(_first(session, "id", found.said, _IDS)).strip()
    if _CODE.fullmatch(given) and len(given) <= LONGEST_CODE and given not in codes:
        code = given
    else:
        code = code_for(given or title, taken=codes)
        if given in codes:
            notes.warn(
                session.fields["id"],
                say(
                    "“%(given)s” stands here twice; the second is known as “%(code)s”.",
                    given=given,
                    code=code,
                ),
            )
    codes.add(code)
    return code


def _first(
    session: Translated, field_name: str, said: Mapping[str, Any], names: Iterable[str]
) -> Any:
    """Return the first of these that the schedule says, and remember where it stood."""
    for name in names:
        if said.get(name) not in (None, "", [], {}):
            session.fields[field_name] = (*session.place, name)
            return said[name]
    return None


def _by_id(whole: Mapping[str, Any], lists: Iterable[str]) -> Mapping[str, Any]:
    """Return what a list of rooms, tracks or people has, by the ids that sessions say."""
    found: dict[str, Any] = {}
    for name in lists:
        items = whole.get(name)
        for item in items if isinstance(items, list) else ():
            if isinstance(item, dict):
                found |= {
                    str(item[key]): item for key in ("id", "code", "slug", "guid") if item.get(key)
                }
    return found


def _named(given: Any, named: Mapping[str, Any]) -> str:
    items = given if isinstance(given, list) else [given]
    said = (
        words(named.get(str(item), item) if isinstance(item, str | int) else item) for item in items
    )
    return ", ".join(filter(None, said))


def _people(given: Any, named: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return who holds it. E-mail addresses stay behind: nobody gave them to us."""
    people: list[dict[str, str]] = []
    items = given if isinstance(given, list) else [given]
    for each in items:
        item = named.get(str(each), each) if isinstance(each, str | int) else each
        name = _short(line(words(item)))
        if not name:
            continue
        more = item if isinstance(item, dict) else {}
        people.append(
            {
                "name": name,
                **_something(
                    affiliation=_short(
                        line(words(more.get("affiliation") or more.get("organization")))
                    ),
                    about=prose(words(more.get("biography") or more.get("bio"))),
                ),
            }
        )
    return people


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_LABEL else text[: LONGEST_LABEL - 1].rstrip() + "…"


def _something(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, "", [], {})}
