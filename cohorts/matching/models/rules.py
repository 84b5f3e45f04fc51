"""By what a consortium matches people, and what is said of single people and pairs."""

from enum import StrEnum, auto
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from consortium.database import Base, Id, Json, Moment
from consortium.tenancy import TenantOwned, linked

ONE_SET_OF_WEIGHTS = "uq_match_weights_tenant_id"
ONE_LOCK = "uq_match_lock_institute_id_first_id_second_id"
ONE_LIMIT = "uq_peer_limit_person_id"
ONE_SET_OF_TERMS = "uq_match_terms_institute_id"
ONE_STANDING = "uq_match_standing_tenant_id_lea_id_site"


class MatchWeights(TenantOwned, Base):
    """What a match counts in a consortium; without a row, ``domain.first_weights`` holds."""

    __tablename__ = "match_weights"
    __more_table_args__ = (UniqueConstraint("tenant_id", name=ONE_SET_OF_WEIGHTS),)

    id: Mapped[Id]
    said: Mapped[dict[str, Any]] = mapped_column(Json)
    """As a file of weights states them."""
    version: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[Moment]
    changed_by: Mapped[str]


class MatchTerms(TenantOwned, Base):
    """How an institute introduces people; without a row, ``domain.rounds`` says what holds."""

    __tablename__ = "match_terms"
    __more_table_args__ = (
        linked("institute_id", to="institute"),
        UniqueConstraint("institute_id", name=ONE_SET_OF_TERMS),
    )

    id: Mapped[Id]
    institute_id: Mapped[UUID]
    two_sided: Mapped[bool]
    """Whether both accept a suggested match before they see each other's contact."""
    changed_at: Mapped[Moment]
    changed_by: Mapped[str]


class MatchStanding(TenantOwned, Base):
    """What holds for the matching of a partnership that is in dispute, or may meet one that is.

    A partnership is an LEA's two sides, or those of a site in it.
    """

    __tablename__ = "match_standing"
    __more_table_args__ = (
        ForeignKeyConstraint(["lea_id"], ["lea.id"]),
        UniqueConstraint("tenant_id", "lea_id", "site", name=ONE_STANDING),
        CheckConstraint("NOT in_dispute OR reason <> ''", name="reason_given"),
    )

    id: Mapped[Id]
    lea_id: Mapped[str]
    site: Mapped[str] = mapped_column(default="")
    """Empty: the LEA as a whole, with every site of it."""
    in_dispute: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(default="")
    """For those who run the matching alone: no page of a participant, mail or file shows it."""
    labor_agreed_by: Mapped[str] = mapped_column(default="")
    """Who of the labor side said that its people may be matched all the same."""
    labor_agreed_at: Mapped[Moment | None]
    management_agreed_by: Mapped[str] = mapped_column(default="")
    management_agreed_at: Mapped[Moment | None]
    changed_at: Mapped[Moment]
    changed_by: Mapped[str]


class LockKind(StrEnum):
    """What a coordinator said of a pair."""

    PIN = auto()
    """They must meet, at this institute."""
    FORBID = auto()
    """They never meet, at any institute of the consortium."""


class MatchLock(TenantOwned, Base):
    """Two people who must, or must never, be matched; ``first_id`` < ``second_id``."""

    __tablename__ = "match_lock"
    __more_table_args__ = (
        linked("institute_id", to="institute"),
        linked("first_id", to="person"),
        linked("second_id", to="person"),
        UniqueConstraint("institute_id", "first_id", "second_id", name=ONE_LOCK),
        Index("ix_match_lock_first", "tenant_id", "first_id"),
        Index("ix_match_lock_second", "tenant_id", "second_id"),
        CheckConstraint("first_id < second_id", name="first_before_second"),
    )

    id: Mapped[Id]
    institute_id: Mapped[UUID]
    first_id: Mapped[UUID]
    second_id: Mapped[UUID]
    kind: Mapped[LockKind]
    reason: Mapped[str] = mapped_column(default="")
    """For staff alone: no page of a participant, no mail and no file shows it."""
    made_at: Mapped[Moment]
    made_by: Mapped[str]


class PeerLimit(TenantOwned, Base):
    """How many peers someone takes, where that is not what everyone gets."""

    __tablename__ = "peer_limit"
    __more_table_args__ = (
        linked("person_id", to="person"),
        UniqueConstraint("person_id", name=ONE_LIMIT),
        CheckConstraint("most IS NULL OR most BETWEEN 1 AND 5", name="most"),
    )

    id: Mapped[Id]
    person_id: Mapped[UUID]
    most: Mapped[int | None]
    """Peers at most in one run; for a mentor, peers at a time."""
    mentor: Mapped[bool] = mapped_column(default=False)
    """Whether ``most`` counts all peers of the last twelve months, at every institute."""
    paused: Mapped[bool] = mapped_column(default=False)
    """Whether the person wants no new peers for now; those there are stay."""
    listed: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether people of the same institute may see name, role and LEA, and ask for a match."""
    changed_at: Mapped[Moment]
    changed_by: Mapped[str]
