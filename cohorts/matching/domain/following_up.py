"""When two introduced people are asked how it goes, and what hosts read of the answers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum, auto

WEEKS = {1: 2, 2: 6}
"""After how many weeks the first and the second question comes (DOMAIN.md, section 8)."""
OPEN_FOR = timedelta(weeks=2)
"""A question that could not be put in this time is not put any more."""


class Useful(StrEnum):
    """Whether the match was of use."""

    YES = auto()
    SOMEWHAT = auto()
    NO = auto()


def due_number(introduced_at: datetime, now: datetime) -> int | None:
    """Return which question is due for a pair now; ``None`` between and after the two times."""
    for number, weeks in WEEKS.items():
        begins = introduced_at + timedelta(weeks=weeks)
        if begins <= now < begins + OPEN_FOR:
            return number
    return None


@dataclass(frozen=True, kw_only=True)
class Said:
    """One answer, without whose it is."""

    talked: bool | None
    useful: Useful | None
    needs_help: bool


@dataclass(frozen=True, kw_only=True)
class Tally:
    """What hosts read of all answers: counts alone."""

    asked: int
    answered: int
    talked: int
    useful: int
    """Said yes or somewhat."""
    help: int


def tally(asked: int, answers: Iterable[Said]) -> Tally:
    """Count the answers."""
    said = list(answers)
    return Tally(
        asked=asked,
        answered=len(said),
        talked=sum(bool(one.talked) for one in said),
        useful=sum(one.useful in {Useful.YES, Useful.SOMEWHAT} for one in said),
        help=sum(one.needs_help for one in said),
    )
