"""One pair in plain Python: whether the rules allow it, and the nine terms of its weight."""

from collections.abc import Iterator
from enum import StrEnum, auto
from typing import NamedTuple

from cohorts.matching.engine.people import Person
from cohorts.matching.engine.weights import Weights

SIMILAR_BANDS = 2


class Terms(NamedTuple):
    """What a pair's weight is made of."""

    role: int
    goals: int
    help: int
    size: int
    locale: int
    poverty: int
    state: int
    avail: int
    lang: int

    @property
    def total(self) -> int:
        """The weight."""
        return sum(self)


class Bar(StrEnum):
    """Why two people may not be matched."""

    CONSENT = auto()
    LEA = auto()
    NEVER = auto()
    ROLES = auto()
    LANGUAGE = auto()
    SLOT = auto()
    REASON = auto()


def bar(one: Person, other: Person, weights: Weights) -> Bar | None:
    """Return the first rule that forbids the pair, ``None`` where all allow it."""
    return next(iter(bars(one, other, weights)), None)


def bars(one: Person, other: Person, weights: Weights) -> tuple[Bar, ...]:
    """Return every rule that forbids the pair.

    Rules R2, R3, R5 and R6 of the contract: both consent, different LEAs, neither lists the other
    as past or blocked, an allowed pair of roles, a common language, a common slot, and a shared
    goal or something that one asks and the other offers.
    """
    broken = {
        Bar.CONSENT: not (one.consents and other.consents),
        Bar.LEA: one.lea == other.lea,
        Bar.NEVER: other.id in one.never or one.id in other.never,
        Bar.ROLES: weights.role(one.role, other.role) is None,
        Bar.LANGUAGE: one.languages.isdisjoint(other.languages),
        Bar.SLOT: one.slots.isdisjoint(other.slots),
        Bar.REASON: _without_reason(one, other) and not weights.enough(one.role, other.role),
    }
    return tuple(bar for bar, breaks in broken.items() if breaks)


def _without_reason(one: Person, other: Person) -> bool:
    shared = not set(one.goals).isdisjoint(other.goals)
    return not (shared or one.offers & other.asks or other.offers & one.asks)


def terms_of(one: Person, other: Person, weights: Weights) -> Terms:
    """Return the nine terms of a pair whose roles may meet."""
    gives = min(len(one.offers & other.asks), weights.help_cap)
    gets = min(len(other.offers & one.asks), weights.help_cap)
    helped = weights.help_unit * (gives + gets)
    return Terms(
        role=weights.role(one.role, other.role) or 0,
        goals=_goals(one, other, weights),
        help=helped + (weights.help_both if gives and gets else 0),
        size=_size(one, other, weights),
        locale=_locale(one, other, weights),
        poverty=_poverty(one, other, weights),
        state=weights.state_differs if one.state != other.state else 0,
        avail=weights.availability_unit
        * min(len(one.slots & other.slots), weights.availability_cap),
        lang=_language(one, other, weights),
    )


def _goals(one: Person, other: Person, weights: Weights) -> int:
    ranks = {goal: rank for rank, goal in enumerate(other.goals)}
    shared = (
        weights.goal_value(rank) * weights.goal_value(ranks[goal])
        for rank, goal in enumerate(one.goals)
        if goal in ranks
    )
    return weights.goal_unit * sum(shared)


def _size(one: Person, other: Person, weights: Weights) -> int:
    apart = bands_apart(one, other, weights)
    return 0 if apart is None else weights.size_unit * max(0, weights.size_span - apart)


def bands_apart(one: Person, other: Person, weights: Weights) -> int | None:
    """Return how many size bands lie between the two LEAs, ``None`` when one is not known."""
    mine, theirs = weights.band(one.enrollment), weights.band(other.enrollment)
    return None if mine is None or theirs is None else abs(mine - theirs)


def _locale(one: Person, other: Person, weights: Weights) -> int:
    if not one.locale or one.locale[:1] != other.locale[:1]:
        return 0
    return weights.locale_major + (weights.locale_full if one.locale == other.locale else 0)


def _poverty(one: Person, other: Person, weights: Weights) -> int:
    if one.poverty is None or other.poverty is None:
        return 0
    apart = abs(one.poverty - other.poverty)
    return max(0, weights.poverty_max - weights.poverty_slope * apart)


def _language(one: Person, other: Person, weights: Weights) -> int:
    others = (one.languages & other.languages) - {weights.main_language}
    return weights.second_language if others else 0


def tokens(one: Person, other: Person, weights: Weights) -> Iterator[str]:
    """Give the reasons of a match as the contract writes them; ``one`` is participant_a."""
    theirs = set(other.goals)
    yield from (f"goal:{goal}" for goal in one.goals if goal in theirs)
    yield from (f"a_helps_b:{topic}" for topic in sorted(one.offers & other.asks))
    yield from (f"b_helps_a:{topic}" for topic in sorted(other.offers & one.asks))
    if one.role == other.role:
        yield "role:same"
    elif weights.related(one.role, other.role):
        yield "role:related"
    if one.locale and one.locale[:1] == other.locale[:1]:
        yield "locale:same"
    apart = bands_apart(one, other, weights)
    if apart is not None and apart <= SIMILAR_BANDS:
        yield "size:similar"
    if one.state != other.state:
        yield "state:other"
    yield from (f"language:{code}" for code in sorted(one.languages & other.languages))
    yield f"slots:{len(one.slots & other.slots)}"
