"""Whose team is whose over the years: teams of an LEA or a site with everyone who sat in them."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, tuple_

from consortium.database import db
from consortium.people.domain import Side
from consortium.people.models import Person
from events.institutes.models import Day, Institute, RoleRequirement
from events.registration.domain.belonging import Held, Leading, TeamOfYear
from events.registration.models import (
    ACTIVE_SEATS,
    Seat,
    SeatStatus,
    Team,
    TeamKind,
    TeamLead,
    TeamStatus,
)
from events.schedule.models import Session

Place = tuple[str, str]
"""An LEA and its site; no site where the team is the whole LEA's."""


def teams_of_places(places: Collection[Place]) -> list[TeamOfYear]:
    """Return all teams that ever came from these LEAs or sites, oldest institute first."""
    if not places:
        return []
    return _teams(tuple_(Team.lea_id, Team.site).in_(sorted(places)))


def teams_with(team_ids: Collection[UUID]) -> list[TeamOfYear]:
    """Return these teams, oldest institute first."""
    return _teams(Team.id.in_(team_ids)) if team_ids else []


def teams_at(institute_id: UUID) -> list[TeamOfYear]:
    """Return the teams of an institute or cohort whatever their state, by name."""
    return sorted(
        _teams(Team.institute_id == institute_id), key=lambda team: (team.name, str(team.id))
    )


def places_of_person(person_id: UUID) -> list[Place]:
    """Return the LEAs and sites with whose teams this person sits, or which they lead."""
    sits = exists().where(
        Seat.team_id == Team.id, Seat.person_id == person_id, Seat.status.in_(ACTIVE_SEATS)
    )
    leads = exists().where(TeamLead.team_id == Team.id, TeamLead.person_id == person_id)
    statement = (
        select(Team.lea_id, Team.site)
        .where(
            Team.kind == TeamKind.TEAM,
            Team.status != TeamStatus.WITHDRAWN,
            Team.lea_id.is_not(None),
            or_(sits, leads),
        )
        .distinct()
        .order_by(Team.lea_id, Team.site)
    )
    return [(lea_id or "", site) for lea_id, site in db.session.execute(statement)]


def _teams(wanted: ColumnElement[bool]) -> list[TeamOfYear]:
    """Read teams, their seats, leads and institutes, in a few queries for any number."""
    statement = (
        select(
            Team.id,
            Team.institute_id,
            Team.lea_id,
            Team.site,
            Team.name,
            Team.state,
            Team.cohort,
            Team.status,
            Team.complete,
        )
        .where(wanted, Team.kind == TeamKind.TEAM)
        .order_by(Team.created_at, Team.id)
    )
    rows = db.session.execute(statement).all()
    if not rows:
        return []
    ids = [row.id for row in rows]
    seats = _seats(ids)
    leads = _leads(ids)
    at = {row.institute_id for row in rows}
    spans = _spans(at)
    institutes = {
        one.id: one
        for one in db.session.scalars(select(Institute).where(Institute.id.in_(at))).unique()
    }
    found = [
        _view(
            row, institutes[row.institute_id], seats.get(row.id, ()), leads.get(row.id, ()), spans
        )
        for row in rows
    ]
    return sorted(found, key=lambda team: (team.first_day or date.max, str(team.id)))


def _seats(team_ids: Collection[UUID]) -> Mapping[UUID, Sequence[Held]]:
    statement = (
        select(
            Seat.team_id,
            Seat.id,
            Seat.person_id,
            Seat.name,
            Seat.role_code,
            Seat.also_role_codes,
            Seat.status,
            Seat.replaces_id,
            Seat.ended_at,
            RoleRequirement.label,
            RoleRequirement.side,
        )
        .outerjoin(
            RoleRequirement,
            and_(
                RoleRequirement.institute_id == Seat.institute_id,
                RoleRequirement.code == Seat.role_code,
            ),
        )
        .where(Seat.team_id.in_(team_ids))
        .order_by(Seat.position, Seat.id)
    )
    found: dict[UUID, list[Held]] = defaultdict(list)
    for row in db.session.execute(statement):
        found[row.team_id].append(
            Held(
                id=row.id,
                person_id=row.person_id,
                name=row.name,
                role_codes=(row.role_code, *row.also_role_codes),
                label=row.label or row.role_code,
                side=row.side or Side.OTHER,
                confirmed=row.status is SeatStatus.CONFIRMED,
                replaces_id=row.replaces_id,
                ended_at=row.ended_at,
            )
        )
    return found


