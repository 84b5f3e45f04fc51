"""Co-host associations: whom they may see by name, and who of their people agreed to it."""

from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consortium.database import Base, Id, Json, Moment, only
from consortium.people.models import Person
from consortium.tenancy import TenantOwned, linked
from consortium.tenants.models import Partner

ONE_ASSOCIATION = "uq_association_partner_id"
ONE_HELPER = "uq_association_helper_one_live"
ONE_NAME_CONSENT = "uq_name_consent_one_live"


class Association(TenantOwned, Base):
    """A partner organization whose own people, by role, it may see by name if they agree."""

    __tablename__ = "association"
    __more_table_args__ = (
        linked("partner_id", to="partner", cascade=True),
        UniqueConstraint("partner_id", name=ONE_ASSOCIATION),
    )

    id: Mapped[Id]
    partner_id: Mapped[UUID]
    role_codes: Mapped[list[str]] = mapped_column(Json, default=list)
    """The offices its own members hold, e.g. board members for a school boards association."""
    made_at: Mapped[Moment]
    made_by: Mapped[str]

    partner: Mapped[Partner] = relationship(
        primaryjoin="Association.partner_id == Partner.id",
        foreign_keys="Association.partner_id",
        lazy="joined",
        viewonly=True,
    )


class AssociationHelper(TenantOwned, Base):
    """Someone who works for an association: sees counts of all, names of consenting members."""

    __tablename__ = "association_helper"
    __more_table_args__ = (
        linked("association_id", to="association", cascade=True),
        linked("person_id", to="person"),
        Index(ONE_HELPER, "association_id", "person_id", unique=True, **only("ended_at IS NULL")),
    )

    id: Mapped[Id]
    association_id: Mapped[UUID]
    person_id: Mapped[UUID]
    began_at: Mapped[Moment]
    ended_at: Mapped[Moment | None]

    person: Mapped[Person] = relationship(
        primaryjoin="AssociationHelper.person_id == Person.id",
        foreign_keys="AssociationHelper.person_id",
        lazy="joined",
        viewonly=True,
    )


class NameConsent(TenantOwned, Base):
    """That a person lets an association read their name on an institute's roster. Off by itself.

    It ends with the institute's sixtieth day after, as consents to peers do.
    """

    __tablename__ = "name_consent"
    __more_table_args__ = (
        linked("association_id", to="association", cascade=True),
        linked("institute_id", to="institute"),
        linked("person_id", to="person"),
        Index(
            ONE_NAME_CONSENT,
            "association_id",
            "institute_id",
            "person_id",
            unique=True,
            **only("withdrawn_at IS NULL"),
        ),
        CheckConstraint("wording <> ''", name="worded"),
    )

    id: Mapped[Id]
    association_id: Mapped[UUID]
    institute_id: Mapped[UUID]
    person_id: Mapped[UUID]
    wording: Mapped[str]
    """The sentence the person agreed to, as it was shown."""
    given_at: Mapped[Moment]
    withdrawn_at: Mapped[Moment | None]
