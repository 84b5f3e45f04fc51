"""A programme as it is printed: plain values that page and paper are made of."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from events.schedule.domain import PlannedSession, Programme


@dataclass(frozen=True, kw_only=True)
class Place:
    """A venue or a room as the paper explains it."""

    name: str
    lines: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Speaker:
    """Someone who holds sessions, and which."""

    name: str
    affiliation: str
    titles: tuple[str, ...]


def speakers_of(
    sessions: Iterable[PlannedSession], affiliations: Mapping[str, str]
) -> Sequence[Speaker]:
    """Return who holds sessions, by name, with the titles in order of time; cancelled ones not."""
    found: dict[str, list[str]] = {}
    for session in sessions:
        for name in () if session.cancelled else session.people:
            titles = found.setdefault(name, [])
            if session.title not in titles:
                titles.append(session.title)
    return [
        Speaker(name=name, affiliation=affiliations.get(name, ""), titles=tuple(found[name]))
        for name in sorted(found, key=str.casefold)
    ]


def from_a_to_z(programme: Programme) -> Sequence[PlannedSession]:
    """Return the sessions by title; what is repeated stands once for each time."""
    sessions = (*programme.sessions, *programme.undated)
    return sorted(sessions, key=lambda session: session.title.casefold())
