"""What cohorts may ask about events, in plain values rather than rows."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select, update

from consortium.database import db
from consortium.errors import NotFound
from consortium.words import say
from events.institutes import service as institutes
from events.institutes.domain import COHORT_KINDS
from events.institutes.models import Institute
from events.institutes.service.cancelling import institute_cancelled
from events.registration import service as registration
from events.registration.domain import ParticipantView
from events.registration.domain.admission import SCHOOL_SITE
from events.registration.domain.participants import RegisteredTeam
from events.registration.models import Seat, SeatStatus, Team, TeamStatus
from events.registration.service import team_settled
from events.registration.service.registered import registered_teams, teams_with_person

__all__ = [
    "COHORT_KINDS",
    "InstituteView",
    "Origin",
    "ParticipantView",
    "RegisteredTeam",
    "Team",
    "TeamStatus",
    "every_institute",
    "hold_agreements",
    "institute_cancelled",
    "institute_of",
    "institute_with",
    "institutes_with",
    "named_at",
    "origins_of",
    "participants_of",
    "registered_teams",
    "team_settled",
    "teams_with_person",
    "want_peers",
]


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
    is_cohort: bool
    """Whether it is a year of meetings rather than one gathering."""
    home_states: tuple[str, ...]
    """USPS codes of the states whose LEAs it is for."""
    by_site: bool
    """Whether teams come from school sites, so that people of one LEA may be peers."""


def institute_of(slug: str, *, drafts: bool = False) -> InstituteView:
    """Return the institute at this address; ``drafts`` too, for people who may edit.

    Raises ``NotFound``.
    """
    return _view(institutes.get_by_slug(slug, drafts=drafts))


def institute_with(institute_id: UUID) -> InstituteView:
    """Return the institute with this id. Raises ``NotFound``."""
    institute = db.session.scalar(select(Institute).where(Institute.id == institute_id))
    if institute is None:
        raise NotFound(say("There is no such institute."))
    return _view(institute)


def every_institute() -> list[InstituteView]:
    """Return all institutes of the consortium, drafts too, newest first."""
    return [_view(institute) for institute in institutes.every_institute()]


def institutes_with(institute_ids: Collection[UUID]) -> list[InstituteView]:
    """Return the institutes with these ids, latest first, in one query."""
    return [_view(institute) for institute in institutes.with_ids(institute_ids)]


def participants_of(
    institute_id: UUID, *, only: Collection[UUID] | None = None
) -> list[ParticipantView]:
    """Return everyone with a confirmed seat in a registered team, in one query, by name.

    ``only`` asks for these persons alone.
    """
    return registration.participants_of(institute_id, only=only)


def named_at(institute_id: UUID) -> set[UUID]:
    """Return everyone who has, or had, a seat there, whether they came or not."""
    statement = select(Seat.person_id).where(
        Seat.institute_id == institute_id, Seat.person_id.is_not(None)
    )
    return set(db.session.scalars(statement.distinct()))


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Whence someone with a confirmed seat comes."""

    seat_id: UUID
    team_id: UUID
    lea_id: str | None
    site: str


def origins_of(institute_id: UUID) -> dict[UUID, list[Origin]]:
    """Return whence everyone comes who has a confirmed seat there, one for each seat.

    For checks that look at everyone: it reads nothing else.
    """
    rows = db.session.execute(
        select(Seat.person_id, Seat.id, Team.id, Team.lea_id, Team.site)
        .join(Team, Seat.team_id == Team.id)
        .where(Seat.institute_id == institute_id, Seat.status == SeatStatus.CONFIRMED)
    )
    found: dict[UUID, list[Origin]] = defaultdict(list)
    for person_id, seat_id, team_id, lea_id, site in rows:
        origin = Origin(seat_id=seat_id, team_id=team_id, lea_id=lea_id, site=site)
        found[person_id].append(origin)
    return found


def hold_agreements(institute_id: UUID) -> None:
    """Let nobody's seat there change before this transaction ends.

    Who takes the agreement back meanwhile waits, and then sees what was done with it.
    """
    held = select(Seat.id).where(Seat.institute_id == institute_id).order_by(Seat.id)
    db.session.execute(held.with_for_update(read=True))


def want_peers(institute_id: UUID, person_id: UUID, *, wanted: bool) -> None:
    """Keep whether this person wants to be matched with peers, in every seat they have there."""
    db.session.execute(
        update(Seat)
        .where(
            Seat.institute_id == institute_id,
            Seat.person_id == person_id,
            Seat.status == SeatStatus.CONFIRMED,
        )
        .values(wants_peers=wanted)
    )


def _view(institute: Institute) -> InstituteView:
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
        is_cohort=institute.is_cohort,
        home_states=tuple(institute.home_states),
        by_site=SCHOOL_SITE in institute.unit_types,
    )
