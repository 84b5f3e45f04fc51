"""What people say about a plan: comments for both sides, notes between coach and team."""

from uuid import UUID

from sqlalchemy.orm import Mapped

from consortium.database import Base, Id, Moment
from consortium.tenancy import TenantOwned, linked


class PlanComment(TenantOwned, Base):
    """A comment that both sides and the coach read; the host only where the team lets it."""

    __tablename__ = "plan_comment"
    __more_table_args__ = (
        linked("plan_id", to="plan", cascade=True),
        linked("goal_id", to="goal", cascade=True),
        linked("person_id", to="person"),
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
        linked("plan_id", to="plan", cascade=True),
        linked("person_id", to="person"),
    )

    id: Mapped[Id]
    plan_id: Mapped[UUID]
    person_id: Mapped[UUID]
    author: Mapped[str]
    body: Mapped[str]
    written_at: Mapped[Moment]
