"""What people say about a plan: comments for both sides, notes between coach and team."""

from uuid import UUID

from sqlalchemy import ForeignKeyConstraint
from sqlalchemy.orm import Mapped

from consortium.database import Base, Id, Moment
from consortium.tenancy import TenantOwned


class PlanComment(TenantOwned, Base):
    """A comment that both sides and the coach read; the host only where the team lets it."""

    __tablename__ = "plan_comment"
    __more_table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "plan_id"], ["plan.tenant_id", "plan.id"], ondelete="CASCADE"
        ),
        ForeignKeyConstraint(
            ["tenant_id", "goal_id"], ["goal.tenant_id", "goal.id"], ondelete="CASCADE"
        ),
        ForeignKeyConstraint(["tenant_id", "person_id"], ["person.tenant_id", "person.id"]),
    )

    id: Mapped[Id]
    plan_id: Mapped[UUID]
    goal_id: Mapped[UUID | None]
    """The goal it is about; empty: the plan as a whole."""
    person_id: Mapped[UUID]
    author: Mapped[str]
    """The name of who wrote it, and the office, as they were then."""
    body: Mapped[str]
    written_at: Mapped[Moment]


class CoachNote(TenantOwned, Base):
    """What a coach writes down about the team's work: for the coach and the team alone."""

    __tablename__ = "coach_note"
    __more_table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "plan_id"], ["plan.tenant_id", "plan.id"], ondelete="CASCADE"
        ),
        ForeignKeyConstraint(["tenant_id", "person_id"], ["person.tenant_id", "person.id"]),
    )

    id: Mapped[Id]
    plan_id: Mapped[UUID]
    person_id: Mapped[UUID]
    author: Mapped[str]
    body: Mapped[str]
    written_at: Mapped[Moment]
