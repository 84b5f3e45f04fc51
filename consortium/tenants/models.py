"""A state consortium: the tenant, its partners and the people who work for it."""

from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import (
    Index,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consortium.access import StaffRole
from consortium.database import Base, Id, Json, Moment, only
from consortium.people.models import Person
from consortium.tenancy import TenantOwned, linked

ONE_STAFF_ROLE = "uq_staff_member_one_active_role"
SLUG_TAKEN = "uq_tenant_slug"


class Tenant(Base):
    """A consortium: a state's partnership of unions, superintendents and boards."""

    __tablename__ = "tenant"
    __table_args__ = (UniqueConstraint("slug", name=SLUG_TAKEN),)

    id: Mapped[Id]
    slug: Mapped[str]
    name: Mapped[str]
    states: Mapped[list[str]] = mapped_column(Json, default=list)
    """USPS codes of the states it serves; the default for its institutes' home states."""
    time_zone: Mapped[str] = mapped_column(default="America/New_York")
    brand_colour: Mapped[str] = mapped_column(default="#1f4e79")
    """#rrggbb; checked for contrast with white before it is stored."""
    reply_address: Mapped[str]
    """Where answers to its mails go, and the contact named in refusals."""
    goals: Mapped[list[str]] = mapped_column(Json, default=list)
    """What participants may say they work on; the peer matching compares these."""
    created_at: Mapped[Moment]
    version: Mapped[int] = mapped_column(default=1)

    @property
    def zone(self) -> ZoneInfo:
        """The zone of its own days: when its fiscal year begins, when a bill is due."""
        return ZoneInfo(self.time_zone)


class Partner(TenantOwned, Base):
    """An organisation that co-hosts: an association, a department, a foundation."""

    __tablename__ = "partner"

    id: Mapped[Id]
    name: Mapped[str]
    role: Mapped[str] = mapped_column(default="partner")
    position: Mapped[int] = mapped_column(default=0)


class StaffMember(TenantOwned, Base):
    """Someone who works for the consortium in one staff role, from when to when."""

    __tablename__ = "staff_member"
    __more_table_args__ = (
        linked("person_id", to="person"),
        Index(
            ONE_STAFF_ROLE,
            "tenant_id",
            "person_id",
            "role",
            unique=True,
            **only("ended_at IS NULL"),
        ),
    )

    id: Mapped[Id]
    person_id: Mapped[UUID]
    role: Mapped[StaffRole]
    began_at: Mapped[Moment]
    ended_at: Mapped[Moment | None]

    person: Mapped[Person] = relationship(
        foreign_keys="StaffMember.person_id",
        lazy="joined",
        viewonly=True,
        primaryjoin="StaffMember.person_id == Person.id",
    )
