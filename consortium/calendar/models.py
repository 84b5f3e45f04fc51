"""A person's private calendar feed, and what the person's calendar was told by mail."""

from typing import Any
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consortium.calendar.domain.answers import Answer
from consortium.database import Base, Id, Json, Moment
from consortium.ports import Method
from consortium.tenancy import TenantOwned, linked

ONE_FEED = "uq_calendar_feed_tenant_id_person_id"


class CalendarFeed(TenantOwned, Base):
    """A secret address from which a calendar program reads one person's sessions.

    The token is derived from the application's secret, this row's id and its generation, so it
    can be shown again; the database keeps only its digest. Rotating raises the generation.
    """

    __tablename__ = "calendar_feed"
    __more_table_args__ = (
        linked("person_id", to="person"),
        UniqueConstraint("tenant_id", "person_id", name=ONE_FEED),
        UniqueConstraint("token_digest"),
    )

    id: Mapped[Id]
    person_id: Mapped[UUID]
    generation: Mapped[int] = mapped_column(default=1)
    token_digest: Mapped[str]
    rotated_at: Mapped[Moment]


class CalendarInvitation(TenantOwned, Base):
    """What one person's calendar was told of one dated thing, and what the person answered.

    One row for each person and UID. Mails and the feed number their events by it.
    """

    __tablename__ = "calendar_invitation"
    __more_table_args__ = (
        linked("person_id", to="person"),
        UniqueConstraint("tenant_id", "person_id", "uid"),
        Index("ix_calendar_invitation_institute", "tenant_id", "institute_id", "uid"),
        Index("ix_calendar_invitation_mail", "mail_id"),
    )

    id: Mapped[Id]
    person_id: Mapped[UUID]
    institute_id: Mapped[UUID]
    """Plain: what was told outlives a programme that never came about."""
    uid: Mapped[str]
    sequence: Mapped[int] = mapped_column(default=-1)
    """The highest SEQUENCE that any message bore; -1 when nothing was ever told by mail."""
    lift: Mapped[int] = mapped_column(default=0)
    """What this person's messages bear above the number of the event itself."""
    method: Mapped[Method | None]
    """Whether the last message was a REQUEST or a CANCEL; empty when there was none."""
    told: Mapped[dict[str, Any] | None] = mapped_column(Json)
    """What the last message said (``Facts``)."""
    digest: Mapped[str] = mapped_column(default="")
    """Of the last message, so that thousands of rows are compared without being read."""
    told_at: Mapped[Moment | None]
    mail_id: Mapped[UUID | None]
    """The mail with the last message. While its sending is not settled, nobody knows whether it
    arrived, and ``before`` is what is sure."""
    method_before: Mapped[Method | None]
    told_before: Mapped[dict[str, Any] | None] = mapped_column(Json)
    answer: Mapped[Answer | None]
    """What the person said of coming, by mail or on a page."""
    answered_at: Mapped[Moment | None]
    answer_stamp: Mapped[Moment | None]
    """When the person's program wrote the answer; an older one that comes later is not taken."""
    answer_sequence: Mapped[int] = mapped_column(default=-1)
    """The SEQUENCE that was answered: a session that moved since has to be answered anew."""
    comment: Mapped[str] = mapped_column(default="")
