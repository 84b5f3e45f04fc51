"""Who facilitates a cohort, and who coaches which of its teams."""

from enum import StrEnum, auto
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consortium.database import Base, Id, Moment
from consortium.people.models import Person
from consortium.tenancy import TenantOwned, linked

ONE_ASSIGNMENT = "uq_cohort_staff_one_each"


class StaffKind(StrEnum):
    """What someone does for the teams of a cohort."""

    FACILITATOR = auto()  # runs meetings, marks who came
    COACH = auto()  # works with single teams on their plans


class CohortStaff(TenantOwned, Base):
    """A facilitator or coach of a cohort, of one of its groups, or of one team."""

    __tablename__ = "cohort_staff"
    __more_table_args__ = (
        linked("institute_id", to="institute"),
        linked("person_id", to="person"),
        linked("team_id", to="team", cascade=True),
        UniqueConstraint(
            "institute_id", "person_id", "kind", "group", "scope", name=ONE_ASSIGNMENT
        ),
        Index("ix_cohort_staff_person", "tenant_id", "person_id"),
        CheckConstraint("team_id IS NULL OR \"group\" = ''", name="a_team_or_a_group"),
    )

    id: Mapped[Id]
    institute_id: Mapped[UUID]
    person_id: Mapped[UUID]
    kind: Mapped[StaffKind]
    group: Mapped[str] = mapped_column(default="")
    """The group of the cohort; empty: all groups, or the one team."""
    team_id: Mapped[UUID | None]
    scope: Mapped[str] = mapped_column(default="")
    """The team's id as text, or empty: what makes two assignments the same."""
    since: Mapped[Moment]

    person: Mapped[Person] = relationship(
        primaryjoin="CohortStaff.person_id == Person.id",
        foreign_keys="CohortStaff.person_id",
        viewonly=True,
    )
