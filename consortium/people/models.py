"""Who people are: a sign-in identity shared by all consortia, and what each knows of them."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consortium.database import Base, Id, Moment
from consortium.directory.models import Lea
from consortium.people.domain import Side, Term
from consortium.tenancy import TenantOwned, linked

ONE_IDENTITY = "uq_identity_email"
ONE_PERSON = "uq_person_tenant_id_identity_id"
ROLE_CODE_TAKEN = "uq_role_tenant_id_code"


class Identity(Base):
    """One e-mail address that can sign in; it may be a person in several consortia."""

    __tablename__ = "identity"
    __table_args__ = (UniqueConstraint("email", name=ONE_IDENTITY),)

    id: Mapped[Id]
    email: Mapped[str]
    """Normalised by ``people.domain.normalise_email``; mail goes to exactly this address."""
    created_at: Mapped[Moment]


class Person(TenantOwned, Base):
    """Someone as one consortium knows them."""

    __tablename__ = "person"
    __more_table_args__ = (
        UniqueConstraint("tenant_id", "identity_id", name=ONE_PERSON),
        linked("merged_into_id", to="person"),
    )

    id: Mapped[Id]
    identity_id: Mapped[UUID] = mapped_column(ForeignKey("identity.id"), index=True)
    name: Mapped[str]
    phone: Mapped[str] = mapped_column(default="")
    """International form, e.g. +16095550142; empty when unknown."""
    created_at: Mapped[Moment]
    merged_into_id: Mapped[UUID | None]
    """The person this one turned out to be: nothing refers to this row any more, and whoever
    signs in with its address is that person."""

    identity: Mapped[Identity] = relationship(lazy="joined")

    @property
    def email(self) -> str:
        """The address this person signs in with."""
        return self.identity.email


class Role(TenantOwned, Base):
    """An office people can hold, as this consortium names it.

    The side is stored apart from the role: an administrators' association president sits on
    the labor side in New Jersey and nowhere in a state without such units.
    """

    __tablename__ = "role"
    __more_table_args__ = (UniqueConstraint("tenant_id", "code", name=ROLE_CODE_TAKEN),)

    id: Mapped[Id]
    code: Mapped[str]
    label: Mapped[str]
    side: Mapped[Side]
    position: Mapped[int]
    one_holder: Mapped[bool] = mapped_column(default=False)
    """Whether one person at a time holds it at an LEA."""
    retired_at: Mapped[Moment | None]


class Appointment(TenantOwned, Base):
    """Who holds which office at which LEA, from when to when; the end is open while they do."""

    __tablename__ = "appointment"
    __more_table_args__ = (
        linked("person_id", to="person"),
        linked("role_id", to="role"),
        Index("ix_appointment_person", "tenant_id", "person_id"),
    )

    id: Mapped[Id]
    person_id: Mapped[UUID]
    role_id: Mapped[UUID]
    lea_id: Mapped[str | None] = mapped_column(ForeignKey("lea.id"))
    """Empty for state-level offices."""
    site: Mapped[str] = mapped_column(default="")
    """The school, for offices that each school of the LEA has."""
    begins_on: Mapped[date]
    ends_on: Mapped[date | None]
    interim: Mapped[bool] = mapped_column(default=False)
    """Held until somebody is found for good."""

    role: Mapped[Role] = relationship(
        primaryjoin="Appointment.role_id == Role.id",
        foreign_keys="Appointment.role_id",
        viewonly=True,
    )
    lea: Mapped[Lea | None] = relationship(viewonly=True)

    @property
    def term(self) -> Term:
        """From when to when."""
        return Term(begins_on=self.begins_on, ends_on=self.ends_on)


class Consent(TenantOwned, Base):
    """What a person agreed to show to matched peers of one institute. Off unless given.

    A later row replaces an earlier one; withdrawing sets ``withdrawn_at`` and takes effect at
    the next page view.
    """

    __tablename__ = "consent"
    __more_table_args__ = (
        linked("person_id", to="person"),
        Index("ix_consent_person", "tenant_id", "person_id"),
    )

    id: Mapped[Id]
    person_id: Mapped[UUID]
    institute_id: Mapped[UUID]
    """The institute whose matched peers may see it; text keeps history when it is gone."""
    shares_email: Mapped[bool]
    shares_phone: Mapped[bool]
    wording: Mapped[str]
    """The sentence the person agreed to, as it was shown."""
    given_at: Mapped[Moment]
    withdrawn_at: Mapped[Moment | None]
