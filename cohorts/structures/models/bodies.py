"""Bodies: the standing meetings and committees of a partnership, and who sits in them."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cohorts.learning.models import Partnership
from cohorts.structures.domain.keeping import BodyTerms
from cohorts.structures.domain.kinds import KINDS, BodyKind, Cadence
from consortium.database import Base, Id, Moment
from consortium.people.domain import Side
from consortium.tenancy import TenantOwned, linked


class Body(TenantOwned, Base):
    """A standing meeting or committee of a partnership, which outlives who sits in it."""

    __tablename__ = "body"
    __more_table_args__ = (
        linked("partnership_id", to="partnership"),
        Index("ix_body_partnership", "tenant_id", "partnership_id", "begins_on", "id"),
        CheckConstraint("ends_on IS NULL OR ends_on >= begins_on", name="ends_after_it_begins"),
    )

    id: Mapped[Id]
    partnership_id: Mapped[UUID]
    kind: Mapped[BodyKind]
    name: Mapped[str] = mapped_column(default="")
    """What the LEA calls it; empty where the kind's own words will do."""
    school: Mapped[str] = mapped_column(default="")
    """The school it belongs to, where it is one school's."""
    cadence: Mapped[Cadence]
    summer_off: Mapped[bool] = mapped_column(default=True)
    """Whether it rests in July and August."""
    begins_on: Mapped[date]
    ends_on: Mapped[date | None]
    next_on: Mapped[date | None]
    """When it meets next, as was said last."""
    made_by: Mapped[str]
    made_at: Mapped[Moment]
    version: Mapped[int] = mapped_column(default=1)

    partnership: Mapped[Partnership] = relationship(
        primaryjoin="Body.partnership_id == Partnership.id",
        foreign_keys="Body.partnership_id",
        viewonly=True,
    )
    members: Mapped[list["BodyMember"]] = relationship(
        cascade="all, delete-orphan", order_by="(BodyMember.position, BodyMember.id)"
    )

    @property
    def terms(self) -> BodyTerms:
        """How often it means to meet, and from when to when there is such a body."""
        return BodyTerms(
            cadence=self.cadence,
            summer_off=self.summer_off,
            begins_on=self.begins_on,
            ends_on=self.ends_on,
        )

    @property
    def title(self) -> str:
        """What pages call it, with its school where it is one school's."""
        words = self.name or KINDS[self.kind].label
        return f"{words}, {self.school}" if self.school else words


class BodyMember(TenantOwned, Base):
    """An office, or somebody by name, with a seat in a body."""

    __tablename__ = "body_member"
    __more_table_args__ = (
        linked("body_id", to="body", cascade=True),
        linked("person_id", to="person"),
        Index("ix_body_member_person", "tenant_id", "person_id"),
        CheckConstraint("office <> '' OR name <> ''", name="an_office_or_a_name"),
    )

    id: Mapped[Id]
    body_id: Mapped[UUID]
    side: Mapped[Side]
    office: Mapped[str] = mapped_column(default="")
    """For which office: whoever holds it sits there."""
    name: Mapped[str] = mapped_column(default="")
    person_id: Mapped[UUID | None]
    """Who it is, where the consortium knows them."""
    position: Mapped[int]
