"""What reports ask about institutes: which there are, and who has a seat there, from where.

Set-based: a handful of queries for any number of teams and people, plain values back.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select

from consortium.database import db
from consortium.people.domain import Side
from consortium.people.models import Person, Role
from events.checkin.models import Scan, Strike
from events.institutes.domain import COHORT_KINDS, Status
from events.institutes.models import Day, Institute, RoleRequirement
from events.registration.models import (
    ACTIVE_SEATS,
    Seat,
    SeatStatus,
    Team,
    TeamKind,
    TeamStatus,
)
from events.schedule.models import Session

__all__ = [
    "Gathering",
    "Named",
    "Seated",
    "TeamLine",
    "gatherings",
    "named_seats",
    "seated_at",
    "teams_in",
]


@dataclass(frozen=True, kw_only=True)
class Gathering:
    """An institute or cohort, and the first and last day on which it meets."""

    id: UUID
    title: str
    is_cohort: bool
    cancelled: bool
    first_day: date | None
    last_day: date | None


@dataclass(frozen=True, kw_only=True)
class Seated:
    """Someone who takes part in a registered team, or did; one row for each institute."""

    institute_id: UUID
    person_id: UUID
    lea_id: str | None
    state: str
    role_code: str
    role: str
    side: Side
    new_member: bool


@dataclass(frozen=True, kw_only=True)
class TeamLine:
    """A registered team or group of visitors."""

    id: UUID
    institute_id: UUID
    lea_id: str | None
    site: str
    state: str
    visitors: bool
    complete: bool | None


@dataclass(frozen=True, kw_only=True)
class Named:
    """A live seat with its holder's name, for those to whom the holder agreed to be named."""

    institute_id: UUID
    person_id: UUID
    name: str
    role_code: str
    role: str
    team: str
    state: str


def gatherings() -> list[Gathering]:
    """Return the consortium's institutes and cohorts that the public knows, oldest first.

    Those without any day come last.
    """
    days = select(Day.institute_id, func.min(Day.on), func.max(Day.on)).group_by(Day.institute_id)
    sessions = (
        select(Session.institute_id, func.min(Session.starts), func.max(Session.ends))
        .where(Session.cancelled_at.is_(None), Session.starts.is_not(None))
        .group_by(Session.institute_id)
    )
    spans: dict[UUID, list[date]] = defaultdict(list)
    for institute_id, first, last in db.session.execute(days):
        spans[institute_id] += [first, last]
    for institute_id, starts, ends in db.session.execute(sessions):
        spans[institute_id] += [one.date() for one in (starts, ends) if one is not None]
    rows = db.session.execute(
        select(Institute.id, Institute.title, Institute.kind, Institute.status).where(
            or_(Institute.status == Status.PUBLISHED, Institute.published_at.is_not(None))
        )
    )
    found = [
        Gathering(
            id=institute_id,
            title=title,
            is_cohort=kind in COHORT_KINDS,
            cancelled=status is Status.CANCELLED,
            first_day=min(spans[institute_id], default=None),
            last_day=max(spans[institute_id], default=None),
        )
        for institute_id, title, kind, status in rows
    ]
    return sorted(found, key=lambda one: (one.first_day or date.max, one.title, str(one.id)))


def seated_at(
    institute_ids: Collection[UUID], *, person_id: UUID | None = None, past: bool = False
) -> list[Seated]:
    """Return everyone with a live seat in a registered team, each once for an institute.

    Who sits in two teams of one institute counts by the seat that is not shared. ``person_id``
    asks for this person alone. With ``past``, who came and has left the team since counts by the
    seat they had: a year's figures must not shrink because a leader leaves.
    """
    live = and_(Seat.status.in_(ACTIVE_SEATS), Team.status == TeamStatus.REGISTERED)
    statement = (
        select(
            Seat.institute_id,
            Seat.person_id,
            Team.lea_id,
            Team.state,
            Seat.role_code,
            func.coalesce(Role.label, RoleRequirement.label, Seat.role_code),
            func.coalesce(RoleRequirement.side, Role.side),
            Seat.new_member,
        )
        .join(Team, Team.id == Seat.team_id)
        .outerjoin(
            RoleRequirement,
            and_(
                RoleRequirement.institute_id == Seat.institute_id,
                RoleRequirement.code == Seat.role_code,
            ),
        )
        .outerjoin(Role, and_(Role.tenant_id == Seat.tenant_id, Role.code == Seat.role_code))
        .where(Seat.institute_id.in_(institute_ids), or_(live, _came_and_left()) if past else live)
        .order_by(case((live, 1), else_=0), Seat.shared.desc(), Team.registered_at.desc(), Seat.id)
    )
    if person_id is not None:
        statement = statement.where(Seat.person_id == person_id)
    found = {(row[0], row[1]): row for row in db.session.execute(statement)}
    return [
        Seated(
            institute_id=institute_id,
            person_id=person_id,
            lea_id=lea_id,
            state=state,
            role_code=role_code,
            role=role,
            side=Side(side) if side else Side.OTHER,
            new_member=new_member,
        )
        for institute_id, person_id, lea_id, state, role_code, role, side, new_member in (
            found.values()
        )
    ]


def _came_and_left() -> ColumnElement[bool]:
    """Return the condition of seats that ended after their holder was seen at the institute."""
    undone = exists().where(
        Strike.institute_id == Scan.institute_id, Strike.strikes == Scan.client_id
    )
    seen = exists().where(
        Scan.institute_id == Seat.institute_id,
        Scan.person_id == Seat.person_id,
        Scan.problem.is_(None),
        ~undone,
    )
    return and_(Seat.status.in_((SeatStatus.REPLACED, SeatStatus.WITHDRAWN)), seen)


def teams_in(institute_ids: Collection[UUID]) -> list[TeamLine]:
    """Return the registered teams and groups of visitors of these institutes."""
    statement = (
        select(
            Team.id,
            Team.institute_id,
            Team.lea_id,
            Team.site,
            Team.state,
            Team.kind,
            Team.complete,
        )
        .where(Team.institute_id.in_(institute_ids), Team.status == TeamStatus.REGISTERED)
        .order_by(Team.id)
    )
    return [
        TeamLine(
            id=team_id,
            institute_id=institute_id,
            lea_id=lea_id,
            site=site,
            state=state,
            visitors=kind is TeamKind.VISITORS,
            complete=complete,
        )
        for team_id, institute_id, lea_id, site, state, kind, complete in db.session.execute(
            statement
        )
    ]


def named_seats(institute_ids: Collection[UUID], person_ids: Collection[UUID]) -> list[Named]:
    """Return these people's live seats by name; the caller has looked whether they agreed."""
    statement = (
        select(
            Seat.institute_id,
            Seat.person_id,
            Person.name,
            Seat.role_code,
            func.coalesce(Role.label, Seat.role_code),
            Team.name,
            Team.state,
        )
        .join(Team, Team.id == Seat.team_id)
        .join(Person, Person.id == Seat.person_id)
        .outerjoin(Role, and_(Role.tenant_id == Seat.tenant_id, Role.code == Seat.role_code))
        .where(
            Seat.institute_id.in_(institute_ids),
            Seat.person_id.in_(person_ids),
            Seat.status.in_(ACTIVE_SEATS),
            Team.status == TeamStatus.REGISTERED,
        )
        .order_by(Person.name, Seat.id)
    )
    return [
        Named(
            institute_id=institute_id,
            person_id=person_id,
            name=name,
            role_code=role_code,
            role=role,
            team=team,
            state=state,
        )
        for institute_id, person_id, name, role_code, role, team, state in db.session.execute(
            statement
        )
    ]
