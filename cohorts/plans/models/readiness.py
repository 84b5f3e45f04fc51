"""How far each office says it is with its duties for the partnership, and what is asked."""

from typing import Any
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cohorts.plans.domain.readiness import Ready
from consortium.database import Base, Id, Json, Moment
from consortium.tenancy import TenantOwned, linked

ONE_CHECKLIST = "uq_readiness_checklist_tenant_id"
ONE_ANSWER = "uq_readiness_answer_duty"


class ReadinessAnswer(TenantOwned, Base):
    """What someone last said of one duty."""

    __tablename__ = "readiness_answer"
    __more_table_args__ = (
        linked("partnership_id", to="partnership"),
        linked("person_id", to="person"),
        UniqueConstraint("partnership_id", "person_id", "duty", name=ONE_ANSWER),
    )

    id: Mapped[Id]
    partnership_id: Mapped[UUID]
    person_id: Mapped[UUID]
    office: Mapped[str]
    duty: Mapped[str]
    """Its code in ``domain.duties``."""
    ready: Mapped[Ready]
    answered_at: Mapped[Moment]


class ReadinessChecklist(TenantOwned, Base):
    """A consortium's own words for the duties; one row each, the usual words without."""

    __tablename__ = "readiness_checklist"
    __more_table_args__ = (UniqueConstraint("tenant_id", name=ONE_CHECKLIST),)

    id: Mapped[Id]
    own: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """By the duty's code: its text, whether it is asked, and since when it is worded so."""
    changed_by: Mapped[str]
    changed_at: Mapped[Moment]
    version: Mapped[int] = mapped_column(default=1)
