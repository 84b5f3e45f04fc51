"""Lessons of partnerships, and who agreed to show them."""

from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cohorts.learning.domain.partners import TableSide
from cohorts.learning.models import Partnership
from cohorts.reflections.domain import Agreed, LessonText
from consortium.database import Base, Id, Moment, only
from consortium.tenancy import TenantOwned, linked

ONE_AGREEMENT = "uq_lesson_agreement_side"


class Lesson(TenantOwned, Base):
    """What a partnership learned; others see it while both sides agree to exactly this text."""

    __tablename__ = "lesson"
    __more_table_args__ = (
        linked("partnership_id", to="partnership"),
        Index("ix_lesson_published", "tenant_id", "published_at"),
    )

    id: Mapped[Id]
    partnership_id: Mapped[UUID]
    title: Mapped[str]
    topic: Mapped[str]
    body: Mapped[str]
    search_text: Mapped[str]
    """As ``domain.lessons.search_text`` writes it."""
    version: Mapped[int] = mapped_column(default=1)
    written_by: Mapped[str]
    written_at: Mapped[Moment]
    published_at: Mapped[Moment | None]
    """Since when others see it; empty while both sides do not agree to this text."""
    removed_at: Mapped[Moment | None]

    agreements: Mapped[list["LessonAgreement"]] = relationship(
        cascade="all, delete-orphan", order_by="LessonAgreement.given_at, LessonAgreement.id"
    )
    partnership: Mapped[Partnership] = relationship(
        primaryjoin="Lesson.partnership_id == Partnership.id",
        foreign_keys="Lesson.partnership_id",
        viewonly=True,
    )

    @property
    def text(self) -> LessonText:
        """What is shown of it, as a value."""
        return LessonText(title=self.title, topic=self.topic, body=self.body)

    @property
    def agreed(self) -> tuple[Agreed, ...]:
        """The agreements as values, withdrawn ones too."""
        return tuple(
            Agreed(
                side=one.side,
                person_id=one.person_id,
                digest=one.digest,
                named=one.named,
                for_reports=one.for_reports,
                withdrawn=one.withdrawn_at is not None,
            )
            for one in self.agreements
        )

    @property
    def names(self) -> tuple[str, ...]:
        """Who can be asked about it and agreed to be named."""
        return tuple(
            one.name
            for one in self.agreements
            if one.named and one.withdrawn_at is None and one.digest == self.text.digest
        )


class LessonAgreement(TenantOwned, Base):
    """That a lead agreed, for a side, to show exactly one text."""

    __tablename__ = "lesson_agreement"
    __more_table_args__ = (
        linked("lesson_id", to="lesson", cascade=True),
        linked("person_id", to="person"),
        Index(ONE_AGREEMENT, "lesson_id", "side", unique=True, **only("withdrawn_at IS NULL")),
    )

    id: Mapped[Id]
    lesson_id: Mapped[UUID]
    side: Mapped[TableSide]
    person_id: Mapped[UUID]
    name: Mapped[str]
    """Name and office as they were."""
    digest: Mapped[str]
    wording: Mapped[str]
    named: Mapped[bool]
    for_reports: Mapped[bool]
    given_at: Mapped[Moment]
    withdrawn_at: Mapped[Moment | None]
