"""How matches come about: found in a round or asked for, and whether both accept them first."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum, auto

from consortium.words import Sentence, say


class Source(StrEnum):
    """How a run of matches came about."""

    FOUND = auto()
    """A coordinator let the matching find them."""
    ASKED = auto()
    """One of the two asked, and the other said yes."""


class Step(StrEnum):
    """How far a published pair is, as one of the two sees it."""

    YOUR_TURN = auto()
    """This person has not accepted yet; perhaps the other has."""
    THEIR_TURN = auto()
    """This person has accepted and waits for the other."""
    INTRODUCED = auto()
    """Each sees what the other shares."""


@dataclass(frozen=True, kw_only=True)
class Accepting:
    """Who of a pair has accepted, and since when the two are introduced."""

    mine: datetime | None
    theirs: datetime | None
    introduced_at: datetime | None

    @property
    def step(self) -> Step:
        """How far the pair is; whether the other has accepted shows only once both have."""
        if self.introduced_at is not None:
            return Step.INTRODUCED
        return Step.THEIR_TURN if self.mine is not None else Step.YOUR_TURN


STEP_WORDS = {
    Step.YOUR_TURN: say("Waits for you"),
    Step.THEIR_TURN: say("You accepted; waits for the other"),
    Step.INTRODUCED: say("You both accepted"),
}


def asks_both(said: bool | None, *, cohort: bool) -> bool:  # noqa: FBT001  (a value)
    """Tell whether both accept a match before they see each other's contact.

    ``said`` is the host's own word for the institute. Without one, cohorts ask both, who will be
    together for a year; at an institute people meet anyway, and are introduced at once.
    """
    return cohort if said is None else said


def words_of(step: Step) -> Sentence:
    """Return how far a pair is, in words."""
    return STEP_WORDS[step]
