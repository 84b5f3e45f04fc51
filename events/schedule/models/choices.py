"""Which sessions a person chose, and which of them the person waits for."""

from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consortium.database import Base, Id, Moment
from consortium.tenancy import TenantOwned, linked
from events.schedule.models.sessions import Session

ONE_CHOICE = "uq_session_choice_session_id_seat_id"
ONE_WAIT = "uq_session_wait_session_id_seat_id"


class SessionChoice(TenantOwned, Base):
    """A person's own place in a session that people choose."""

    __tablename__ = "session_choice"
    __more_table_args__ = (
        linked("session_id", to="session", cascade=True),
        linked("seat_id", to="seat"),
        UniqueConstraint("session_id", "seat_id", name=ONE_CHOICE),
    )

    id: Mapped[Id]
    session_id: Mapped[UUID]
    seat_id: Mapped[UUID]
    chosen_at: Mapped[Moment]
    reason: Mapped[str] = mapped_column(default="")
    """Why the host placed the person here, or why it is this place of those that were ranked;
    empty for what the person chose or waited for."""
    allotted: Mapped[bool] = mapped_column(default=False)
    """Whether it was given by what people ranked."""

    session: Mapped[Session] = relationship(
        viewonly=True,
        primaryjoin="SessionChoice.session_id == Session.id",
        foreign_keys="SessionChoice.session_id",
    )


class SessionWait(TenantOwned, Base):
    """Someone who waits for a place in a full session; first come, first in."""

    __tablename__ = "session_wait"
    __more_table_args__ = (
        linked("session_id", to="session", cascade=True),
        linked("seat_id", to="seat", cascade=True),
        UniqueConstraint("session_id", "seat_id", name=ONE_WAIT),
        Index("ix_session_wait_order", "tenant_id", "session_id", "since", "id"),
        Index("ix_session_wait_seat", "tenant_id", "seat_id"),
    )

    id: Mapped[Id]
    session_id: Mapped[UUID]
    seat_id: Mapped[UUID]
    since: Mapped[Moment]
    instead_of_id: Mapped[UUID | None]
    """The session of the same round that the person gives up for it, where one of several is
    meant; plain, since the choice may be dropped first."""

    session: Mapped[Session] = relationship(
        viewonly=True,
        primaryjoin="SessionWait.session_id == Session.id",
        foreign_keys="SessionWait.session_id",
    )
