"""Certificates as they were issued, each in its own words for good."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consortium.database import Base, Id, Json, Moment, only
from consortium.guards import keep_as_said
from consortium.tenancy import TenantOwned, linked

ONE_CERTIFICATE = "uq_certificate_one_valid"
CERTIFICATE_NUMBER_TAKEN = "uq_certificate_tenant_id_number"
VALID = "replaced_at IS NULL AND withdrawn_at IS NULL"


class Certificate(TenantOwned, Base):
    """What someone was given for attending one institute; what it says never changes.

    A mistake is put right by a new one that replaces it, or it is withdrawn with a reason.
    """

    __tablename__ = "certificate"
    __more_table_args__ = (
        linked("institute_id", to="institute"),
        linked("person_id", to="person"),
        UniqueConstraint("tenant_id", "number", name=CERTIFICATE_NUMBER_TAKEN),
        UniqueConstraint("token"),
        Index(ONE_CERTIFICATE, "institute_id", "person_id", unique=True, **only(VALID)),
        CheckConstraint(
            "withdrawn_at IS NULL OR withdrawn_why <> ''", name="withdrawn_with_reason"
        ),
        Index("ix_certificate_person", "tenant_id", "person_id", "issued_at"),
    )

    id: Mapped[Id]
    institute_id: Mapped[UUID]
    person_id: Mapped[UUID]
    number: Mapped[str]
    """E.g. CE-2026-0042."""
    token: Mapped[str]
    """160 random bits in the address at which anyone who holds the paper can check it."""
    said: Mapped[dict[str, Any]] = mapped_column(Json)
    """Everything the paper says, as ``domain.certificates`` reads it."""
    issued_at: Mapped[Moment]
    issued_by: Mapped[str]
    keep_until: Mapped[date]
    """The first day on which it may be deleted, by the rules in force when it was issued."""
    replaces_id: Mapped[UUID | None]
    """The certificate in whose place it was issued."""
    replaced_at: Mapped[Moment | None]
    withdrawn_at: Mapped[Moment | None]
    withdrawn_why: Mapped[str] = mapped_column(default="")

    @property
    def valid(self) -> bool:
        """Whether it stands: neither replaced nor withdrawn."""
        return self.replaced_at is None and self.withdrawn_at is None


KEPT = ("number", "token", "said", "issued_at")
keep_as_said(Certificate.__table__, KEPT)  # type: ignore[arg-type]
