"""What people are still to be told of their own places in sessions."""

from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from consortium.database import Base, Id, Json, Moment
from consortium.tenancy import TenantOwned, linked


class PlaceNews(TenantOwned, Base):
    """Something that happened to someone's place in a session, and not by their own hand.

    It waits here for the worker, who writes one mail to each person: an act that concerns
    thousands writes but rows. What is no longer so when the mail is written is not in it.
    """

    __tablename__ = "place_news"
    __more_table_args__ = (
        linked("session_id", to="session", cascade=True),
        linked("seat_id", to="seat", cascade=True),
        Index("ix_place_news_seat", "tenant_id", "seat_id", "since"),
    )

    id: Mapped[Id]
    session_id: Mapped[UUID]
    seat_id: Mapped[UUID]
    since: Mapped[Moment]
    news: Mapped[str]
    more: Mapped[list[str]] = mapped_column(Json, default=list)
    """What follows from it, a sentence each."""
