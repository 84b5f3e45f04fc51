"""Venues, rooms and presenters as a programme names them, and how a file's meet an institute's."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any, TypeVar

from events.schedule.domain import PresenterSpec, RoomSpec, SessionSpec, VenueSpec, key_of

VENUES, ROOMS, PRESENTERS = "venues", "rooms", "presenters"
PEOPLE = ("presenters", "facilitators")
"""Fields of a session that name people."""
Spec = TypeVar("Spec", bound=VenueSpec | RoomSpec | PresenterSpec)


@dataclass(frozen=True, kw_only=True)
class Whereabouts:
    """Where sessions are held and who holds them; sessions use the very names that stand here."""

    venues: tuple[VenueSpec, ...] = ()
    """Houses beside the programme's own ``venue``."""
    rooms: tuple[RoomSpec, ...] = ()
    presenters: tuple[PresenterSpec, ...] = ()
    listed: frozenset[str] = field(default=frozenset(), compare=False)
    """Which of the three a file lists: what its list lacks goes, if no session needs it."""
    described: Mapping[str, frozenset[str]] = field(default_factory=dict, compare=False)
    """By list, the keys of those that a file says more of than sessions do."""


class Known(dict[str, Spec]):
    """Venues, rooms or presenters by their keys, in order; a session may bring a new one."""

    def __init__(self, specs: Iterable[Spec], make: Callable[..., Spec]) -> None:
        super().__init__((key_of(spec.name), spec) for spec in specs)
        self._make = make

    def named(self, name: str) -> Spec:
        """Return what has the name, however it is spelled; a new name makes a new one."""
        key = key_of(name)
        if key not in self:
            self[key] = self._make(name=tidy(name))
        return self[key]


def tidy(name: str) -> str:
    """Return a name with single spaces, as rows keep it."""
    return " ".join(name.split())


def joined(
    said: Whereabouts, there: Whereabouts, *, needed: Mapping[str, Collection[str]]
) -> Whereabouts:
    """Return what an institute has once a file is loaded that says ``said``.

    What the file only names stays as it is ``there``, and is spelled as there. What its lists lack
    goes, but for what is ``needed``: by list the names in sessions that stay and are none of the
    file's.
    """
    return replace(
        said,
        venues=_joined(VENUES, said, there, needed),
        rooms=_joined(ROOMS, said, there, needed),
        presenters=_joined(PRESENTERS, said, there, needed),
    )


def respelled(spec: SessionSpec, known: Whereabouts) -> SessionSpec:
    """Return the session with each name as it is spelled in ``known``, in its room's venue."""
    rooms = {key_of(room.name): room for room in known.rooms}
    return respell(spec, _names(known.venues), rooms, _names(known.presenters))


def respell(
    spec: SessionSpec,
    venues: Mapping[str, str],
    rooms: Mapping[str, RoomSpec],
    people: Mapping[str, str],
) -> SessionSpec:
    """Return the session with the names that these keys stand for."""
    room = rooms.get(key_of(spec.room))
    names: dict[str, Any] = {
        name: tuple(dict.fromkeys(people[key_of(one)] for one in getattr(spec, name)))
        for name in PEOPLE
    }
    return replace(
        spec,
        room=room.name if room else "",
        venue=room.venue if room else venues.get(key_of(spec.venue), ""),
        **names,
    )


def _names(specs: Iterable[Any]) -> dict[str, str]:
    return {key_of(spec.name): spec.name for spec in specs}


def _joined(
    name: str, said: Whereabouts, there: Whereabouts, needed: Mapping[str, Collection[str]]
) -> tuple[Any, ...]:
    now = {key_of(spec.name): spec for spec in getattr(said, name)}
    was = {key_of(spec.name): spec for spec in getattr(there, name)}
    kept = {key_of(one) for one in needed.get(name, ())} if name in said.listed else was.keys()
    told = said.described.get(name, frozenset())
    first, then = (now, was) if name in said.listed else (was, now)
    return tuple(
        _merged(now.get(key), was.get(key), told=key in told)
        for key in dict.fromkeys((*first, *then))
        if key in now or key in kept
    )


def _merged(now: Any, was: Any, *, told: bool) -> Any:
    """Return what is known once both are: the file's word counts where it describes."""
    if now is None or was is None:
        return now or was
    if told:
        return now
    more = {part.name: getattr(now, part.name) or getattr(was, part.name) for part in fields(was)}
    return replace(was, **{**more, "name": was.name})
