"""Teams and their people as other packages see them over the years, ended seats included."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from consortium.people.domain import Side


@dataclass(frozen=True, kw_only=True)
class Held:
    """A seat and who has, or had, it."""

    id: UUID
    person_id: UUID | None
    """``None`` while nobody is named."""
    name: str
    role_codes: tuple[str, ...]
    label: str
    """What the first of its roles is called at its institute."""
    side: Side
    """The side of the first of its roles."""
    confirmed: bool
    """Whether its holder has agreed to come and has it still."""
    replaces_id: UUID | None
    ended_at: datetime | None
    """When it was given back or given to someone else; ``None`` while it is held."""


@dataclass(frozen=True, kw_only=True)
class Leading:
    """Someone who leads a team for one side."""

    person_id: UUID
    name: str
    side: Side


@dataclass(frozen=True, kw_only=True)
class TeamOfYear:
    """An LEA's, or a site's, team at one institute or cohort."""

    id: UUID
    institute_id: UUID
    institute_slug: str
    institute_title: str
    is_cohort: bool
    """Whether the institute is a cohort: a year of meetings."""
    cancelled: bool
    first_day: date | None
    last_day: date | None
    """The institute's last dated day, of its meetings too; ``None`` while nothing is dated."""
    lea_id: str | None
    site: str
    name: str
    """What rosters call it: the LEA, and the school where it is one school's."""
    state: str
    group: str
    """Which group of a cohort it belongs to; empty where there are none."""
    registered: bool
    """Whether it has its places; else it is a draft, waits, or was withdrawn."""
    complete: bool | None
    seats: tuple[Held, ...]
    leads: tuple[Leading, ...]
