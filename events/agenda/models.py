"""Whose calendars have to be compared with what they were told."""

from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consortium.database import Base, Id, Moment
from consortium.tenancy import TenantOwned, linked

ONE_NOTICE = "uq_calendar_notice_tenant_id_institute_id_person_id"


class CalendarNotice(TenantOwned, Base):
    """Someone whose agenda may differ from what the person's calendar was told.

    One row while it waits: whatever else changes meanwhile is told in the same mail. It goes when
    nothing differs, or once the mail has left; a mail that has not left is dropped for a newer one,
    which says what it would have said too.
    """

    __tablename__ = "calendar_notice"
    __more_table_args__ = (
        linked("institute_id", to="institute", cascade=True),
        linked("person_id", to="person"),
        UniqueConstraint("tenant_id", "institute_id", "person_id", name=ONE_NOTICE),
        Index("ix_calendar_notice_due", "mail_id", "due_at"),
    )

    id: Mapped[Id]
    institute_id: Mapped[UUID]
    person_id: Mapped[UUID]
    wanted_at: Mapped[Moment]
    """Since when something may differ."""
    due_at: Mapped[Moment]
    """When it is looked at; a person who goes on choosing is left alone for a while."""
    times: Mapped[int] = mapped_column(default=1)
    """How often it was wanted: who compared meanwhile sees that there is more."""
    why: Mapped[str] = mapped_column(default="")
    """What changed last: programme, choice, institute, seat or clocks."""
    mail_id: Mapped[UUID | None]
    """The mail that was promised; empty while the comparison is still to be made."""
    note: Mapped[str] = mapped_column(default="")
    """What the hosts say about it themselves, as with the release of a programme."""
