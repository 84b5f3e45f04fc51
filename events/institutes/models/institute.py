"""An institute (or a cohort's programme): what it is, what it asks of teams, how they come in."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consortium.database import Base, Id, Json, Moment
from consortium.tenancy import TenantOwned
from events.institutes.domain import (
    COHORT_KINDS,
    Admission,
    Due,
    Intake,
    Status,
    TeamTerms,
    gate_of,
)
from events.institutes.models.cancellation import Cancellation
from events.institutes.models.parts import Day, Deadline, Host, Pool, RoleRequirement, Strand

SLUG_TAKEN = "uq_institute_tenant_id_slug"


class Institute(TenantOwned, Base):
    """A gathering that district teams register for: institute, workshop, conference, cohort."""

    __tablename__ = "institute"
    __more_table_args__ = (
        UniqueConstraint("tenant_id", "slug", name=SLUG_TAKEN),
        CheckConstraint("min_people >= 0", name="min_people_not_negative"),
        CheckConstraint("offer_hours > 0", name="offer_hours_positive"),
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
    payment_terms: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """Due days, purchase orders and refunds, as ``domain.terms`` reads them."""
    fees: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """The programme file's fee rules, in its own shape."""
    waitlist: Mapped[str] = mapped_column(default="")
    """How the waitlist works, in the host's words; empty: there is none."""
    intake: Mapped[Intake] = mapped_column(default=Intake.OPEN)
    """How teams come in: freely, by application, or only when invited."""
    joint_acts: Mapped[list[str]] = mapped_column(Json, default=list)
    """Which acts need the leads of both sides (values of ``JointActKind``)."""
    offer_hours: Mapped[int] = mapped_column(default=48)
    """How long a place offered from the waitlist is held for a team."""
    reminder_days: Mapped[dict[str, list[int]]] = mapped_column(Json, default=dict)
    """How many days before its deadline each kind of reminder goes out by itself, e.g.
    ``{"confirm": [14, 7, 2]}``; a kind that is not named follows ``domain.REMINDER_DAYS``."""
    selection: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """The mix a host aims at among applicants: by what, and a share for each stratum."""
    letters: Mapped[dict[str, dict[str, str]]] = mapped_column(Json, default=dict)
    """The host's own subject and text of the letters to applicants, by decision."""
    partnership_links: Mapped[dict[str, dict[str, str]]] = mapped_column(Json, default=dict)
    """By USPS code, name and address of a state's own partnership, to which its LEAs are sent."""
    extras: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """What the programme file says beyond these columns, so that an export is complete."""
    programme_held_back: Mapped[bool] = mapped_column(default=False)
    """Whether the programme stays unpublished when the institute is announced."""
    created_at: Mapped[Moment]
    published_at: Mapped[Moment | None]
    version: Mapped[int] = mapped_column(default=1)

    hosts: Mapped[list[Host]] = relationship(cascade="all, delete-orphan", order_by=Host.position)
    days: Mapped[list[Day]] = relationship(cascade="all, delete-orphan", order_by=Day.on)
    roles: Mapped[list[RoleRequirement]] = relationship(
        cascade="all, delete-orphan", order_by=RoleRequirement.position
    )
    deadlines: Mapped[list[Deadline]] = relationship(
        cascade="all, delete-orphan", order_by=Deadline.position
    )
    pools: Mapped[list[Pool]] = relationship(cascade="all, delete-orphan", order_by=Pool.code)
    strands: Mapped[list[Strand]] = relationship(
        cascade="all, delete-orphan", order_by=Strand.position
    )
    cancellation: Mapped[Cancellation | None] = relationship(
        primaryjoin="Institute.id == Cancellation.institute_id",
        foreign_keys=Cancellation.institute_id,
        uselist=False,
        viewonly=True,
    )

    @property
    def cancelled(self) -> bool:
        """Whether the host has cancelled it: what is stored of it is history."""
        return self.status is Status.CANCELLED

    @property
    def announced(self) -> bool:
        """Whether the public knows of it; a draft that was cancelled nobody ever saw."""
        was_published = self.cancelled and self.published_at is not None
        return self.status is Status.PUBLISHED or was_published

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

    @property
    def main_days(self) -> Sequence[date]:
        """The days that are part of it for everyone, in order; all where each is optional."""
        return [day.on for day in self.days if not day.optional] or [day.on for day in self.days]

    def pool(self, code: str) -> Pool | None:
        """Return the pool of places with this code, if the institute limits them."""
        return next((pool for pool in self.pools if pool.code == code), None)
