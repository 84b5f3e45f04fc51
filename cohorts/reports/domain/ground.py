"""What reports are made of: everything they count, gathered once, in plain values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from consortium.people.domain import Side


@dataclass(frozen=True, kw_only=True)
class Held:
    """An institute or cohort that the report covers."""

    id: UUID
    title: str
    is_cohort: bool
    first_day: date


@dataclass(frozen=True, kw_only=True)
class Attender:
    """Someone with a seat at one of the institutes."""

    institute_id: UUID
    person_id: UUID
    lea_id: str | None
    state: str
    role_code: str
    role: str
    side: Side
    new: bool
    minutes: int | None = None
    """How long they were there within the period; ``None`` for who did not come."""


@dataclass(frozen=True, kw_only=True)
class CameTeam:
    """A registered team, or a group of visitors without required roles."""

    institute_id: UUID
    lea_id: str | None
    site: str
    state: str
    visitors: bool
    complete: bool


@dataclass(frozen=True, kw_only=True)
class CreditGiven:
    """One kind of credit on someone's certificate."""

    person_id: UUID
    name: str
    unit: str
    amount: Decimal


@dataclass(frozen=True, kw_only=True)
class YearOf:
    """Which LEAs and people took part in one school year, of those states the report covers."""

    year: str
    leas: frozenset[str]
    people: frozenset[UUID]


@dataclass(frozen=True, kw_only=True)
class PlanLine:
    """How far one partnership is with its plan."""

    state: str
    has_plan: bool
    signed: bool
    """Whether both sides have signed the plan that stands."""
    goals: int
    student_goals: int
    measured: int
    """Goals with a value measured in the period."""
    progressed: int
    """Goals that moved the right way from their baseline."""
    reached: int


@dataclass(frozen=True, kw_only=True)
class ScaleChange:
    """One scale of one instrument, before and after; means are hidden where too few answered."""

    instrument: str
    scale: str
    before_people: int | None
    before_mean: Decimal | None
    after_people: int | None
    after_mean: Decimal | None


@dataclass(frozen=True, kw_only=True)
class PeerLine:
    """What the peer matching of one institute came to."""

    institute_id: UUID
    rounds: int
    pairs: int
    ended: int
    """Pairs that one of the two declined."""
    people: frozenset[UUID]
    """Who has a peer."""


@dataclass(frozen=True, kw_only=True)
class PayerLine:
    """What payers of one kind were billed and have paid."""

    kind: str
    billed_cents: int
    received_cents: int
    persons: int | None = None
    """How many payers, where they are persons; ``None`` for organizations."""


@dataclass(frozen=True, kw_only=True)
class InstituteMoney:
    """The figures of one institute."""

    title: str
    billed_cents: int
    received_cents: int
    refunded_cents: int
    written_off_cents: int
    open_cents: int


@dataclass(frozen=True, kw_only=True)
class GrantMoney:
    """What a funder gave and what was brought beside it."""

    awarded_cents: int
    cash_match_cents: int
    in_kind_cents: int


@dataclass(frozen=True, kw_only=True)
class BodyLine:
    """The standing bodies of one kind over all partnerships."""

    kind: str
    partnerships: int
    bodies: int
    met: int
    """Meetings held in the period."""
    planned: int | None = None
    """How many their cadence asks for; ``None`` where it says nothing."""


@dataclass(frozen=True, kw_only=True)
class RiskLine:
    """How many partnerships one sign of risk shows in."""

    sign: str
    partnerships: int


@dataclass(frozen=True, kw_only=True)
class Ground:
    """Everything a report may count. What nobody collected yet is ``None``, and said so."""

    held: Sequence[Held] = ()
    people: Sequence[Attender] = ()
    teams: Sequence[CameTeam] = ()
    credits: Sequence[CreditGiven] = ()
    years: Sequence[YearOf] = ()
    plans: Sequence[PlanLine] | None = None
    scales: Sequence[ScaleChange] | None = None
    peers: Sequence[PeerLine] = ()
    payers: Sequence[PayerLine] = ()
    money: Sequence[InstituteMoney] = ()
    grant: GrantMoney | None = None
    bodies: Sequence[BodyLine] | None = None
    risks: Sequence[RiskLine] | None = None
    partnerships: int = 0
    state_names: Mapping[str, str] = field(default_factory=dict)
