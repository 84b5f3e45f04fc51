"""Find what is in a schedule, however deep its days, rooms and tracks put it.

Three shapes are common: one list of sessions, each with its room and track; the schedule.json of
frab and pretalx, with lists by day and room; and lists of sessions, rooms and speakers that refer
to each other by ids.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from events.programmes.domain.faults import Place

_SESSIONS = ("sessions", "talks", "events", "items")
_ROUND_ABOUT = {"days": "day", "rooms": "room", "stages": "room", "tracks": "track"}
_OWN = ("timezone", "roles", "days", "states_admitted", "cohort_meetings")
"""What makes a file one of ours."""
_LANGUAGE = re.compile(r"[a-z]{2}([-_][A-Za-z]{2,4})?", re.ASCII)
_NAMES = (
    "name", "title", "public_name", "full_name", "fullName", "display_name", "label", "en",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Found:
    """One session of a schedule, with what stands round about it."""

    place: Place
    said: Mapping[str, Any]
    day: Any = None
    dawn: Any = None
    """When that day begins: what is earlier by the clock is after midnight."""
    room: Any = None
    track: Any = None


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """A schedule as it was found."""

    whole: Mapping[str, Any]
    about: Mapping[str, Any]
    """What it says of the conference itself."""
    place: Place
    """Where that stands."""
    sessions: tuple[Found, ...] = field(default=())


def is_conference(raw: Mapping[str, Any]) -> bool:
    """Tell whether the file is a conference's schedule and not a programme file."""
    if "title" in raw and any(name in raw for name in _OWN):
        return False
    if "conference" in raw or "schedule" in raw:
        return True
    return isinstance(raw.get("sessions"), list) and any(
        name in raw for name in ("speakers", "event", "name")
    )


def found_in(raw: Mapping[str, Any]) -> Schedule:
    """Return the sessions of a schedule, and where it speaks of the conference."""
    whole: dict[str, Any] = dict(raw)
    place: Place = ()
    inside = raw.get("schedule")
    if isinstance(inside, dict):
        whole, place = {**raw, **inside}, ("schedule",)
    elif isinstance(inside, list):
        whole = {**raw, "sessions": inside}
    about, at = whole, place
    for name in ("conference", "event"):
        if isinstance(whole.get(name), dict):
            about, at = whole[name], (*place, name)
            break
    start = Found(place=(), said={})
    sessions = tuple(_walk(raw, start))
    if isinstance(inside, list):
        sessions += tuple(_list(inside, replace(start, place=("schedule",))))
    return Schedule(whole={**whole, **about}, about=about, place=at, sessions=sessions)


def words(value: Any) -> str:
    """Return the words for something that is named plainly, or by an object with its name."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list):
        return ", ".join(filter(None, map(words, value)))
    if isinstance(value, dict):
        named = next((value[name] for name in _NAMES if value.get(name)), _in_any_language(value))
        both = (words(value.get("first_name")), words(value.get("last_name")))
        return words(named) or " ".join(filter(None, both))
    return ""


def _in_any_language(value: Mapping[str, Any]) -> Any:
    """Return the first of the same words in several languages, such as ``{"de": …, "fr": …}``."""
    if all(_LANGUAGE.fullmatch(name) for name in value):
        return next(filter(None, value.values()), None)
    return None


def _walk(node: Mapping[str, Any], at: Found) -> Iterator[Found]:
    """Go through days, rooms and tracks; what they are called is known of what is in them."""
    for name in _SESSIONS:
        if isinstance(node.get(name), list):
            yield from _list(node[name], replace(at, place=(*at.place, name)))
    for name in ("schedule", "conference"):
        if isinstance(node.get(name), dict):
            yield from _walk(node[name], replace(at, place=(*at.place, name)))
    for name, kind in _ROUND_ABOUT.items():
        for key, called, inner in _parts(node.get(name)):
            below = replace(at, place=(*at.place, name, key), **{kind: called})
            if kind == "day" and isinstance(inner, dict):
                below = replace(below, dawn=inner.get("day_start"))
            yield from _list(inner, below) if isinstance(inner, list) else _walk(inner, below)


def _parts(node: Any) -> Iterator[tuple[str | int, Any, Any]]:
    """Return the days, rooms or tracks of a list, or of an object that names them."""
    if isinstance(node, list):
        for n, inner in enumerate(node):
            if isinstance(inner, dict):
                yield n, inner.get("date") or inner, inner
    elif isinstance(node, dict):
        for key, inner in node.items():
            if isinstance(inner, list | dict):
                yield key, key, inner


def _list(items: list[Any], at: Found) -> Iterator[Found]:
    for n, item in enumerate(items):
        said = item if isinstance(item, dict) else {}
        yield replace(at, place=(*at.place, n), said=said)
