"""Who has arrived and who is missing, counted."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from consortium.directory.domain.search import folded
from consortium.people.domain import Side


@dataclass(frozen=True, kw_only=True)
class Guest:
    """Someone expected at the institute, as its desks know the person."""

    person_id: UUID
    code: str
    """The badge's code; where there is none yet, the seat (``seat:…``)."""
    name: str
    seated_in: tuple[tuple[UUID, str], ...]
    """Each team of the person: id and name, of which several teams may have the same."""
    roles: tuple[str, ...]
    """Labels, the main one first."""
    sides: tuple[Side, ...]
    confirmed: bool
    days: frozenset[date]
    """Optional days on which the person comes too."""
    arrived: datetime | None = None
    left: datetime | None = None

    @property
    def teams(self) -> tuple[str, ...]:
        """The names of the teams, each once."""
        return tuple(dict.fromkeys(name for _, name in self.seated_in))

    @property
    def words(self) -> str:
        """What a search goes through."""
        return folded(" ".join((self.name, *self.teams)))


@dataclass(frozen=True, kw_only=True)
class Line:
    """How many of a group have arrived."""

    label: str
    arrived: int
    expected: int

    @property
    def missing(self) -> int:
        """How many have not."""
        return self.expected - self.arrived


def found_by(guests: Iterable[Guest], typed: str) -> list[Guest]:
    """Return those whose name or LEA has every typed word, or begins of words; by name."""
    words = folded(typed).split()
    if not words:
        return []
    hits = [guest for guest in guests if all(f" {word}" in f" {guest.words}" for word in words)]
    return sorted(hits, key=lambda guest: (folded(guest.name), guest.name))


def latest(guests: Iterable[Guest], most: int) -> list[Guest]:
    """Return those who arrived last, the very last first."""
    here = [(guest.arrived, str(guest.person_id), guest) for guest in guests if guest.arrived]
    return [guest for _, _, guest in sorted(here, reverse=True)[:most]]


def lines_by(
    guests: Iterable[Guest], keys: Callable[[Guest], Iterable[str]], order: Sequence[str] = ()
) -> tuple[Line, ...]:
    """Return a line for each key that guests have, in this order, then by the alphabet.

    Who has several keys counts under each.
    """
    expected: dict[str, int] = defaultdict(int)
    arrived: dict[str, int] = defaultdict(int)
    for guest in guests:
        for key in dict.fromkeys(keys(guest)):
            expected[key] += 1
            arrived[key] += guest.arrived is not None
    place = {key: n for n, key in enumerate(order)}
    ordered = sorted(expected, key=lambda key: (place.get(key, len(place)), folded(key), key))
    return tuple(Line(label=key, arrived=arrived[key], expected=expected[key]) for key in ordered)


def missing_by_team(guests: Iterable[Guest]) -> Mapping[str, tuple[Guest, ...]]:
    """Return who has not arrived, by team and name."""
    missing: dict[str, list[Guest]] = defaultdict(list)
    for guest in sorted(guests, key=lambda guest: (folded(guest.name), guest.name)):
        if guest.arrived is None:
            for team in guest.teams:
                missing[team].append(guest)
    return {team: tuple(missing[team]) for team in sorted(missing, key=folded)}
