"""Who is asked, and the sealed way from a person to the pseudonym.

Nothing here says what anyone answered, and nothing beside the answers says who anyone is. The only
way between them is ``SurveyLink``: found by a fingerprint of the address, opened with the server's
secret, and deleted when names are forgotten.
"""

from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cohorts.surveys.domain.places import RoleGroup
from consortium.database import Base, Id
from consortium.people.domain import Side
from consortium.tenancy import TenantOwned, linked

NAMED_ONCE = "uq_survey_name_wave_id_partnership_id_email"
ONE_LINK = "uq_survey_link_partnership_id_who"


class SurveyName(TenantOwned, Base):
    """Someone on the list of a wave: whom to ask, at which address, in which group."""

    __tablename__ = "survey_name"
    __more_table_args__ = (
        linked("wave_id", to="survey_wave", cascade=True),
        linked("partnership_id", to="partnership"),
        UniqueConstraint("wave_id", "partnership_id", "email", name=NAMED_ONCE),
        Index("ix_survey_name_email", "tenant_id", "email"),
    )

    id: Mapped[Id]
    wave_id: Mapped[UUID]
    partnership_id: Mapped[UUID]
    name: Mapped[str]
    email: Mapped[str]
    school: Mapped[str] = mapped_column(default="")
    """Empty: the district office, or no school."""
    group: Mapped[RoleGroup]
    side: Mapped[Side]
    struck_on: Mapped[date | None]
    """The day on which they left; they answer no more."""
    asked_on: Mapped[date | None]
    """The day on which the first mail was promised."""
    reminded_on: Mapped[date | None]
    """The day on which they were last reminded."""


class SurveyLink(TenantOwned, Base):
    """The pseudonym of a person in a partnership, sealed: the same in every wave and seat."""

    __tablename__ = "survey_link"
    __more_table_args__ = (
        linked("partnership_id", to="partnership"),
        UniqueConstraint("partnership_id", "who", name=ONE_LINK),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    partnership_id: Mapped[UUID]
    who: Mapped[str]
    """A fingerprint of the address that only the server's secret makes."""
    sealed: Mapped[str]
    """The pseudonym, sealed."""
