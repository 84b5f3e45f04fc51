"""Instruments: what a host asks, in versions."""

from typing import Any

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cohorts.surveys.domain.instruments import Instrument
from consortium.database import Base, Id, Json, Moment
from consortium.tenancy import TenantOwned

CODE_TAKEN = "uq_survey_instrument_tenant_id_code_number"


class SurveyInstrument(TenantOwned, Base):
    """One version of an instrument. Once a wave uses it, nothing of it changes any more."""

    __tablename__ = "survey_instrument"
    __more_table_args__ = (UniqueConstraint("tenant_id", "code", "number", name=CODE_TAKEN),)

    id: Mapped[Id]
    code: Mapped[str]
    """The same in all its versions."""
    number: Mapped[int] = mapped_column(default=1)
    content: Mapped[dict[str, Any]] = mapped_column(Json)
    """As ``domain.instruments`` reads it, and as its file has it."""
    made_at: Mapped[Moment]
    fixed_at: Mapped[Moment | None]
    """When the first wave took it; from then on a change makes the next version."""
    version: Mapped[int] = mapped_column(default=1)

    @property
    def asked(self) -> Instrument:
        """What it asks."""
        return Instrument.model_validate(self.content)

    @property
    def title(self) -> str:
        """What it is called."""
        return str(self.content["title"])
