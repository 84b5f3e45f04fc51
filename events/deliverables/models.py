"""What teams are asked for, what they handed in, who agreed, and what may be shown."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consortium.database import Base, Id, Json, Moment, WallTime
from consortium.files.models import StoredFile
from consortium.tenancy import TenantOwned, linked
from events.deliverables.domain import DeliverableSpec, Paper, Party, Review, still_to_agree

ONE_OF_A_NUMBER = "uq_hand_in_number"
ONE_AGREEMENT = "uq_hand_in_agreement_party"
ONE_CONSENT = "uq_gallery_consent_party"


class Deliverable(TenantOwned, Base):
    """A paper that each registered team of an institute is asked for, by a date."""

    __tablename__ = "deliverable"
    __more_table_args__ = (
        linked("institute_id", to="institute", cascade=True),
        linked("template_id", to="material"),
        Index("ix_deliverable_due", "tenant_id", "institute_id", "due_at", "id"),
    )

    id: Mapped[Id]
    institute_id: Mapped[UUID]
    title: Mapped[str]
    instructions: Mapped[str] = mapped_column(default="")
    template_id: Mapped[UUID | None]
    due: Mapped[WallTime]
    """Wall time in the institute's zone; the truth."""
    due_at: Mapped[Moment]
    """The moment that follows from it."""
    late_allowed: Mapped[bool]
    kinds: Mapped[list[str]] = mapped_column(Json)
    both_sides: Mapped[bool]
    sign_roles: Mapped[list[str]] = mapped_column(Json, default=list)
    by_members: Mapped[bool] = mapped_column(default=False)
    """Whether any confirmed member hands it in, and not the leads alone."""
    gallery: Mapped[bool]
    remind_days: Mapped[list[int]] = mapped_column(Json, default=list)
    made_by: Mapped[str]
    made_at: Mapped[Moment]
    version: Mapped[int] = mapped_column(default=1)

    @property
    def spec(self) -> DeliverableSpec:
        """It as a value."""
        return DeliverableSpec(
            title=self.title,
            instructions=self.instructions,
            template_id=self.template_id,
            due=self.due,
            late_allowed=self.late_allowed,
            kinds=tuple(self.kinds),
            both_sides=self.both_sides,
            sign_roles=tuple(self.sign_roles),
            by_members=self.by_members,
            gallery=self.gallery,
            remind_days=tuple(self.remind_days),
        )


class HandIn(TenantOwned, Base):
    """One version of a paper that a team uploaded; the last one to which all agreed counts."""

    __tablename__ = "hand_in"
    __more_table_args__ = (
        linked("deliverable_id", to="deliverable", cascade=True),
        linked("team_id", to="team", cascade=True),
        linked("file_id", to="stored_file"),
        UniqueConstraint("deliverable_id", "team_id", "number", name=ONE_OF_A_NUMBER),
        CheckConstraint("number > 0", name="counted_from_one"),
        CheckConstraint("review = 'open' OR reviewed_at IS NOT NULL", name="reviewed_by_someone"),
    )

    id: Mapped[Id]
    deliverable_id: Mapped[UUID]
    team_id: Mapped[UUID]
    number: Mapped[int]
    file_id: Mapped[UUID]
    note: Mapped[str] = mapped_column(default="")
    """What the team wants the host to know."""
    uploaded_by: Mapped[str]
    uploaded_at: Mapped[Moment]
    complete_at: Mapped[Moment | None]
    """When everyone had agreed who had to; whoever joins the team later is not waited for."""
    withdrawn_at: Mapped[Moment | None]
    review: Mapped[Review] = mapped_column(default=Review.OPEN)
    review_note: Mapped[str] = mapped_column(default="")
    reviewed_by: Mapped[str] = mapped_column(default="")
    reviewed_at: Mapped[Moment | None]

    file: Mapped[StoredFile] = relationship(
        primaryjoin="HandIn.file_id == StoredFile.id", foreign_keys="HandIn.file_id", viewonly=True
    )
    agreements: Mapped[list["HandInAgreement"]] = relationship(
        cascade="all, delete-orphan", order_by="HandInAgreement.agreed_at"
    )

    def waits_for(self, parties: Iterable[Party]) -> tuple[Party, ...]:
        """Return who of these has not agreed yet; nobody once all had."""
        agreed = {one.party for one in self.agreements}
        return () if self.complete_at else still_to_agree(parties, agreed)

    def paper(self, parties: Iterable[Party]) -> Paper:
        """Return it as a value; ``parties`` have to agree."""
        return Paper(
            number=self.number,
            uploaded_at=self.uploaded_at,
            complete=not self.waits_for(parties),
            withdrawn=self.withdrawn_at is not None,
            review=self.review,
        )


class HandInAgreement(TenantOwned, Base):
    """That a side, or an office, of the team agrees to one version."""

    __tablename__ = "hand_in_agreement"
    __more_table_args__ = (
        linked("hand_in_id", to="hand_in", cascade=True),
        linked("person_id", to="person"),
        UniqueConstraint("hand_in_id", "party", name=ONE_AGREEMENT),
    )

    id: Mapped[Id]
    hand_in_id: Mapped[UUID]
    party: Mapped[str]
    """``lead:<side>`` or ``role:<code>``."""
    person_id: Mapped[UUID | None]
    """Who agreed; empty where the host did it for the team."""
    agreed_by: Mapped[str]
    agreed_at: Mapped[Moment]


class GalleryConsent(TenantOwned, Base):
    """That a lead lets the other teams see what the team handed in."""

    __tablename__ = "gallery_consent"
    __more_table_args__ = (
        linked("deliverable_id", to="deliverable", cascade=True),
        linked("team_id", to="team", cascade=True),
        UniqueConstraint("deliverable_id", "team_id", "party", name=ONE_CONSENT),
    )

    id: Mapped[Id]
    deliverable_id: Mapped[UUID]
    team_id: Mapped[UUID]
    party: Mapped[str]
    """``lead:<side>``."""
    given_by: Mapped[str]
    given_at: Mapped[Moment]
