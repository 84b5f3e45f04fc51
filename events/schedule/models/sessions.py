"""Sessions of a programme, and meetings of a cohort."""

from dataclasses import fields, replace
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consortium.database import Base, Id, Json, Moment, WallTime
from consortium.tenancy import TenantOwned, linked
from consortium.zones import zones_version
from events.institutes.models import Institute
from events.schedule.domain import PlannedSession, SessionSpec
from events.schedule.domain.drafts import NAMED_ELSEWHERE, shown_of, spec_in

CODE_TAKEN = "uq_session_institute_id_code"
PLACES_NOT_OVERSOLD = "places_not_oversold"


class Session(TenantOwned, Base):
    """One item of a programme, or one meeting of a cohort.

    Wall time and zone are the truth; ``starts_at`` and ``ends_at`` are derived from them for
    sorting and reminders. A session without a date yet has none of the four.
    """

    __tablename__ = "session"
    __more_table_args__ = (
        linked("institute_id", to="institute", cascade=True),
        UniqueConstraint("institute_id", "code", name=CODE_TAKEN),
        UniqueConstraint("tenant_id", "uid"),
        CheckConstraint("ends IS NULL OR ends > starts", name="ends_after_start"),
        CheckConstraint(
            "taken >= 0 AND (capacity IS NULL OR taken <= capacity)", name=PLACES_NOT_OVERSOLD
        ),
        ForeignKeyConstraint(
            ["tenant_id", "institute_id", "room"],
            ["room.tenant_id", "room.institute_id", "room.name"],
            onupdate="CASCADE",
        ),
        ForeignKeyConstraint(
            ["tenant_id", "institute_id", "venue"],
            ["venue.tenant_id", "venue.institute_id", "venue.name"],
            onupdate="CASCADE",
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
    room: Mapped[str | None]
    """A room of the institute, by its name."""
    venue: Mapped[str | None]
    """The venue where it is held, by its name; empty where that is the institute's own."""
    presenters: Mapped[list[str]] = mapped_column(Json, default=list)
    facilitators: Mapped[list[str]] = mapped_column(Json, default=list)
    """Both by the names under which the institute knows its presenters."""
    track: Mapped[str] = mapped_column(default="")
    mode: Mapped[str] = mapped_column(default="")
    """virtual, in person or both; empty when not said."""
    online_link: Mapped[str] = mapped_column(default="")
    homework: Mapped[str] = mapped_column(default="")
    audience_roles: Mapped[list[str]] = mapped_column(Json, default=lambda: ["*"])
    audience_sides: Mapped[list[str]] = mapped_column(Json, default=list)
    audience_flags: Mapped[list[str]] = mapped_column(Json, default=list)
    """new_district or new_member: only such people see and join it."""
    strand: Mapped[str] = mapped_column(default="")
    """The strand whose followers it is for, by its code; empty for all."""
    cohort: Mapped[str] = mapped_column(default="")
    """Which group of a cohort programme it is for; empty or ``both`` for all."""
    choice_group: Mapped[str] = mapped_column(default="")
    pick: Mapped[int] = mapped_column(default=1)
    """How many sessions of the choice group one person takes."""
    same_content: Mapped[str] = mapped_column(default="")
    features: Mapped[list[str]] = mapped_column(Json, default=list)
    """What its room must have, as rooms write it."""
    capacity: Mapped[int | None]
    taken: Mapped[int] = mapped_column(default=0)
    extras: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """What the programme file says beyond these columns (cadence, windows …)."""
    published: Mapped[bool] = mapped_column(default=True)
    """Whether the programme names it; false while it is only planned. People see it once the
    institute is announced too."""
    draft: Mapped[dict[str, Any] | None] = mapped_column(Json)
    """What a published session is to become, as ``domain.drafts`` writes it; none while nothing
    waits to be published."""
    draft_cancelled: Mapped[bool | None]
    """Whether publishing cancels it, or holds it after all; none where it stays as it is."""
    keeps_time: Mapped[bool] = mapped_column(default=False)
    """Whether proposals leave it at its time."""
    keeps_room: Mapped[bool] = mapped_column(default=False)
    """Whether proposals leave it in its room."""
    edited_by: Mapped[str] = mapped_column(default="")
    """Who wrote what waits to be published."""
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
            room=self.room or "",
            venue=self.venue or "",
            mode=self.mode,
            homework=self.homework,
            meeting=self.meeting,
            track=self.track,
            presenters=tuple(self.presenters),
            facilitators=tuple(self.facilitators),
            audience_roles=tuple(self.audience_roles),
            audience_sides=tuple(self.audience_sides),
            strand=self.strand,
            audience_flags=tuple(self.audience_flags),
            cohort=self.cohort,
            choice_group=self.choice_group,
            pick=self.pick,
            same_content=self.same_content,
            features=tuple(self.features),
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
        return SessionSpec(**values | {name: values[name] or "" for name in NAMED_ELSEWHERE})

    @property
    def drafted(self) -> SessionSpec:
        """The session as it is to be: what waits to be published, else what it is."""
        return self.spec if self.draft is None else spec_in(self.draft)

    @property
    def planned_draft(self) -> PlannedSession:
        """The session as a value, as it is once everything that waits is published."""
        cancelled = self.cancelled_at is not None
        if self.draft_cancelled is not None:
            cancelled = self.draft_cancelled
        if self.draft is None:
            return replace(self.planned, cancelled=cancelled)
        return replace(self.planned, cancelled=cancelled, **shown_of(self.drafted))

    @property
    def waits(self) -> bool:
        """Whether something of it waits to be published."""
        return not self.published or self.draft is not None or self.draft_cancelled is not None


@event.listens_for(Session.starts_at, "set")
def _note_by_which_rules(session: Session, *_: Any) -> None:
    """Whoever derives the instant does so by the rules of today."""
    session.zones_version = zones_version()
