"""What an institute asks of those who come: values and small rules, without a database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum, auto
from zoneinfo import ZoneInfo

from consortium.people.domain import Side

COHORT_KINDS = frozenset({"cohort"})
VISITOR_ROLES = frozenset({"visitor", "observer", "guest"})
# Deadlines after which a team, or a visitor, can no longer register by itself.
TEAM_CLOSING = (
    "register_by",
    "registration_closes",
    "rsvp_by",
    "apply_by",
    "join_by",
    "sign_up_by",
)
APPLY_CLOSING = ("apply_by", *TEAM_CLOSING)
"""Deadlines that end applying, and the pledges of leaders, where teams apply."""
VISITOR_CLOSING = ("visitors_by", *TEAM_CLOSING)


class Status(StrEnum):
    """Where an institute stands between its first draft and its end."""

    DRAFT = auto()
    PUBLISHED = auto()
    CANCELLED = auto()


class Intake(StrEnum):
    """How teams come in.

    OPEN: whoever is admitted registers. APPLICATION: teams apply, both sides' leaders pledge, the
    host selects. INVITATION: only LEAs that the host has invited.
    """

    OPEN = auto()
    APPLICATION = auto()
    INVITATION = auto()


class JointActKind(StrEnum):
    """An act that a host may ask the leads of both sides to agree on."""

    SUBMIT = auto()
    ACCEPT_SHARE = auto()
    SUBSTITUTE = auto()


REMINDER_DAYS: Mapping[str, tuple[int, ...]] = {
    "submit": (),  # leads of drafts that lie still are reminded of them as it is
    "complete": (14, 7, 2),
    "confirm": (14, 7, 2),
    "answer": (7, 2),
    "choose": (7, 2),
}
"""Days before its deadline on which each kind of reminder goes out, unless the host says else."""


class Strength(StrEnum):
    """How strongly a role is asked for."""

    REQUIRED = auto()
    EXPECTED = auto()
    IDEAL = auto()
    IF_APPLICABLE = auto()
    ENCOURAGED = auto()
    INVITED = auto()
    OPTIONAL = auto()
    EXTRA_FEE = auto()
    NOT_ADMITTED = auto()


class Gate(StrEnum):
    """What happens to a team that lacks a role.

    STRICT: it cannot be submitted. IDEAL: it is saved as incomplete. OPEN: nobody is asked
    for; completeness is not a question.
    """

    STRICT = auto()
    IDEAL = auto()
    OPEN = auto()


def gate_of(text: str) -> Gate:
    """Return the gate that a programme file's own words describe.

    Words that say hard, strict, required or blocking make a strict gate (``not_blocking`` does
    not), words that begin with open or none an open one, everything else an ideal one.
    """
    said = text.lower().replace("_", " ")
    if said.startswith(("open", "none")):
        return Gate.OPEN
    if "not blocking" in said or said.startswith(("ideal", "expected")):
        return Gate.IDEAL
    if any(word in said for word in ("hard", "strict", "required", "blocking")):
        return Gate.STRICT
    return Gate.IDEAL


@dataclass(frozen=True, kw_only=True)
class RoleRule:
    """What an institute asks of one role."""

    code: str
    label: str
    side: Side
    strength: Strength
    min: int = 0
    max: int | None = None
    waiver: str = ""
    """The reason for which a team may be excused; empty when there is none."""
    warning: str = ""
    applies_to: tuple[str, ...] = ()
    """States it is asked of; empty means all."""

    def applies_in(self, state: str) -> bool:
        """Tell whether teams of this state are asked for the role."""
        return not self.applies_to or state in self.applies_to

    @property
    def for_visitors(self) -> bool:
        """Whether the role is a visitor's, who comes without a team and a role check."""
        return self.code in VISITOR_ROLES


@dataclass(frozen=True, kw_only=True)
class TeamTerms:
    """What makes a team complete at one institute."""

    gate: Gate
    min_people: int
    max_people: int | None
    roles: tuple[RoleRule, ...]


class AdmittedAs(StrEnum):
    """On what ground a state's teams may come."""

    HOME = auto()
    GUEST = auto()
    BY_REQUEST = auto()
    NOT = auto()


@dataclass(frozen=True, kw_only=True)
class Admission:
    """Which states may send people.

    ``home`` and ``guests`` hold USPS codes, or ``foreign:ZA`` (ISO 3166) for other countries.
    """

    home: frozenset[str] = frozenset()
    everywhere: bool = False
    """Home is every state but ``excluded``."""
    excluded: frozenset[str] = frozenset()
    guests: frozenset[str] = frozenset()
    by_request: bool = False
    """States not named may come when the host agrees."""
    others_note: str = ""
    """The host's own words about other states."""

    def of(self, state: str) -> AdmittedAs:
        """Return on what ground ``state`` is admitted."""
        if state in self.excluded:
            return AdmittedAs.NOT
        if state in self.home or (self.everywhere and not state.startswith("foreign:")):
            return AdmittedAs.HOME
        if state in self.guests:
            return AdmittedAs.GUEST
        return AdmittedAs.BY_REQUEST if self.by_request else AdmittedAs.NOT


@dataclass(frozen=True, kw_only=True)
class Due:
    """A deadline as it was set: a wall time in the institute's zone, or a whole day."""

    code: str
    what: str
    on: date
    at: time | None = None
    """None: the whole day counts."""

    def passes_at(self, zone: ZoneInfo) -> datetime:
        """Return the first aware moment that is too late.

        A time such as 23:59 includes its whole minute; a bare date includes its whole day.
        """
        if self.at is None:
            return datetime.combine(self.on + timedelta(days=1), time(), tzinfo=zone)
        wall = datetime.combine(self.on, self.at).replace(second=0, microsecond=0)
        return (wall + timedelta(minutes=1)).replace(tzinfo=zone)


def closing(deadlines: Iterable[Due], codes: tuple[str, ...] = TEAM_CLOSING) -> Due | None:
    """Return the deadline that ends registration: the first of ``codes`` that is set."""
    by_code = {due.code: due for due in deadlines}
    return next((by_code[code] for code in codes if code in by_code), None)
