"""Places, answers and ties under pseudonyms. No moment, no order and no name stands here.

Ids are random and, on SQLite, rows lie in the order of their ids: which row came first does not
tell who answered first.
"""

from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cohorts.surveys.domain.places import Place, RoleGroup
from consortium.database import Base, Json
from consortium.people.domain import Side
from consortium.tenancy import TenantOwned, linked

ONE_PLACE = "uq_survey_place_wave_id_pseudonym"
ONE_REPLY = "uq_survey_reply_wave_id_pseudonym"
ONE_NAMING = "uq_survey_ties_wave_id_pseudonym"
IN_NO_ORDER = {"sqlite_with_rowid": False}


class UnderPseudonym:
    """What somebody is to a wave, or said in it: who that is stands elsewhere."""

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    wave_id: Mapped[UUID]
    partnership_id: Mapped[UUID]
    pseudonym: Mapped[UUID]


class SurveyPlace(UnderPseudonym, TenantOwned, Base):
    """A place on the roster of a wave, drawn when it opens."""

    __tablename__ = "survey_place"
    __more_table_args__ = (
        linked("wave_id", to="survey_wave", cascade=True),
        linked("partnership_id", to="partnership"),
        UniqueConstraint("wave_id", "pseudonym", name=ONE_PLACE),
        Index("ix_survey_place_pseudonym", "tenant_id", "pseudonym"),
        IN_NO_ORDER,
    )

    school: Mapped[str] = mapped_column(default="")
    group: Mapped[RoleGroup]
    side: Mapped[Side]
    struck: Mapped[bool] = mapped_column(default=False)

    @property
    def place(self) -> Place:
        """The place as results count it."""
        return Place(
            pseudonym=self.pseudonym,
            partnership_id=self.partnership_id,
            school=self.school,
            group=self.group,
            side=self.side,
            struck=self.struck,
        )


class SurveyReply(UnderPseudonym, TenantOwned, Base):
    """What someone answered, under the pseudonym."""

    __tablename__ = "survey_reply"
    __more_table_args__ = (
        linked("wave_id", to="survey_wave", cascade=True),
        linked("partnership_id", to="partnership"),
        UniqueConstraint("wave_id", "pseudonym", name=ONE_REPLY),
        IN_NO_ORDER,
    )

    answers: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """By the code of a statement its point, of an open question the text."""


class SurveyTies(UnderPseudonym, TenantOwned, Base):
    """Whom someone named, all under pseudonyms: only the collector has them, until deleted."""

    __tablename__ = "survey_ties"
    __more_table_args__ = (
        linked("wave_id", to="survey_wave", cascade=True),
        linked("partnership_id", to="partnership"),
        UniqueConstraint("wave_id", "pseudonym", name=ONE_NAMING),
        IN_NO_ORDER,
    )

    named: Mapped[dict[str, list[str]]] = mapped_column(Json, default=dict)
    """By topic, the pseudonyms of those named."""
