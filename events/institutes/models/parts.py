"""What an institute consists of: hosts, days, roles, deadlines, pools of places, strands."""

from datetime import date, time
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consortium.database import Base, Id, Json
from consortium.people.domain import Side
from consortium.tenancy import TenantOwned, linked
from events.institutes.domain import Due, RoleRule, Strength

NOT_OVERSOLD = "not_oversold"
PEOPLE = "people"
TEAMS = "teams"
VISITORS = "visitor_seats"
GUESTS = "guest_seats"
DAY = "day:"
"""What begins the pool of an optional day, e.g. ``day:2017-06-19``."""
STRAND = "strand:"
"""What begins the pool of a strand, e.g. ``strand:literacy``."""


class Host(TenantOwned, Base):
    """An organisation that holds the institute, and its part in it."""

    __tablename__ = "host"
    __more_table_args__ = (linked("institute_id", to="institute", cascade=True),)

    id: Mapped[Id]
    institute_id: Mapped[UUID]
    name: Mapped[str]
    role: Mapped[str] = mapped_column(default="")
    position: Mapped[int]


class Day(TenantOwned, Base):
    """A day of the institute."""

    __tablename__ = "day"
    __more_table_args__ = (linked("institute_id", to="institute", cascade=True),)

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
        linked("institute_id", to="institute", cascade=True),
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
    __more_table_args__ = (
        linked("institute_id", to="institute", cascade=True),
        UniqueConstraint("institute_id", "code"),
    )

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
    """A number of places that may never be oversold: people, teams, visitors, guests, a day.

    ``taken`` changes only by the guarded UPDATE in ``institutes.service.pools``; the CHECK is the
    database's own word on it.
    """

    __tablename__ = "pool"
    __more_table_args__ = (
        linked("institute_id", to="institute", cascade=True),
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


class Strand(TenantOwned, Base):
    """A line of sessions that people follow from beginning to end."""

    __tablename__ = "strand"
    __more_table_args__ = (
        linked("institute_id", to="institute", cascade=True),
        UniqueConstraint("institute_id", "code"),
    )

    id: Mapped[Id]
    institute_id: Mapped[UUID]
    code: Mapped[str]
    label: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    position: Mapped[int]
