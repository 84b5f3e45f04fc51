"""Sessions of a programme, and meetings of a cohort."""

from dataclasses import fields
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consortium.database import Base, Id, Json, Moment, WallTime
from consortium.tenancy import TenantOwned
from consortium.zones import zones_version
from events.institutes.models import Institute
from events.schedule.domain import PlannedSession, SessionSpec

CODE_TAKEN = "uq_session_institute_id_code"
PLACES_NOT_OVERSOLD = "places_not_oversold"


class Session(TenantOwned, Base):
    """One item of a programme, or one meeting of a cohort.

    Wall time and zone are the truth; ``starts_at`` and ``ends_at`` are derived from them for
    sorting and reminders. A session without a date yet has none of the four.
    """

    __tablename__ = "session"
    __more_table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "institute_id"],
            ["institute.tenant_id", "institute.id"],
            ondelete="CASCADE",
        ),
        UniqueConstraint("institute_id", "code", name=CODE_TAKEN),
        UniqueConstraint("tenant_id", "uid"),
        CheckConstraint("ends IS NULL OR ends > starts", name="ends_after_start"),
        CheckConstraint(
            "taken >= 0 AND (capacity IS NULL OR taken <= capacity)", name=PLACES_NOT_OVERSOLD
        ),
        Index("ix_session_institute_starts", "tenant_id", "institute_id", "starts"),
    )

    id: Mapped[Id]
    institute_id: Mapped[UUID]
    code: Mapped[str]
    """Short name, unique in the institute, e.g. ``d1-key``."""
    uid: Mapped[str]
    """What calendars know it by; never changes."""
    sequence: Mapped[int] = mapped_column(default=0)
    """Raised on each change a calendar shows."""
    meeting: Mapped[bool] = mapped_column(default=False)
    """True for a cohort's meeting, false for an item of the programme."""
    kind: Mapped[str]
    title: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    time_zone: Mapped[str]
    starts: Mapped[WallTime | None]
    ends: Mapped[WallTime | None]
    starts_at: Mapped[Moment | None]
    ends_at: Mapped[Moment | None]
    zones_version: Mapped[str] = mapped_column(default=zones_version)
    """The release of the zones' rules by which the two instants were derived."""
    room: Mapped[str] = mapped_column(default="")
    mode: Mapped[str] = mapped_column(default="")
    """virtual, in person or both; empty when not said."""
    online_link: Mapped[str] = mapped_column(default="")
    homework: Mapped[str] = mapped_column(default="")
    audience_roles: Mapped[list[str]] = mapped_column(Json, default=lambda: ["*"])
    audience_flags: Mapped[list[str]] = mapped_column(Json, default=list)
    """new_district or new_member: only such people see and join it."""
    cohort: Mapped[str] = mapped_column(default="")
    """Which group of a cohort programme it is for; empty or ``both`` for all."""
    choice_group: Mapped[str] = mapped_column(default="")
    pick: Mapped[int] = mapped_column(default=1)
    """How many sessions of the choice group one person takes."""
    same_content: Mapped[str] = mapped_column(default="")
    capacity: Mapped[int | None]
    taken: Mapped[int] = mapped_column(default=0)
    extras: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """What the programme file says beyond these columns (cadence, windows …)."""
    cancelled_at: Mapped[Moment | None]
    changed_at: Mapped[Moment]
    position: Mapped[int]
    version: Mapped[int] = mapped_column(default=1)

    institute: Mapped[Institute] = relationship(
        viewonly=True,
        primaryjoin="Session.institute_id == Institute.id",
        foreign_keys="Session.institute_id",
    )

    @property
    def planned(self) -> PlannedSession:
        """The session as a value, without its link."""
        return PlannedSession(
            id=self.id,
            code=self.code,
            title=self.title,
            kind=self.kind,
            time_zone=self.time_zone,
            starts=self.starts,
            ends=self.ends,
            description=self.description,
            room=self.room,
            mode=self.mode,
            homework=self.homework,
            meeting=self.meeting,
            audience_roles=tuple(self.audience_roles),
            audience_flags=tuple(self.audience_flags),
            cohort=self.cohort,
            choice_group=self.choice_group,
            pick=self.pick,
            same_content=self.same_content,
            capacity=self.capacity,
            taken=self.taken,
            cancelled=self.cancelled_at is not None,
        )

    @property
    def spec(self) -> SessionSpec:
        """The session as it was last written down."""
        values: dict[str, Any] = {}
        for part in fields(SessionSpec):
            value = getattr(self, part.name)
            values[part.name] = tuple(value) if isinstance(value, list) else value
        return SessionSpec(**values)


@event.listens_for(Session.starts_at, "set")
def _note_by_which_rules(session: Session, *_: Any) -> None:
    """Whoever derives the instant does so by the rules of today."""
    session.zones_version = zones_version()
