"""An institute (or a cohort's programme): dates, place, what it asks of teams, and its pools."""

from collections.abc import Sequence
from datetime import date, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consortium.database import Base, Id, Json, Moment
from consortium.people.domain import Side
from consortium.tenancy import TenantOwned
from events.institutes.domain import (
    COHORT_KINDS,
    Admission,
    Due,
    RoleRule,
    Status,
    Strength,
    TeamTerms,
    gate_of,
)

SLUG_TAKEN = "uq_institute_tenant_id_slug"
NOT_OVERSOLD = "not_oversold"
PEOPLE = "people"
TEAMS = "teams"
VISITORS = "visitor_seats"


def _of_institute() -> ForeignKeyConstraint:
    """Let the database refuse a part of another tenant's institute."""
    return ForeignKeyConstraint(
        ["tenant_id", "institute_id"],
        ["institute.tenant_id", "institute.id"],
        ondelete="CASCADE",
    )


class Institute(TenantOwned, Base):
    """A gathering that district teams register for: institute, workshop, conference, cohort."""

    __tablename__ = "institute"
    __more_table_args__ = (
        UniqueConstraint("tenant_id", "slug", name=SLUG_TAKEN),
        CheckConstraint("min_people >= 0", name="min_people_not_negative"),
    )

    id: Mapped[Id]
    slug: Mapped[str]
    title: Mapped[str]
    kind: Mapped[str] = mapped_column(default="institute")
    status: Mapped[Status] = mapped_column(default=Status.DRAFT)
    time_zone: Mapped[str]
    venue: Mapped[str] = mapped_column(default="")
    summary: Mapped[str] = mapped_column(default="")
    registrant: Mapped[str] = mapped_column(default="")
    """Who registers a team, in the host's words."""
    gate: Mapped[str] = mapped_column(default="ideal")
    """The host's words; ``domain.gate_of`` reads them."""
    min_people: Mapped[int] = mapped_column(default=1)
    max_people: Mapped[int | None]
    home_states: Mapped[list[str]] = mapped_column(Json, default=list)
    every_state: Mapped[bool] = mapped_column(default=False)
    excluded_states: Mapped[list[str]] = mapped_column(Json, default=list)
    guest_states: Mapped[list[str]] = mapped_column(Json, default=list)
    guests_by_request: Mapped[bool] = mapped_column(default=False)
    others_note: Mapped[str] = mapped_column(default="")
    unit_types: Mapped[list[str]] = mapped_column(Json, default=list)
    payment_methods: Mapped[list[str]] = mapped_column(Json, default=list)
    fees: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """The programme file's fee rules, in its own shape."""
    waitlist: Mapped[str] = mapped_column(default="")
    """How the waitlist works, in the host's words; empty: there is none."""
    extras: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """What the programme file says beyond these columns, so that an export is complete."""
    created_at: Mapped[Moment]
    published_at: Mapped[Moment | None]
    version: Mapped[int] = mapped_column(default=1)

    hosts: Mapped[list["Host"]] = relationship(
        cascade="all, delete-orphan", order_by="Host.position"
    )
    days: Mapped[list["Day"]] = relationship(cascade="all, delete-orphan", order_by="Day.on")
    roles: Mapped[list["RoleRequirement"]] = relationship(
        cascade="all, delete-orphan", order_by="RoleRequirement.position"
    )
    deadlines: Mapped[list["Deadline"]] = relationship(
        cascade="all, delete-orphan", order_by="Deadline.position"
    )
    pools: Mapped[list["Pool"]] = relationship(cascade="all, delete-orphan", order_by="Pool.code")

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which its times are meant."""
        return ZoneInfo(self.time_zone)

    @property
    def is_cohort(self) -> bool:
        """Whether this is a year of meetings rather than one gathering."""
        return self.kind in COHORT_KINDS

    @property
    def terms(self) -> TeamTerms:
        """What makes a team complete here."""
        return TeamTerms(
            gate=gate_of(self.gate),
            min_people=self.min_people,
            max_people=self.max_people,
            roles=tuple(role.rule for role in self.roles),
        )

    @property
    def admission(self) -> Admission:
        """Which states may send people."""
        return Admission(
            home=frozenset(self.home_states),
            everywhere=self.every_state,
            excluded=frozenset(self.excluded_states),
            guests=frozenset(self.guest_states),
            by_request=self.guests_by_request,
            others_note=self.others_note,
        )

    @property
    def dues(self) -> Sequence[Due]:
        """Its deadlines as values."""
        return [deadline.due for deadline in self.deadlines]

    def pool(self, code: str) -> "Pool | None":
        """Return the pool of places with this code, if the institute limits them."""
        return next((pool for pool in self.pools if pool.code == code), None)


class Host(TenantOwned, Base):
    """An organisation that holds the institute, and its part in it."""

    __tablename__ = "host"
    __more_table_args__ = (_of_institute(),)

    id: Mapped[Id]
    institute_id: Mapped[UUID]
    name: Mapped[str]
    role: Mapped[str] = mapped_column(default="")
    position: Mapped[int]


class Day(TenantOwned, Base):
    """A day of the institute."""

    __tablename__ = "day"
    __more_table_args__ = (_of_institute(),)

    id: Mapped[Id]
    institute_id: Mapped[UUID]
    on: Mapped[date]
    label: Mapped[str] = mapped_column(default="")
    optional: Mapped[bool] = mapped_column(default=False)
    audience_flags: Mapped[list[str]] = mapped_column(Json, default=list)


class RoleRequirement(TenantOwned, Base):
    """How many of one role a team brings, and how strongly that is meant."""

    __tablename__ = "role_requirement"
    __more_table_args__ = (
        _of_institute(),
        UniqueConstraint("institute_id", "code"),
        CheckConstraint('"min" >= 0 AND ("max" IS NULL OR "max" >= "min")', name="min_to_max"),
    )

    id: Mapped[Id]
    institute_id: Mapped[UUID]
    code: Mapped[str]
    label: Mapped[str]
    side: Mapped[Side]
    strength: Mapped[Strength]
    min: Mapped[int] = mapped_column(default=0)
    max: Mapped[int | None]
    waiver: Mapped[str] = mapped_column(default="")
    warning: Mapped[str] = mapped_column(default="")
    applies_to: Mapped[list[str]] = mapped_column(Json, default=list)
    position: Mapped[int]

    @property
    def rule(self) -> RoleRule:
        """The requirement as a value."""
        return RoleRule(
            code=self.code,
            label=self.label,
            side=self.side,
            strength=self.strength,
            min=self.min,
            max=self.max,
            waiver=self.waiver,
            warning=self.warning,
            applies_to=tuple(self.applies_to),
        )


class Deadline(TenantOwned, Base):
    """A date by which something must have happened; wall time in the institute's zone."""

    __tablename__ = "deadline"
    __more_table_args__ = (_of_institute(), UniqueConstraint("institute_id", "code"))

    id: Mapped[Id]
    institute_id: Mapped[UUID]
    code: Mapped[str]
    what: Mapped[str] = mapped_column(default="")
    on: Mapped[date]
    at: Mapped[time | None]
    """None: the whole day counts."""
    position: Mapped[int]

    @property
    def due(self) -> Due:
        """The deadline as a value."""
        return Due(code=self.code, what=self.what, on=self.on, at=self.at)


class Pool(TenantOwned, Base):
    """A number of places that may never be oversold: people, teams, visitor seats.

    ``taken`` changes only by the guarded UPDATE in ``institutes.service.pools``; the CHECK is the
    database's own word on it.
    """

    __tablename__ = "pool"
    __more_table_args__ = (
        _of_institute(),
        UniqueConstraint("institute_id", "code"),
        CheckConstraint("taken >= 0 AND taken <= capacity", name=NOT_OVERSOLD),
    )

    id: Mapped[Id]
    institute_id: Mapped[UUID]
    code: Mapped[str]
    capacity: Mapped[int]
    taken: Mapped[int] = mapped_column(default=0)

    @property
    def left(self) -> int:
        """How many places are free."""
        return self.capacity - self.taken