def _leads(team_ids: Collection[UUID]) -> Mapping[UUID, Sequence[Leading]]:
    statement = (
        select(TeamLead.team_id, TeamLead.person_id, TeamLead.side, Person)
        .join(Person, TeamLead.person_id == Person.id)
        .where(TeamLead.team_id.in_(team_ids))
        .order_by(TeamLead.since, TeamLead.id)
    )
    found: dict[UUID, list[Leading]] = defaultdict(list)
    for team_id, person_id, side, person in db.session.execute(statement).unique():
        lead = Leading(person_id=person_id, name=person.name or person.email, side=side)
        found[team_id].append(lead)
    return found


Span = tuple[date | None, date | None]


def _spans(institute_ids: Collection[UUID]) -> Mapping[UUID, Span]:
    """Return first and last dated day of institutes, of their days and of their sessions."""
    days = (
        select(Day.institute_id, func.min(Day.on), func.max(Day.on))
        .where(Day.institute_id.in_(institute_ids))
        .group_by(Day.institute_id)
    )
    sessions = (
        select(Session.institute_id, func.min(Session.starts), func.max(Session.ends))
        .where(Session.institute_id.in_(institute_ids), Session.cancelled_at.is_(None))
        .group_by(Session.institute_id)
    )
    found: dict[UUID, Span] = {}
    for institute_id, first, last in (*db.session.execute(days), *db.session.execute(sessions)):
        before = found.get(institute_id, (None, None))
        found[institute_id] = (
            min((day for day in (before[0], _day(first)) if day), default=None),
            max((day for day in (before[1], _day(last)) if day), default=None),
        )
    return found


def _day(value: Any) -> date | None:
    return value.date() if isinstance(value, datetime) else value


def _view(
    team: Any,
    institute: Institute,
    seats: Sequence[Held],
    leads: Sequence[Leading],
    spans: Mapping[UUID, Span],
) -> TeamOfYear:
    first, last = spans.get(institute.id, (None, None))
    return TeamOfYear(
        id=team.id,
        institute_id=institute.id,
        institute_slug=institute.slug,
        institute_title=institute.title,
        is_cohort=institute.is_cohort,
        cancelled=institute.cancelled,
        first_day=first,
        last_day=last,
        lea_id=team.lea_id,
        site=team.site,
        name=team.name,
        state=team.state,
        group=team.cohort,
        registered=team.status is TeamStatus.REGISTERED,
        complete=team.complete,
        seats=tuple(seats),
        leads=tuple(leads),
    )


def registered_places() -> list[tuple[UUID, UUID, str, str]]:
    """Return consortium, team, LEA and site of every registered team, for checks of everything."""
    statement = select(Team.tenant_id, Team.id, Team.lea_id, Team.site).where(
        Team.kind == TeamKind.TEAM,
        Team.status == TeamStatus.REGISTERED,
        Team.lea_id.is_not(None),
    )
    return [
        (tenant_id, team_id, lea_id or "", site)
        for tenant_id, team_id, lea_id, site in db.session.execute(statement)
    ]


def institutes_of(team_ids: Collection[UUID], session_ids: Collection[UUID]) -> Mapping[UUID, UUID]:
    """Return at which institute each of these teams and sessions is, for checks of everything."""
    found: dict[UUID, UUID] = {}
    for model, ids in ((Team, team_ids), (Session, session_ids)):
        statement = select(model.id, model.institute_id).where(model.id.in_(ids))
        found |= {row.id: row.institute_id for row in db.session.execute(statement)}
    return found
