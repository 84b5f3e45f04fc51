"""A person's private calendar feed."""

from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consortium.database import Base, Id, Moment
from consortium.tenancy import TenantOwned

ONE_FEED = "uq_calendar_feed_tenant_id_person_id"


class CalendarFeed(TenantOwned, Base):
    """A secret address from which a calendar program reads one person's sessions.

    The token is derived from the application's secret, this row's id and its generation, so it
    can be shown again; the database keeps only its digest. Rotating raises the generation.
    """

    __tablename__ = "calendar_feed"
    __more_table_args__ = (
        ForeignKeyConstraint(["tenant_id", "person_id"], ["person.tenant_id", "person.id"]),
        UniqueConstraint("tenant_id", "person_id", name=ONE_FEED),
        UniqueConstraint("token_digest"),
    )

    id: Mapped[Id]
    person_id: Mapped[UUID]
    generation: Mapped[int] = mapped_column(default=1)
    token_digest: Mapped[str]
    rotated_at: Mapped[Moment]
