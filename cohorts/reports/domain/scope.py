"""What a report is asked for: which one, of which days, of which grant or states."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum, auto
from uuid import UUID

from consortium.errors import Refusal
from consortium.words import Sentence, say

LONGEST_DAYS = 366 * 10
"""Ten years: what is longer is a slip of the finger."""


class ReportRefused(Refusal):
    """A report, or its publication, is refused; the sentence says what to ask instead."""


class ReportKind(StrEnum):
    """The reports there are."""

    FUNDER = auto()
    YEAR = auto()
    REACH = auto()
    TEAMS = auto()
    RETENTION = auto()
    ATTENDANCE = auto()
    CREDIT = auto()
    PLANS = auto()
    SURVEYS = auto()
    PEERS = auto()
    MONEY = auto()
    STRUCTURES = auto()


TITLES: Mapping[ReportKind, Sentence] = {
    ReportKind.FUNDER: say("Report to the funder"),
    ReportKind.YEAR: say("Year report"),
    ReportKind.REACH: say("Reach: LEAs and people"),
    ReportKind.TEAMS: say("Teams, complete and incomplete"),
    ReportKind.RETENTION: say("Who comes again"),
    ReportKind.ATTENDANCE: say("Attendance and hours"),
    ReportKind.CREDIT: say("Credit given"),
    ReportKind.PLANS: say("Plans and goals"),
    ReportKind.SURVEYS: say("What surveys say"),
    ReportKind.PEERS: say("Peers and partner teams"),
    ReportKind.MONEY: say("Fees and payers"),
    ReportKind.STRUCTURES: say("Lasting structures and risk"),
}
ABOUT: Mapping[ReportKind, Sentence] = {
    ReportKind.FUNDER: say(
        "One grant, one period: people by state, side and role, teams, hours, goals, surveys, "
        "stories, match."
    ),
    ReportKind.YEAR: say("A state's year at a glance: everything but the money."),
    ReportKind.REACH: say("LEAs, teams and people by state, side and role; new and returning."),
    ReportKind.TEAMS: say("Complete and incomplete teams with people by state, side and role."),
    ReportKind.RETENTION: say("LEAs and people of one school year who are back in the next."),
    ReportKind.ATTENDANCE: say("People who came and their hours, by state, side and institute."),
    ReportKind.CREDIT: say("Credit on certificates, by kind."),
    ReportKind.PLANS: say("Plans, signatures, goals set, measured, progressed and reached."),
    ReportKind.SURVEYS: say("Means of each scale before and after."),
    ReportKind.PEERS: say("Rounds, pairs, and how many people have a peer."),
    ReportKind.MONEY: say("Billed, received, waived and open; who pays."),
    ReportKind.STRUCTURES: say("Standing meetings, how often they met, partnerships at risk."),
}


@dataclass(frozen=True, kw_only=True)
class Period:
    """From a day to a day; both count."""

    first: date
    last: date

    def __post_init__(self) -> None:
        """Refuse a period that ends before it begins, or that nobody means."""
        if self.last < self.first:
            raise ReportRefused(say("The last day lies before the first day."), field="last")
        if (self.last - self.first).days > LONGEST_DAYS:
            raise ReportRefused(say("Ask for ten years at most."), field="last")

    def meets(self, first: date | None, last: date | None) -> bool:
        """Tell whether something that lasts from ``first`` to ``last`` falls into it."""
        return first is not None and first <= self.last and (last or first) >= self.first


@dataclass(frozen=True, kw_only=True)
class Scope:
    """What a report covers."""

    kind: ReportKind
    period: Period
    grant_id: UUID | None = None
    """Its institutes alone; all of the consortium's without a grant."""
    states: tuple[str, ...] = ()
    """USPS codes; every state where there are none."""
