"""Which sessions a person chose."""

from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, relationship

from consortium.database import Base, Id, Moment
from consortium.tenancy import TenantOwned
from events.schedule.models.sessions import Session

ONE_CHOICE = "uq_session_choice_session_id_seat_id"


class SessionChoice(TenantOwned, Base):
    """A person's own place in a session that people choose."""

    __tablename__ = "session_choice"
    __more_table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "session_id"], ["session.tenant_id", "session.id"], ondelete="CASCADE"
        ),
        ForeignKeyConstraint(["tenant_id", "seat_id"], ["seat.tenant_id", "seat.id"]),
        UniqueConstraint("session_id", "seat_id", name=ONE_CHOICE),
    )

    id: Mapped[Id]
    session_id: Mapped[UUID]
    seat_id: Mapped[UUID]
    chosen_at: Mapped[Moment]

    session: Mapped[Session] = relationship(
        viewonly=True,
        primaryjoin="SessionChoice.session_id == Session.id",
        foreign_keys="SessionChoice.session_id",
    )
