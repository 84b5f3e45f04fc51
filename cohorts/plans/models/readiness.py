"""How far each office says it is with its duties for the partnership."""

from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped

from cohorts.plans.domain.readiness import Ready
from consortium.database import Base, Id, Moment
from consortium.tenancy import TenantOwned

ONE_ANSWER = "uq_readiness_answer_duty"


class ReadinessAnswer(TenantOwned, Base):
    """What someone last said of one duty."""

    __tablename__ = "readiness_answer"
    __more_table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "partnership_id"], ["partnership.tenant_id", "partnership.id"]
        ),
        ForeignKeyConstraint(["tenant_id", "person_id"], ["person.tenant_id", "person.id"]),
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
