"""Places by ranked choices, as values: who asks for what, what there is, who gets which place."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Objective(StrEnum):
    """What is sought once as many people as possible have a place."""

    RANKS = "ranks"
    """Most first choices, then most second choices, and so on, to the last rank."""
    POINTS = "points"
    """Most points: ten for a first choice, nine for a second … one for a tenth."""


@dataclass(frozen=True, kw_only=True)
class Offer:
    """A session of which people can have a place."""

    id: str
    round: str = ""
    """Sessions of one round are parallel; a person has as many of them as the round allows."""
    places: int | None = None
    """How many people it takes, those with a fixed place included; ``None`` for any number."""
    content: str = ""
    """What is told in it, where that is told in other sessions too: nobody hears it twice."""


@dataclass(frozen=True, kw_only=True)
class Person:
    """Someone who ranked sessions, or who is to have a place all the same."""

    id: str
    team: str = ""
    """People of one team spread over sessions; empty for someone who comes alone."""
    wishes: Mapping[str, int] = field(default_factory=dict, hash=False)
    """Ranks by session, 1 for what the person wants most."""
    also: frozenset[str] = frozenset()
    """Sessions that the person did not rank and can be given all the same."""
    fixed: tuple[str, ...] = ()
    """Sessions in which the person has a place already, or is on duty, and keeps it."""
    pinned: frozenset[str] = frozenset()
    """Those of the fixed that the host gives now, whatever was ranked."""
    stays: frozenset[str] = frozenset()
    """Sessions that are the person's by a former draft: of what is equally good, these."""
    barred: Mapping[str, str] = field(default_factory=dict, hash=False)
    """Sessions that the person ranked and cannot have whatever is left, each with the sentence that
    says why."""
    order: tuple[str, ...] = ()
    """Everything that the person ranked, the most wanted first, where some of it is barred."""


@dataclass(frozen=True, kw_only=True)
class Question:
    """Everything that decides who gets which place. Order of people and sessions means nothing."""

    offers: tuple[Offer, ...]
    people: tuple[Person, ...]
    picks: Mapping[str, int] = field(default_factory=dict, hash=False)
    """How many sessions of a round one person has; one where it is not said."""
    apart: tuple[frozenset[str], ...] = ()
    """Sets of sessions of which a person can have one only, such as those at the same time."""


@dataclass(frozen=True, kw_only=True)
class Given:
    """One person's place in one session."""

    person: str
    session: str
    rank: int | None
    """How the person had ranked it; ``None`` for a session that the person had not ranked."""
    fixed: bool = False
    """Whether the person had it before."""


@dataclass(frozen=True, kw_only=True)
class Missed:
    """A session that someone wanted more than what the person has."""

    session: str
    position: int
    """Which choice in its round it was, 1 being the first."""
    barred: str = ""
    """Why the person could not have it whatever was left; empty where that is not so."""
    instead_of: str = ""
    """A session that the person has and that excludes it; empty where none does."""
    wanted_first: int = 0
    """How many people put it first."""
    placed: int = 0
    """How many got a new place in it by what they ranked."""
    wanted_less: int = 0
    """How many of these wanted it less."""
    before: int = 0
    """How many had their place in it before."""
    pinned: int = 0
    """How many the host put into it."""
    colleagues: int = 0
    """How many of the person's team are in it."""

    @property
    def is_full(self) -> bool:
        """Whether it was not to be had because all places are taken."""
        return not self.barred and not self.instead_of


@dataclass(frozen=True, kw_only=True)
class Allotment:
    """Who gets which place."""

    given: tuple[Given, ...]
    """By person, then by session."""
    short: tuple[tuple[str, str], ...] = ()
    """Person and round, once for each place of the round that the person does not get."""
    proven: bool = True
    """Whether nothing better is possible, the spread of teams over repeated contents left aside.
    False only where there was no time to prove it."""

    @property
    def profile(self) -> Mapping[int, int]:
        """How many places were given at each rank, beyond the fixed ones."""
        counts: dict[int, int] = {}
        for one in self.given:
            if one.rank is not None and not one.fixed:
                counts[one.rank] = counts.get(one.rank, 0) + 1
        return dict(sorted(counts.items()))

    @property
    def unasked(self) -> int:
        """How many places were given in sessions that the person had not ranked."""
        return sum(one.rank is None and not one.fixed for one in self.given)
