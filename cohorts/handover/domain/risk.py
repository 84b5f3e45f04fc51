"""Which partnerships are at risk, why, and what the host can do: rules over plain facts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum, auto
from uuid import UUID

from cohorts.structures.domain.years import days_counted
from consortium.people.domain import Side
from consortium.words import Sentence, say


class Reason(StrEnum):
    """Why a partnership is at risk."""

    VACANT = auto()
    INTERIM = auto()
    NOT_MET = auto()
    NOBODY_CAME = auto()
    UNSIGNED = auto()
    NO_DATE = auto()


REASON_WORDS: dict[Reason, Sentence] = {
    Reason.VACANT: say("A leader's office is empty"),
    Reason.INTERIM: say("A leader is interim"),
    Reason.NOT_MET: say("Its standing meetings stopped"),
    Reason.NOBODY_CAME: say("Nobody came to the last meetings"),
    Reason.UNSIGNED: say("A side has not signed the plan"),
    Reason.NO_DATE: say("No next date"),
}
TO_DO: dict[Reason, Sentence] = {
    Reason.VACANT: say(
        "Ask the other side's lead who follows, and name the successor on the page of the "
        "departure."
    ),
    Reason.INTERIM: say("Ask when the office is filled, and invite the interim leader meanwhile."),
    Reason.NOT_MET: say("Write to both leads, and offer a facilitator for the next meeting."),
    Reason.NOBODY_CAME: say("Call both leads: find out whether they want to go on."),
    Reason.UNSIGNED: say("Ask that side's lead what keeps them from signing."),
    Reason.NO_DATE: say("Ask both leads to set the date of their next meeting."),
}


@dataclass(frozen=True, kw_only=True)
class RiskRules:
    """From when on something counts as a risk; each consortium has its own numbers."""

    vacant_days: int = 30
    interim_days: int = 180
    not_met_weeks: int = 8
    missed_meetings: int = 2
    unsigned_days: int = 30


@dataclass(frozen=True, kw_only=True)
class Vacant:
    """A leader's office that nobody holds."""

    office: str
    side: Side
    since: date


@dataclass(frozen=True, kw_only=True)
class Interim:
    """Someone who leads until somebody is found for good."""

    office: str
    name: str
    since: date


@dataclass(frozen=True, kw_only=True)
class Unsigned:
    """A side that has not signed the plan which waits for it."""

    side: Side
    since: date


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is known of one partnership."""

    partnership_id: UUID
    name: str
    vacant: Sequence[Vacant] = ()
    interim: Sequence[Interim] = ()
    bodies_since: date | None = None
    """Since when it has standing meetings; none where it keeps no body that means to meet."""
    last_met: date | None = None
    """When any of them met last."""
    came: Sequence[bool] = ()
    """Whether anybody came to the cohort's meetings that are over, the last one first."""
    unsigned: Sequence[Unsigned] = ()
    next_on: date | None = None
    """The next date of a body, of the plan or of a cohort."""


@dataclass(frozen=True, kw_only=True)
class Concern:
    """One reason why a partnership is at risk."""

    reason: Reason
    about: str
    """What tells it from others of the same reason: an office's name, a side; for the record."""
    said: Sentence
    since: date | None
    days: int
    """For how long; 0 where nobody can tell."""

    @property
    def to_do(self) -> Sentence:
        """What the host can do about it."""
        return TO_DO[self.reason]

    @property
    def key(self) -> str:
        """What it is, as long as it lasts: whoever was told of it is not told again."""
        since = "" if self.since is None else self.since.isoformat()
        return f"{self.reason.value}:{self.about}:{since}"


def concerns(facts: Facts, rules: RiskRules, *, today: date) -> Sequence[Concern]:
    """Return why a partnership is at risk, the gravest first; nothing while it is well."""
    return [
        *_vacant(facts, rules, today),
        *_nobody_came(facts, rules),
        *_not_met(facts, rules, today),
        *_unsigned(facts, rules, today),
        *_interim(facts, rules, today),
        *_no_date(facts, today),
    ]


def _vacant(facts: Facts, rules: RiskRules, today: date) -> Iterator[Concern]:
    for one in facts.vacant:
        days = (today - one.since).days
        if days > rules.vacant_days:
            yield Concern(
                reason=Reason.VACANT,
                about=one.office,
                said=say(
                    "%(office)s: nobody has held this office for %(days)s days.",
                    office=one.office,
                    days=days,
                ),
                since=one.since,
                days=days,
            )


def _interim(facts: Facts, rules: RiskRules, today: date) -> Iterator[Concern]:
    for one in facts.interim:
        days = (today - one.since).days
        if days > rules.interim_days:
            yield Concern(
                reason=Reason.INTERIM,
                about=one.office,
                said=say(
                    "%(office)s: %(name)s has been interim for %(days)s days.",
                    office=one.office,
                    name=one.name,
                    days=days,
                ),
                since=one.since,
                days=days,
            )


def _not_met(facts: Facts, rules: RiskRules, today: date) -> Iterator[Concern]:
    if facts.bodies_since is None:
        return
    since = facts.last_met or facts.bodies_since
    # Summers do not count: in September every partnership would be at risk.
    weeks = days_counted(since, today, summer_off=True) // 7
    if weeks > rules.not_met_weeks:
        words = (
            say("No standing meeting for %(weeks)s weeks, summers left out.", weeks=weeks)
            if facts.last_met
            else say("Its standing meetings have not begun for %(weeks)s weeks.", weeks=weeks)
        )
        yield Concern(
            reason=Reason.NOT_MET, about="", said=words, since=since, days=(today - since).days
        )


def _nobody_came(facts: Facts, rules: RiskRules) -> Iterator[Concern]:
    last = facts.came[: rules.missed_meetings]
    if len(last) == rules.missed_meetings and not any(last):
        missed = next((n for n, came in enumerate(facts.came) if came), len(facts.came))
        said = say("Nobody of it came to the last %(meetings)s cohort meetings.", meetings=missed)
        yield Concern(reason=Reason.NOBODY_CAME, about="", said=said, since=None, days=0)


def _unsigned(facts: Facts, rules: RiskRules, today: date) -> Iterator[Concern]:
    for one in facts.unsigned:
        days = (today - one.since).days
        if days > rules.unsigned_days:
            words = (
                say("The labor side has not signed the plan for %(days)s days.", days=days)
                if one.side is Side.LABOR
                else say(
                    "The management side has not signed the plan for %(days)s days.", days=days
                )
            )
            yield Concern(
                reason=Reason.UNSIGNED,
                about=one.side.value,
                said=words,
                since=one.since,
                days=days,
            )


def _no_date(facts: Facts, today: date) -> Iterator[Concern]:
    if facts.next_on is None or facts.next_on < today:
        yield Concern(
            reason=Reason.NO_DATE,
            about="",
            said=say("Nothing is dated: no standing meeting, no plan, no cohort meeting."),
            since=None,
            days=0,
        )
