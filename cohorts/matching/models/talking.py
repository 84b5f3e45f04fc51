"""What two matched people do with each other: a call together, and how it went."""

from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Index,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cohorts.matching.domain.calls import TimeState
from cohorts.matching.domain.following_up import Useful
from consortium.database import Base, Id, Moment, WallTime, only
from consortium.tenancy import TenantOwned, linked

ONE_CALL = "uq_joint_call_one_open_per_match"
ONE_PROPOSAL = "uq_call_time_one_proposed_per_call"
ONE_AGREED = "uq_call_time_one_agreed_per_call"
ONE_FOLLOW_UP = "uq_follow_up_match_id_person_id_number"


class JointCall(TenantOwned, Base):
    """A call of two matched people: one proposes a time, the other accepts."""

    __tablename__ = "joint_call"
    __more_table_args__ = (
        linked("match_id", to="peer_match", cascade=True),
        UniqueConstraint("tenant_id", "uid"),
        Index(ONE_CALL, "match_id", unique=True, **only("ended_at IS NULL")),
    )

    id: Mapped[Id]
    match_id: Mapped[UUID]
    uid: Mapped[str]
    """Of the event in calendars; it stays when the call moves."""
    sequence: Mapped[int] = mapped_column(default=0)
    """Raised each time that what both agreed on changes."""
    made_at: Mapped[Moment]
    changed_at: Mapped[Moment]
    ended_at: Mapped[Moment | None]
    """When it was called off, or another call took its place after it was over."""
    called_off: Mapped[bool] = mapped_column(default=False)

    times: Mapped[list["CallTime"]] = relationship(
        cascade="all, delete-orphan", back_populates="call", order_by="CallTime.id"
    )


class CallTime(TenantOwned, Base):
    """A time that one of the two proposed for their call."""

    __tablename__ = "call_time"
    __more_table_args__ = (
        linked("call_id", to="joint_call", cascade=True),
        linked("by_id", to="person"),
        Index(ONE_PROPOSAL, "call_id", unique=True, **only("state = 'proposed'")),
        Index(ONE_AGREED, "call_id", unique=True, **only("state = 'agreed'")),
        CheckConstraint("minutes BETWEEN 10 AND 240", name="minutes"),
    )

    id: Mapped[Id]
    call_id: Mapped[UUID]
    by_id: Mapped[UUID]
    state: Mapped[TimeState]
    starts: Mapped[WallTime]
    """Wall time in ``time_zone``."""
    time_zone: Mapped[str]
    minutes: Mapped[int]
    place: Mapped[str] = mapped_column(default="")
    """How they talk, in the words of who proposed it: a link, who rings whom."""
    proposed_at: Mapped[Moment]
    settled_at: Mapped[Moment | None]

    call: Mapped[JointCall] = relationship(back_populates="times")


class FollowUp(TenantOwned, Base):
    """That one of two matched people was asked how it goes, once for each time, and the answer."""

    __tablename__ = "follow_up"
    __more_table_args__ = (
        linked("match_id", to="peer_match", cascade=True),
        linked("person_id", to="person"),
        UniqueConstraint("match_id", "person_id", "number", name=ONE_FOLLOW_UP),
        CheckConstraint("number IN (1, 2)", name="number"),
    )

    id: Mapped[Id]
    match_id: Mapped[UUID]
    person_id: Mapped[UUID]
    number: Mapped[int]
    """1 after two weeks, 2 after six."""
    asked_at: Mapped[Moment]
    answered_at: Mapped[Moment | None]
    talked: Mapped[bool | None]
    useful: Mapped[Useful | None]
    needs_help: Mapped[bool] = mapped_column(default=False)
    """Whether the person wants the hosts to get in touch; then they read who it is."""
    words: Mapped[str] = mapped_column(default="")
    shares_words: Mapped[bool] = mapped_column(default=False)
    """Whether the hosts may read the words; they stand there without a name."""
