"""What people and teams wrote after a meeting, and what they were asked."""

from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cohorts.reflections.domain import Visibility, Written
from consortium.database import Base, Id, Json, Moment, only
from consortium.tenancy import TenantOwned, linked

ONE_OWN = "uq_reflection_person"
ONE_OF_TEAM = "uq_reflection_team"
ONE_SET = "uq_reflection_prompts_institute"


class ReflectionPrompts(TenantOwned, Base):
    """The questions of one cohort, in the host's own words."""

    __tablename__ = "reflection_prompts"
    __more_table_args__ = (
        linked("institute_id", to="institute", cascade=True),
        UniqueConstraint("institute_id", name=ONE_SET),
    )

    id: Mapped[Id]
    institute_id: Mapped[UUID]
    prompts: Mapped[list[str]] = mapped_column(Json)
    changed_by: Mapped[str]
    changed_at: Mapped[Moment]


class Reflection(TenantOwned, Base):
    """What someone, or a whole team, took from one meeting."""

    __tablename__ = "reflection"
    __more_table_args__ = (
        linked("institute_id", to="institute", cascade=True),
        linked("session_id", to="session", cascade=True),
        linked("team_id", to="team", cascade=True),
        linked("person_id", to="person"),
        Index(
            ONE_OWN,
            "session_id",
            "team_id",
            "person_id",
            unique=True,
            **only("person_id IS NOT NULL"),
        ),
        Index(ONE_OF_TEAM, "session_id", "team_id", unique=True, **only("person_id IS NULL")),
        CheckConstraint(
            "person_id IS NOT NULL OR visibility <> 'private'", name="team_reads_its_own"
        ),
    )

    id: Mapped[Id]
    institute_id: Mapped[UUID]
    session_id: Mapped[UUID]
    team_id: Mapped[UUID]
    person_id: Mapped[UUID | None]
    """Whose it is; empty: the whole team's."""
    author: Mapped[str]
    """Name and office, or the team; for the own team and those who run the cohort."""
    office: Mapped[str]
    """Office and team without the name, for other teams."""
    visibility: Mapped[Visibility]
    answers: Mapped[list[list[str]]] = mapped_column(Json)
    """Each question as it was asked, and what was answered."""
    version: Mapped[int] = mapped_column(default=1)
    written_at: Mapped[Moment]
    changed_at: Mapped[Moment]
    changed_by: Mapped[str]

    @property
    def written(self) -> Written:
        """It as a value."""
        return Written(
            team_id=self.team_id,
            institute_id=self.institute_id,
            person_id=self.person_id,
            visibility=self.visibility,
        )
