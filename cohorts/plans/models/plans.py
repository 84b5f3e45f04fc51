"""A partnership's plan of a school year, its versions as they were signed, and who signed."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cohorts.learning.domain.partners import TableSide
from cohorts.learning.domain.school_years import school_year_in_words
from cohorts.plans.domain import PlanText, Signed, Standing, standing_of
from cohorts.plans.domain.reminding import DAYS_BEFORE
from consortium.database import Base, Id, Json, Moment, only
from consortium.tenancy import TenantOwned, linked

ONE_OPEN_PLAN = "uq_plan_open"
ONE_OF_A_NUMBER = "uq_plan_version_number"
ONE_SIGNATURE = "uq_plan_signature_side"


class Plan(TenantOwned, Base):
    """What both sides of a partnership set out to reach in a school year.

    The rows of its goals are the version that is being written, or the last one that was signed
    while nobody has changed a word since.
    """

    __tablename__ = "plan"
    __more_table_args__ = (
        linked("partnership_id", to="partnership"),
        Index(
            ONE_OPEN_PLAN, "partnership_id", "school_year", unique=True, **only("closed_at IS NULL")
        ),
        CheckConstraint("number > 0", name="counted_from_one"),
        CheckConstraint("remind_days BETWEEN 0 AND 30", name="reminds_within_a_month"),
    )

    id: Mapped[Id]
    partnership_id: Mapped[UUID]
    school_year: Mapped[int]
    """The year in which it begins: 2026 is 2026–27."""
    purpose: Mapped[str] = mapped_column(default="")
    number: Mapped[int] = mapped_column(default=1)
    """The version that is being written, or that was signed last."""
    frozen: Mapped[bool] = mapped_column(default=False)
    """Whether someone has signed this version, so that a change opens the next one."""
    version: Mapped[int] = mapped_column(default=1)
    """Counts changes of the purpose, so that two who change it at once both see it."""
    next_meeting: Mapped[date | None]
    next_meeting_place: Mapped[str] = mapped_column(default="")
    remind_days: Mapped[int] = mapped_column(default=DAYS_BEFORE)
    """So many days before the next meeting owners get a mail; 0: none."""
    host_reads_comments: Mapped[bool] = mapped_column(default=False)
    begun_by: Mapped[str]
    begun_at: Mapped[Moment]
    closed_at: Mapped[Moment | None]

    versions: Mapped[list["PlanVersion"]] = relationship(
        cascade="all, delete-orphan", order_by="PlanVersion.number"
    )

    @property
    def years(self) -> str:
        """The school year as people write it: 2026–27."""
        return school_year_in_words(self.school_year)

    @property
    def newest(self) -> "PlanVersion | None":
        """The last version that anyone signed."""
        return self.versions[-1] if self.versions else None

    @property
    def agreed(self) -> "PlanVersion | None":
        """The plan in force: the last version that both sides signed."""
        return next((one for one in reversed(self.versions) if one.agreed_at is not None), None)

    @property
    def standing(self) -> Standing:
        """Where the version that one reads now stands."""
        newest = self.newest
        if not self.frozen or newest is None:
            return Standing.DRAFT
        return standing_of(newest.signed)


class PlanVersion(TenantOwned, Base):
    """A plan's text as it was signed; it never changes."""

    __tablename__ = "plan_version"
    __more_table_args__ = (
        linked("plan_id", to="plan", cascade=True),
        UniqueConstraint("plan_id", "number", name=ONE_OF_A_NUMBER),
    )

    id: Mapped[Id]
    plan_id: Mapped[UUID]
    number: Mapped[int]
    content: Mapped[dict[str, Any]] = mapped_column(Json)
    digest: Mapped[str]
    """SHA-256 of the text, so that a changed letter is found."""
    frozen_at: Mapped[Moment]
    agreed_at: Mapped[Moment | None]
    """When the second side signed."""

    signatures: Mapped[list["PlanSignature"]] = relationship(
        cascade="all, delete-orphan", order_by="PlanSignature.signed_at, PlanSignature.id"
    )

    @property
    def text(self) -> PlanText:
        """It as a value."""
        return PlanText.from_json(self.content)

    @property
    def signed(self) -> tuple[Signed, ...]:
        """Its signatures as values, withdrawn ones too."""
        return tuple(one.signed for one in self.signatures)


class PlanSignature(TenantOwned, Base):
    """That someone agreed to a version for a side, in which office and in which words."""

    __tablename__ = "plan_signature"
    __more_table_args__ = (
        linked("version_id", to="plan_version", cascade=True),
        linked("person_id", to="person"),
        Index(ONE_SIGNATURE, "version_id", "side", unique=True, **only("withdrawn_at IS NULL")),
    )

    id: Mapped[Id]
    version_id: Mapped[UUID]
    side: Mapped[TableSide]
    person_id: Mapped[UUID]
    name: Mapped[str]
    """As the signer typed it."""
    office: Mapped[str]
    """What the signer's office was called then."""
    wording: Mapped[str]
    """The sentence agreed to, as it was shown."""
    signed_at: Mapped[Moment]
    withdrawn_at: Mapped[Moment | None]

    @property
    def signed(self) -> Signed:
        """It as a value."""
        return Signed(
            side=self.side,
            person_id=self.person_id,
            name=self.name,
            office=self.office,
            at=self.signed_at,
            withdrawn=self.withdrawn_at is not None,
        )
