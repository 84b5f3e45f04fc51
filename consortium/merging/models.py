"""Duplicates: proposals that were turned down, and merges that can be undone for a while."""

from enum import StrEnum, auto
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consortium.database import Base, Id, Json, Moment
from consortium.tenancy import TenantOwned

DISMISSED_ALREADY = "uq_not_duplicates_pair"


class MergeKind(StrEnum):
    """What was entered twice."""

    PERSON = auto()
    LEA = auto()


class Merge(TenantOwned, Base):
    """Two records made one, and for thirty days what is needed to part them again."""

    __tablename__ = "merge"
    __more_table_args__ = (Index("ix_merge_gone", "tenant_id", "kind", "gone_id"),)

    id: Mapped[Id]
    kind: Mapped[MergeKind]
    kept_id: Mapped[str]
    gone_id: Mapped[str]
    evidence: Mapped[list[str]] = mapped_column(Json, default=list)
    """Codes of what spoke for it."""
    moved: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """What was done to rows, step by step, and what stood before; empty when it is past undoing."""
    merged_by: Mapped[str]
    merged_at: Mapped[Moment]
    unmerged_by: Mapped[str] = mapped_column(default="")
    unmerged_at: Mapped[Moment | None]


class NotDuplicates(TenantOwned, Base):
    """Two records that look alike and are not: they are not proposed again."""

    __tablename__ = "not_duplicates"
    __more_table_args__ = (
        UniqueConstraint("tenant_id", "kind", "one_id", "other_id", name=DISMISSED_ALREADY),
    )

    id: Mapped[Id]
    kind: Mapped[MergeKind]
    one_id: Mapped[str]
    """The smaller of the two ids."""
    other_id: Mapped[str]
    said_by: Mapped[str]
    said_at: Mapped[Moment]
