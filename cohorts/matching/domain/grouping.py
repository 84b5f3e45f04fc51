"""What a coordinator asks for when whole teams are brought together."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum, auto
from typing import Any, Self


class GroupingKind(StrEnum):
    """What teams are brought together for."""

    TABLES = auto()
    PARTNERS = auto()


class Start(StrEnum):
    """From what a search sets out."""

    ANEW = auto()
    """From nothing; who met in a published round meets others."""
    NEAR = auto()
    """From the draft: everyone stays there as far as possible."""
    MEND = auto()
    """From what is published last: everyone stays there as far as possible."""


@dataclass(frozen=True, kw_only=True)
class Terms:
    """From what to set out, how many teams a table has, and whether partners differ in state."""

    start: Start = Start.ANEW
    smallest: int = 4
    largest: int = 6
    other_state: bool = False

    def as_kept(self) -> dict[str, Any]:
        """Return what is kept of them."""
        return {
            "start": self.start.value,
            "smallest": self.smallest,
            "largest": self.largest,
            "other_state": self.other_state,
        }

    @classmethod
    def kept(cls, said: Mapping[str, Any]) -> Self:
        """Return what ``as_kept`` wrote."""
        return cls(**{**said, "start": Start(said["start"])})
