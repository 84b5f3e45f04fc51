"""A whole question to the engine and its whole answer, as values that another process can read."""

from dataclasses import dataclass

from cohorts.matching.domain.left_out import Lever, Why
from cohorts.matching.engine.people import Person
from cohorts.matching.engine.scoring import Terms
from cohorts.matching.engine.weights import Weights

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Two people who should meet; ``one`` is the smaller id."""

    one: str
    other: str
    terms: Terms
    reasons: tuple[str, ...]
    """As the contract writes them: ``goal:TAG``, ``a_helps_b:TOPIC``, …"""

    @property
    def weight(self) -> int:
        """The sum of the terms."""
        return self.terms.total


@dataclass(frozen=True, kw_only=True)
class Question:
    """Whom to match by what; with ``former`` as near as possible to what was before."""

    people: tuple[Person, ...]
    weights: Weights
    former: tuple[Pair, ...] | None = None
    pinned: tuple[Pair, ...] = ()
    accepted: tuple[Pair, ...] = ()
    """Published pairs that no change may touch."""
    newcomers: tuple[str, ...] = ()
    seconds: float = 30.0


@dataclass(frozen=True, kw_only=True)
class Alone:
    """Someone without a peer, and why."""

    id: str
    why: Why


@dataclass(frozen=True, kw_only=True)
class Served:
    """One of those served worst: how many peers, what they are worth, what would help."""

    id: str
    peers: int
    weight: int
    lever: Lever


@dataclass(frozen=True, kw_only=True)
class Answer:
    """Who should meet whom, and how good that is."""

    matches: tuple[Match, ...]
    alone: tuple[Alone, ...]
    people: int
    peers: tuple[int, ...]
    """How many people have 0, 1, 2, … peers."""
    weight: int
    bound: int | None
    """Proven: no matching of these people is worth more. ``None`` when only changes were made."""
    worst: tuple[Served, ...]
