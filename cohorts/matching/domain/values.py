"""What peer matching takes in and gives back: plain values, no rows."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum, auto
from typing import Any

from consortium.people.domain import Side
from consortium.words import Sentence, say

# Offices close enough that the people in them can help each other.
FAMILIES: tuple[frozenset[str], ...] = tuple(
    frozenset(family.split())
    for family in (
        "superintendent cabinet central_office business_official",
        "principal central_office",
        "union_leader cert_union_leader class_union_leader admin_assoc_president",
        "teacher esp building_rep site_leader",
        "board_president board_member board_finance_chair",
        "parent community",
        "state_chief state_union_officer state_board",
    )
)


@dataclass(frozen=True, kw_only=True)
class Participant:
    """Someone at an institute, as far as finding peers is concerned."""

    id: str
    lea_id: str
    role_code: str
    side: Side
    name: str = ""
    site: str = ""
    role_label: str = ""
    goals: frozenset[str] = frozenset()
    offers: str = ""
    asks: str = ""
    enrollment: int | None = None
    locale: str = ""
    state: str = ""
    consents: bool = False
    past: frozenset[str] = frozenset()
    """Whom this person was matched with before: never again."""
    barred: frozenset[str] = frozenset()
    """Whom this person must not be matched with for another reason."""


@dataclass(frozen=True, kw_only=True)
class Weights:
    """How much each likeness counts. Whole numbers, so that two programs agree to the unit."""

    same_role: int = 150
    related_role: int = 75
    first_factor: int = 7
    """What the two above are multiplied with where the same role comes before all else."""
    same_side: int = 30
    goal: int = 40
    most_goals: int = 4
    help: int = 60
    most_help: int = 2
    """So many words of what one asks and the other offers count, each way."""
    help_both: int = 40
    size_step: int = 20
    size_span: int = 5
    locale_kind: int = 40
    locale_exact: int = 20
    other_state: int = 30


@dataclass(frozen=True, kw_only=True)
class Rules:
    """What a matching must keep, and what it prefers."""

    each: int = 3
    """Nobody gets more peers than this, nor two peers of one other unit."""
    same_lea_allowed: bool = False
    """True where the unit is the site, so that people of one LEA may meet."""
    not_same_site: bool = True
    role_first: bool = True
    families: tuple[frozenset[str], ...] = FAMILIES
    weights: Weights = field(default_factory=Weights)

    def __post_init__(self) -> None:
        if self.each < 1:
            raise ValueError(f"everyone needs at least one place for a peer, not {self.each}")

    def unit_of(self, participant: Participant) -> Hashable:
        """Return what two peers must not have in common: the LEA, or the site in it."""
        if not self.same_lea_allowed:
            return participant.lea_id
        if self.not_same_site:
            return (participant.lea_id, participant.site)
        return participant.id

    def related(self, one: str, other: str) -> bool:
        """Tell whether two role codes belong to one family."""
        return any(one in family and other in family for family in self.families)


class Reader(StrEnum):
    """Whom of a pair a reason addresses."""

    BOTH = auto()
    FIRST = auto()
    SECOND = auto()


@dataclass(frozen=True, kw_only=True)
class Reason:
    """Why two people should meet, said to one of them or to both."""

    to: Reader
    template: str
    values: Mapping[str, Any]

    @property
    def sentence(self) -> Sentence:
        """The reason as a sentence that can be translated."""
        return say(self.template, **self.values)


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What a pair's score is made of."""

    role: int
    side: int
    goals: int
    help: int
    size: int
    locale: int
    state: int

    @property
    def total(self) -> int:
        """The score; never 0, so that a possible pair is always better than none."""
        parts = (self.role, self.side, self.goals, self.help, self.size, self.locale, self.state)
        return max(1, sum(parts))


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Two people who should meet; ``first`` is the smaller id."""

    first: str
    second: str
    score: int
    terms: Terms
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, kw_only=True)
class LeftOut:
    """Someone who agreed to be matched and for whom nobody could be found, and why."""

    id: str
    why: Sentence


@dataclass(frozen=True, kw_only=True)
class Matching:
    """Everyone's peers, and those who have none."""

    pairs: tuple[Pair, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def weight(self) -> int:
        """The sum of all scores."""
        return sum(pair.score for pair in self.pairs)

    @property
    def covered(self) -> frozenset[str]:
        """Everyone who has at least one peer."""
        return frozenset(id_ for pair in self.pairs for id_ in (pair.first, pair.second))
