"""Roles a team need not bring, and offices an LEA has or has not."""

from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consortium.database import Base, Id, Moment
from consortium.tenancy import TenantOwned, linked

ONE_ANSWER = "uq_office_answer_tenant_id_lea_id_role_code"


class Waiver(TenantOwned, Base):
    """A role that this team need not bring, and why."""

    __tablename__ = "waiver"
    __more_table_args__ = (
        linked("team_id", to="team", cascade=True),
        UniqueConstraint("team_id", "role_code"),
    )

    id: Mapped[Id]
    team_id: Mapped[UUID]
    role_code: Mapped[str]
    reason: Mapped[str]
    given_at: Mapped[Moment]
    given_by: Mapped[str]


class OfficeAnswer(TenantOwned, Base):
    """Whether an LEA has an office at all, asked once and remembered."""

    __tablename__ = "office_answer"
    __more_table_args__ = (UniqueConstraint("tenant_id", "lea_id", "role_code", name=ONE_ANSWER),)

    id: Mapped[Id]
    lea_id: Mapped[str] = mapped_column(ForeignKey("lea.id"))
    role_code: Mapped[str]
    exists: Mapped[bool]
    reason: Mapped[str] = mapped_column(default="")
    """Why a coordinator changed what the LEA had said; empty otherwise."""
    answered_at: Mapped[Moment]
    answered_by: Mapped[str]
