"""What a route's policy says: who may, and what the others are told."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum, auto

KINDS = (
    "nobody",
    "stranger",
    "lead",
    "other lead",
    "member",
    "owner",
    "coordinator",
    "finance",
    "facilitator",
    "desk",
    "viewer",
    "neighbor",  # owner and coordinator of another consortium
)


class Answer(StrEnum):
    """What kind of answer someone gets."""

    ALLOWED = auto()
    SIGN_IN = auto()
    FORBIDDEN = auto()
    MISSING = auto()


@dataclass(frozen=True, kw_only=True)
class Policy:
    """Who may, and what the others are told."""

    may: frozenset[str]
    others: Answer = Answer.FORBIDDEN
    names: Mapping[str, str] = field(default_factory=dict)
    """Which thing of the world a parameter names, where its own name does not say it."""

    sent: Mapping[str, str] = field(default_factory=dict)
    """What the form says, where a thing is named in it."""
    told_on_page: frozenset[str] = frozenset()
    """Things whose absence stands as a sentence on the page where the button was."""
    any_of: frozenset[str] = frozenset()
    """Things of which who may ask may ask for any: the rest of the address fits each."""
    looks_first: bool = False
    """Whether the thing is looked up before anything is known of who asks."""
    looks_nothing_up: bool = False
    """Whether it only leads on to another page."""
    nobody: Answer = Answer.SIGN_IN
    """What is told to who is not signed in."""

    def answer(self, kind: str, *, exists: bool = True) -> Answer:
        """Return what someone of this kind gets, for a thing that is there or not."""
        if kind in self.may:
            return Answer.ALLOWED if exists or self.looks_nothing_up else Answer.MISSING
        if kind == "nobody":
            return self.nobody
        return self.others if exists or not self.looks_first else Answer.MISSING


EVERYONE = frozenset(KINDS)
SIGNED_IN = EVERYONE - {"nobody"}
RUNS_IT = frozenset({"owner", "coordinator"})
COUNTS = RUNS_IT | {"facilitator", "finance", "viewer"}
NAMES = RUNS_IT | {"facilitator"}
