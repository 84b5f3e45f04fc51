"""A programme as a value: what a file says, once it is known to make sense."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from events.institutes.domain import Admission, Due, RoleRule
from events.institutes.domain.sections import DayPlan, HostLine, StrandLine
from events.institutes.domain.terms import PaymentTerms
from events.programmes.domain.faults import Fault
from events.programmes.domain.registering import Registration
from events.programmes.domain.whereabouts import Whereabouts
from events.questions.domain import QuestionRule
from events.schedule.domain import SessionSpec
from events.schedule.domain.ranking import RankedSpec


@dataclass(frozen=True, kw_only=True)
class Programme:
    """Everything a programme file says, in the words of the field."""

    title: str
    slug: str = ""
    """The address the file asks for; empty: one is made from the title."""
    kind: str = "institute"
    time_zone: str
    venue: str = ""
    summary: str = ""
    registrant: str = ""
    hosts: tuple[HostLine, ...] = ()
    days: tuple[DayPlan, ...] = ()
    """In order of date."""
    admission: Admission | None = None
    """``None``: the file does not say; the consortium's own states are meant."""
    unit_types: tuple[str, ...] = ()
    gate: str = "ideal"
    min_people: int = 1
    max_people: int | None = None
    roles: tuple[RoleRule, ...] = ()
    fees: Mapping[str, Any] = field(default_factory=dict)
    """In the file's own shape."""
    payment_methods: tuple[str, ...] = ()
    payment_terms: PaymentTerms | None = None
    """``None``: the file does not speak of them, and they stay."""
    deadlines: tuple[Due, ...] = ()
    places: Mapping[str, int] = field(default_factory=dict)
    """How many places there are of each kind that is limited: people, teams, visitor_seats."""
    waitlist: str = ""
    registration: Registration | None = None
    """``None``: the file does not speak of it; an institute keeps what is set there."""
    strands: tuple[StrandLine, ...] | None = None
    """``None``: the file does not speak of them, and they stay."""
    questions: tuple[QuestionRule, ...] | None = None
    """``None``: the file does not speak of them, and they stay."""
    ranked_rounds: tuple[RankedSpec, ...] | None = None
    """``None``: the file does not speak of them, and they stay."""
    whereabouts: Whereabouts = field(default_factory=Whereabouts)
    sessions: tuple[SessionSpec, ...] = ()
    """Items of the programme, then meetings of the cohort."""
    schedule_only: bool = field(default=False, compare=False)
    """Whether the file is a mere schedule: how teams come, what they pay and for whom sessions
    are stays as it is, or begins as is usual."""
    extras: Mapping[str, Any] = field(default_factory=dict)
    """What the file says beyond this, under its own names; kept so that nothing is lost."""


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A programme that can be loaded, and what in its file is probably not meant."""

    programme: Programme
    warnings: tuple[Fault, ...] = ()
