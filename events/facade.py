"""What cohorts may ask about events, in plain values rather than rows."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from events.institutes import service as institutes
from events.registration import service as registration
from events.registration.domain import ParticipantView

__all__ = ["InstituteView", "ParticipantView", "institute_of", "participants_of"]


@dataclass(frozen=True, kw_only=True)
class InstituteView:
    """An institute as other packages see one."""

    id: UUID
    slug: str
    title: str
    kind: str
    time_zone: str
    venue: str
    first_day: date | None
    last_day: date | None


def institute_of(slug: str, *, drafts: bool = False) -> InstituteView:
    """Return the institute at this address; ``drafts`` too, for people who may edit.

    Raises ``NotFound``.
    """
    institute = institutes.get_by_slug(slug, drafts=drafts)
    days = [day.on for day in institute.days]
    return InstituteView(
        id=institute.id,
        slug=institute.slug,
        title=institute.title,
        kind=institute.kind,
        time_zone=institute.time_zone,
        venue=institute.venue,
        first_day=min(days, default=None),
        last_day=max(days, default=None),
    )


def participants_of(institute_id: UUID) -> list[ParticipantView]:
    """Return everyone with a confirmed seat in a registered team, in one query, by name."""
    return registration.participants_of(institute_id)
