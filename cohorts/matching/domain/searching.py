"""What a coordinator can ask the matching for."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum, auto
from typing import Any, Self
from uuid import UUID

MOST_EACH = 5
EACH = 3
"""How many peers a person gets at most, unless a coordinator says otherwise."""


class SearchKind(StrEnum):
    """What a search is for."""

    WHOLE = auto()
    """New peers for everyone, as a draft."""
    AGAIN = auto()
    """The draft once more with what changed: locks, people; everything else stays."""
    LATE = auto()
    """Peers for people who agreed after a run was published; its pairs stay."""
    WHAT_IF = auto()
    """What other rules would change; nothing is kept of it but figures."""


DRAFTING = (SearchKind.WHOLE, SearchKind.AGAIN, SearchKind.LATE)
"""Searches that end in a draft."""


class SearchState(StrEnum):
    """How far a search is."""

    WAITING = auto()
    RUNNING = auto()
    DONE = auto()
    FAILED = auto()


OPEN = (SearchState.WAITING, SearchState.RUNNING)


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What is searched for, and by which rules other than the consortium's."""

    kind: SearchKind = SearchKind.WHOLE
    each: int = EACH
    weights: Mapping[str, Any] | None = None
    """As a file states them, in place of the consortium's: only to see what would change."""
    only_close_roles: bool = False
    """Only the same and related roles may meet."""
    needs_common_ground: bool = False
    """A shared goal or help is needed, the role alone is no reason."""
    other_states: bool = False
    """Only people of different states may meet."""
    other: UUID | None = None
    """The institute whose people these are matched with, in a round between two."""
    own_group: str = ""
    """The group of the institute that takes part; empty: everyone."""
    other_group: str = ""

    def __post_init__(self) -> None:
        if self.each < 1:
            raise ValueError(f"everyone needs at least one place for a peer, not {self.each}")

    def as_kept(self) -> dict[str, Any]:
        """Return what is kept of it beside its kind."""
        return {
            "each": self.each,
            "weights": dict(self.weights) if self.weights is not None else None,
            "only_close_roles": self.only_close_roles,
            "needs_common_ground": self.needs_common_ground,
            "other_states": self.other_states,
            "other": str(self.other) if self.other else None,
            "own_group": self.own_group,
            "other_group": self.other_group,
        }

    @classmethod
    def kept(cls, kind: SearchKind, kept: Mapping[str, Any]) -> Self:
        """Return the wish that was kept."""
        other = kept.get("other")
        return cls(kind=kind, **{**kept, "other": UUID(other) if other else None})
