"""What a successor ticked off, whom a successor may reach, and who was shown it."""

from datetime import date
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consortium.database import Base, Id, Json, Moment, only
from consortium.people.models import Person
from consortium.tenancy import TenantOwned, linked

ONE_TICK = "uq_handover_tick_one_each"
ONE_OFFER = "uq_contact_offer_one_live"
ONE_SHOWING = "uq_contact_shown_one_a_day"


class HandoverTick(TenantOwned, Base):
    """One thing of the hand-over that somebody has seen to."""

    __tablename__ = "handover_tick"
    __more_table_args__ = (
        linked("partnership_id", to="partnership"),
        linked("person_id", to="person"),
        UniqueConstraint("partnership_id", "person_id", "item", name=ONE_TICK),
    )

    id: Mapped[Id]
    partnership_id: Mapped[UUID]
    person_id: Mapped[UUID]
    item: Mapped[str]
    ticked_at: Mapped[Moment]


class ContactOffer(TenantOwned, Base):
    """That somebody lets whoever speaks for a side of the partnership see how to reach them.

    Off unless given; withdrawing takes effect at the next page view. It outlasts the office: who
    left may still want to be asked.
    """

    __tablename__ = "contact_offer"
    __more_table_args__ = (
        linked("partnership_id", to="partnership"),
        linked("person_id", to="person"),
        Index(
            ONE_OFFER, "partnership_id", "person_id", unique=True, **only("withdrawn_at IS NULL")
        ),
    )

    id: Mapped[Id]
    partnership_id: Mapped[UUID]
    person_id: Mapped[UUID]
    shares_email: Mapped[bool]
    shares_phone: Mapped[bool]
    wording: Mapped[str]
    """The sentence the person agreed to, as it was shown."""
    given_at: Mapped[Moment]
    withdrawn_at: Mapped[Moment | None]

    person: Mapped[Person] = relationship(
        primaryjoin="ContactOffer.person_id == Person.id",
        foreign_keys="ContactOffer.person_id",
        viewonly=True,
    )


class ContactShown(TenantOwned, Base):
    """That somebody's contact was shown to somebody on a day; kept so that they can see it."""

    __tablename__ = "contact_shown"
    __more_table_args__ = (
        linked("partnership_id", to="partnership"),
        linked("of_person_id", to="person"),
        linked("to_person_id", to="person"),
        UniqueConstraint(
            "partnership_id", "of_person_id", "to_person_id", "on", "form", name=ONE_SHOWING
        ),
        Index("ix_contact_shown_of", "tenant_id", "of_person_id"),
    )

    id: Mapped[Id]
    partnership_id: Mapped[UUID]
    of_person_id: Mapped[UUID]
    to_person_id: Mapped[UUID]
    on: Mapped[date]
    form: Mapped[str]
    """``page`` or ``pdf``."""
    fields: Mapped[list[str]] = mapped_column(Json, default=list)
    at: Mapped[Moment]
