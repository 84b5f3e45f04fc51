"""Leaders who left, what ended with that, and who follows."""

from datetime import date
from enum import StrEnum, auto
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cohorts.learning.domain.partners import TableSide
from consortium.database import Base, Id, Json, Moment, only
from consortium.people.domain import Side
from consortium.people.models import Person
from consortium.tenancy import TenantOwned, linked

ONE_DEPARTURE = "uq_departure_one_of_a_person"


class Follows(StrEnum):
    """Who follows somebody who left."""

    NAMED = auto()
    INTERIM = auto()
    OPEN = auto()


class Departure(TenantOwned, Base):
    """Somebody left an office for which they sat in a partnership's teams, or led them."""

    __tablename__ = "departure"
    __more_table_args__ = (
        linked("partnership_id", to="partnership"),
        linked("person_id", to="person"),
        linked("successor_id", to="person"),
        Index(
            ONE_DEPARTURE,
            "partnership_id",
            "person_id",
            "left_on",
            unique=True,
            **only("undone_at IS NULL"),
        ),
        Index("ix_departure_partnership", "tenant_id", "partnership_id", "left_on", "id"),
        Index("ix_departure_person", "tenant_id", "person_id"),
        Index("ix_departure_successor", "tenant_id", "successor_id"),
    )

    id: Mapped[Id]
    partnership_id: Mapped[UUID]
    person_id: Mapped[UUID]
    role_code: Mapped[str]
    """The office left; empty for a lead who held no seat."""
    office: Mapped[str]
    """What it is called where they sat."""
    side: Mapped[TableSide | None]
    left_on: Mapped[date]
    """Their last day."""
    note: Mapped[str] = mapped_column(default="")
    follows: Mapped[Follows]
    successor_id: Mapped[UUID | None]
    reported_by: Mapped[str]
    reported_at: Mapped[Moment]
    undone_by: Mapped[str] = mapped_column(default="")
    undone_at: Mapped[Moment | None]
    offices_before: Mapped[list[dict[str, str]]] = mapped_column(Json, default=list)
    """Offices that ended with it, each with its id and the last day it had before, or that were
    written down for it: what undoing it takes back."""
    version: Mapped[int] = mapped_column(default=1)

    person: Mapped[Person] = relationship(
        primaryjoin="Departure.person_id == Person.id",
        foreign_keys="Departure.person_id",
        viewonly=True,
    )
    successor: Mapped[Person | None] = relationship(
        primaryjoin="Departure.successor_id == Person.id",
        foreign_keys="Departure.successor_id",
        viewonly=True,
    )
    steps: Mapped[list["DepartureStep"]] = relationship(
        cascade="all, delete-orphan", order_by="(DepartureStep.position, DepartureStep.id)"
    )

    @property
    def waits(self) -> bool:
        """Whether something could not be done yet: the host does it, or reads why not."""
        return any(step.outcome is StepOutcome.WAITS or step.why for step in self.steps)


class StepKind(StrEnum):
    """What somebody had in a team."""

    SEAT = auto()
    LEAD = auto()


class StepOutcome(StrEnum):
    """What became of it."""

    GIVEN = auto()  # the successor has it, or is asked to take it
    KEPT = auto()  # it waits for whoever follows
    ENDED = auto()  # a lead's place that nobody has
    ASKED = auto()  # the host has to agree, as the institute wants it
    WAITS = auto()  # only the host can do it
    RESTORED = auto()  # it was a mistake, and whoever left has it again


class DepartureStep(TenantOwned, Base):
    """What became of one seat, or of the leading of one team, when somebody left."""

    __tablename__ = "departure_step"
    __more_table_args__ = (
        linked("departure_id", to="departure", cascade=True),
        linked("team_id", to="team", cascade=True),
    )

    id: Mapped[Id]
    departure_id: Mapped[UUID]
    position: Mapped[int]
    team_id: Mapped[UUID]
    kind: Mapped[StepKind]
    seat_id: Mapped[UUID | None]
    """The seat that ended; the leading of a team has none."""
    heir_id: Mapped[UUID | None]
    """The seat that goes on from it."""
    side: Mapped[Side | None]
    """The side for which they led; a seat tells by its roles."""
    where: Mapped[str]
    """The institute or cohort, as it was called."""
    outcome: Mapped[StepOutcome]
    why: Mapped[str] = mapped_column(default="")
    """Why it waits."""
