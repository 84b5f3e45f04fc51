"""Waves: one opening of an instrument, for the partnerships of a cohort or for chosen ones."""

from datetime import date
from enum import StrEnum, auto
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cohorts.surveys.domain.waves import Window
from cohorts.surveys.models.instruments import SurveyInstrument
from consortium.database import Base, Id, Json, Moment
from consortium.tenancy import TenantOwned, linked

ONE_PART = "uq_survey_partnership_wave_id_partnership_id"


class WaveKind(StrEnum):
    """What a wave is for."""

    BASELINE = auto()
    FOLLOWUP = auto()
    LATER = auto()


class SurveyWave(TenantOwned, Base):
    """An instrument put before people from one day to another."""

    __tablename__ = "survey_wave"
    __more_table_args__ = (
        linked("instrument_id", to="survey_instrument"),
        linked("institute_id", to="institute"),
        CheckConstraint("opens_on <= closes_on", name="opens_before_it_closes"),
    )

    id: Mapped[Id]
    instrument_id: Mapped[UUID]
    institute_id: Mapped[UUID | None]
    """The cohort whose teams are asked; empty where partnerships were chosen one by one."""
    title: Mapped[str]
    kind: Mapped[WaveKind]
    opens_on: Mapped[date]
    closes_on: Mapped[date]
    """The last day for answers, to its midnight in the zone below."""
    time_zone: Mapped[str]
    collector: Mapped[str]
    """Who collects the answers, as everyone reads before beginning."""
    names_until: Mapped[date]
    """The last day on which names are kept; then nothing leads from a person to a pseudonym."""
    opened_at: Mapped[Moment | None]
    """When the roster was drawn under pseudonyms and the mails were promised."""
    withdrawn_at: Mapped[Moment | None]
    names_forgotten_at: Mapped[Moment | None]
    ties_deleted_at: Mapped[Moment | None]
    version: Mapped[int] = mapped_column(default=1)

    instrument: Mapped[SurveyInstrument] = relationship(
        primaryjoin="SurveyWave.instrument_id == SurveyInstrument.id",
        foreign_keys="SurveyWave.instrument_id",
        viewonly=True,
        lazy="joined",
    )

    @property
    def window(self) -> Window:
        """From when to when people may answer."""
        return Window(
            opens_on=self.opens_on,
            closes_on=self.closes_on,
            zone=self.time_zone,
            withdrawn=self.withdrawn_at is not None,
        )


class SurveyPartnership(TenantOwned, Base):
    """A partnership whose people a wave asks."""

    __tablename__ = "survey_partnership"
    __more_table_args__ = (
        linked("wave_id", to="survey_wave", cascade=True),
        linked("partnership_id", to="partnership"),
        UniqueConstraint("wave_id", "partnership_id", name=ONE_PART),
    )

    id: Mapped[Id]
    wave_id: Mapped[UUID]
    partnership_id: Mapped[UUID]
    network: Mapped[dict[str, Any] | None] = mapped_column(Json)
    """The network's figures as they stood when its ties were deleted."""
