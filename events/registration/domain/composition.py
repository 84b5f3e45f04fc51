"""Whether a team brings the people an institute asks for: what is there, what is missing, why."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum, auto

from consortium.people.domain import Side
from consortium.words import Sentence
from events.institutes.domain import Strength

COUNTS = frozenset({Strength.REQUIRED, Strength.EXPECTED, Strength.IDEAL, Strength.IF_APPLICABLE})
HARD = COUNTS - {Strength.IDEAL}


class LineState(StrEnum):
    """How one role stands in a team."""

    FILLED = auto()
    MISSING = auto()
    TO_BE_ASKED = auto()
    TOO_MANY = auto()
    NOT_ADMITTED = auto()
    WAIVED = auto()
    WELCOME = auto()
    NOT_APPLICABLE = auto()


UNSETTLED = frozenset(
    {LineState.MISSING, LineState.TO_BE_ASKED, LineState.TOO_MANY, LineState.NOT_ADMITTED}
)


@dataclass(frozen=True, kw_only=True)
class Member:
    """Someone named for a team, and every role that person fills; the first is the main one."""

    name: str
    role_codes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class TeamDraft:
    """A team as far as the role rules ask."""

    state: str
    members: tuple[Member, ...] = ()
    kept: int = 0
    """Seats kept for people who are not named yet: they take room and fill no role."""
    waivers: Mapping[str, str] = field(default_factory=dict)
    """Role code to the reason for which the team is excused."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """What is wanted of one role, who fills it, how it stands, and why."""

    code: str
    label: str
    side: Side
    min: int
    max: int | None
    people: tuple[str, ...]
    state: LineState
    why: Sentence
    strength: Strength
    waiver: str = ""
    """The reason for which a team may be excused; empty where there is none."""
    warning: str = ""
    """The host's caution about this role, when it is due."""

    @property
    def unsettled(self) -> bool:
        """Whether something is left to do for this role before the team is complete."""
        return self.state in UNSETTLED

    @property
    def blocks(self) -> bool:
        """Whether a strict gate stops a team for this line."""
        if self.state is LineState.MISSING:
            return self.strength in HARD
        return self.state in {LineState.TO_BE_ASKED, LineState.TOO_MANY}


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What the role rules say about a team: always the same plain list."""

    complete: bool | None
    """None where the institute is open and completeness is not a question."""
    missing: tuple[str, ...]
    lines: tuple[Line, ...]
    people: int
    sides: tuple[tuple[Side, int], ...]
    """How many people sit on each side, for the parity view."""
    size: Sentence | None = None
    """What is wrong with the number of people, if anything."""
    refusals: tuple[Sentence, ...] = ()
    """Why the team cannot be submitted as it stands; empty when it can."""

    @property
    def waived(self) -> tuple[str, ...]:
        """The roles the team need not bring."""
        return tuple(line.code for line in self.lines if line.state is LineState.WAIVED)
