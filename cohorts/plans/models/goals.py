"""The goals of a plan, the steps on the way, what was measured, and what proves it."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cohorts.plans.domain import Direction, GoalSpec, Phase, Reading
from cohorts.plans.models.amounts import Amount
from consortium.database import Base, Id, Moment
from consortium.files.models import StoredFile
from consortium.tenancy import TenantOwned, linked


class Goal(TenantOwned, Base):
    """A goal of a plan as it is written now; signed versions keep it as it was."""

    __tablename__ = "goal"
    __more_table_args__ = (
        linked("plan_id", to="plan", cascade=True),
        linked("labor_owner_id", to="person"),
        linked("management_owner_id", to="person"),
    )

    id: Mapped[Id]
    plan_id: Mapped[UUID]
    position: Mapped[int]
    title: Mapped[str]
    students: Mapped[bool]
    measure: Mapped[str]
    unit: Mapped[str]
    direction: Mapped[Direction]
    baseline: Mapped[Amount | None]
    target: Mapped[Amount | None]
    due: Mapped[date | None]
    labor_owner_id: Mapped[UUID | None]
    management_owner_id: Mapped[UUID | None]
    phase: Mapped[Phase]
    version: Mapped[int] = mapped_column(default=1)
    """Counts changes of the text, so that two who change it at once both see it."""
    changed_by: Mapped[str]
    changed_at: Mapped[Moment]
    written_at: Mapped[Moment]
    removed_at: Mapped[Moment | None]
    """When it was taken out of the plan; what was measured of it stays."""

    milestones: Mapped[list["Milestone"]] = relationship(
        cascade="all, delete-orphan", order_by="Milestone.position, Milestone.id"
    )
    readings: Mapped[list["GoalReading"]] = relationship(
        cascade="all, delete-orphan",
        order_by="GoalReading.on, GoalReading.entered_at, GoalReading.id",
    )
    evidence: Mapped[list["Evidence"]] = relationship(
        cascade="all, delete-orphan", order_by="Evidence.added_at, Evidence.id"
    )

    @property
    def spec(self) -> GoalSpec:
        """It as a value."""
        return GoalSpec(
            title=self.title,
            students=self.students,
            measure=self.measure,
            unit=self.unit,
            direction=self.direction,
            baseline=self.baseline,
            target=self.target,
            due=self.due,
            labor_owner=self.labor_owner_id,
            management_owner=self.management_owner_id,
        )

    @property
    def measured(self) -> tuple[Reading, ...]:
        """What was measured, as values; what was taken back does not count."""
        by_entry = sorted(self.readings, key=lambda one: (one.entered_at, one.id))
        return tuple(
            Reading(on=one.on, value=one.value, order=n)
            for n, one in enumerate(by_entry)
            if one.taken_back_at is None
        )


class Milestone(TenantOwned, Base):
    """A step on the way to a goal."""

    __tablename__ = "milestone"
    __more_table_args__ = (linked("goal_id", to="goal", cascade=True),)

    id: Mapped[Id]
    goal_id: Mapped[UUID]
    position: Mapped[int]
    title: Mapped[str]
    due: Mapped[date | None]
    done_on: Mapped[date | None]


class GoalReading(TenantOwned, Base):
    """A value measured on a day."""

    __tablename__ = "goal_reading"
    __more_table_args__ = (
        linked("goal_id", to="goal", cascade=True),
        linked("person_id", to="person"),
        Index("ix_goal_reading_day", "tenant_id", "goal_id", "on"),
    )

    id: Mapped[Id]
    goal_id: Mapped[UUID]
    on: Mapped[date]
    value: Mapped[Amount]
    note: Mapped[str] = mapped_column(default="")
    person_id: Mapped[UUID]
    entered_by: Mapped[str]
    """The name of who wrote it down, as it was then."""
    entered_at: Mapped[Moment]
    taken_back_at: Mapped[Moment | None]


class Evidence(TenantOwned, Base):
    """What shows that a goal moves: a file, or a link."""

    __tablename__ = "evidence"
    __more_table_args__ = (
        linked("goal_id", to="goal", cascade=True),
        linked("person_id", to="person"),
        linked("file_id", to="stored_file"),
        CheckConstraint("(link = '') <> (file_id IS NULL)", name="a_file_or_a_link"),
    )

    id: Mapped[Id]
    goal_id: Mapped[UUID]
    title: Mapped[str]
    link: Mapped[str] = mapped_column(default="")
    file_id: Mapped[UUID | None]
    person_id: Mapped[UUID]
    added_by: Mapped[str]
    added_at: Mapped[Moment]

    file: Mapped[StoredFile | None] = relationship(
        primaryjoin="Evidence.file_id == StoredFile.id",
        foreign_keys="Evidence.file_id",
        viewonly=True,
    )
