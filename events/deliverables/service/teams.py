"""The teams that are asked, with their leads and offices; and who reads a team's pages."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, or_, select, true
from sqlalchemy.orm import joinedload, selectinload

from consortium.database import db
from consortium.errors import NotFound
from consortium.people.domain import Side
from consortium.people.models import Identity, Person
from consortium.words import say
from events.deliverables.domain import AskedTeam, LeadContact, TeamFacts
from events.institutes.models import Institute
from events.registration.models import (
    ACTIVE_SEATS,
    Seat,
    SeatStatus,
    Team,
    TeamKind,
    TeamLead,
    TeamStatus,
)


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Who opens a team's page."""

    email: str
    person_id: UUID | None
    reads_all: bool = False
    """Works for the consortium and reads rosters."""


def facts_of(team: Team) -> TeamFacts:
    """Return who is who in one team, out of its rows."""
    roles: dict[str, set[UUID]] = defaultdict(set)
    for seat in team.seats:
        if seat.status is SeatStatus.CONFIRMED:
            for code in seat.role_codes:
                roles[code].add(seat.person_id)
    return TeamFacts(
        leads={lead.person_id: lead.side for lead in team.leads},
        roles={code: frozenset(people) for code, people in roles.items()},
    )


def is_asked() -> ColumnElement[bool]:
    """Return the condition of the teams that are asked: registered, and no visitors."""
    return (Team.status == TeamStatus.REGISTERED) & (Team.kind == TeamKind.TEAM)


def get_team_of(team_id: UUID, reader: Reader) -> Team:
    """Return a team for its leads, its members and staff. Raises ``NotFound`` for others."""
    leads = exists(
        select(TeamLead.id).where(
            TeamLead.team_id == Team.id, TeamLead.person_id == reader.person_id
        )
    )
    sits = exists(
        select(Seat.id).where(
            Seat.team_id == Team.id,
            Seat.person_id == reader.person_id,
            Seat.status.in_(ACTIVE_SEATS),
        )
    )
    known = reader.person_id is not None
    theirs = true() if reader.reads_all else or_(leads, sits) if known else ~true()
    team = db.session.scalar(
        select(Team)
        .where(Team.id == team_id, theirs, Team.kind == TeamKind.TEAM)
        .options(
            selectinload(Team.seats),
            selectinload(Team.leads).joinedload(TeamLead.person),
            joinedload(Team.institute).selectinload(Institute.roles),
            joinedload(Team.institute).selectinload(Institute.days),
        )
    )
    if team is None:
        raise NotFound(say("There is no team of yours at this address."))
    return team


def teams_asked(institute_id: UUID) -> Sequence[AskedTeam]:
    """Return every team that is asked, by name, in three queries."""
    teams = db.session.execute(
        select(Team.id, Team.name, Team.site)
        .where(Team.institute_id == institute_id, is_asked())
        .order_by(func.lower(Team.name), Team.site, Team.id)
    ).all()
    leads = _leads(institute_id)
    holders = _holders(institute_id)
    return [
        AskedTeam(
            id=row.id,
            title=f"{row.name}, {row.site}" if row.site else row.name,
            leads=tuple(leads[row.id]),
            holders=tuple(holders[row.id]),
        )
        for row in teams
    ]


def _leads(institute_id: UUID) -> dict[UUID, list[LeadContact]]:
    statement = (
        select(TeamLead.team_id, TeamLead.person_id, TeamLead.side, Person.name, Identity.email)
        .join(Team, Team.id == TeamLead.team_id)
        .join(Person, Person.id == TeamLead.person_id)
        .join(Identity, Identity.id == Person.identity_id)
        .where(Team.institute_id == institute_id)
        .order_by(TeamLead.since, TeamLead.id)
    )
    found: dict[UUID, list[LeadContact]] = defaultdict(list)
    for row in db.session.execute(statement):
        contact = LeadContact(
            person_id=row.person_id, name=row.name or row.email, email=row.email, side=row.side
        )
        found[row.team_id].append(contact)
    return found


def _holders(institute_id: UUID) -> dict[UUID, list[tuple[LeadContact, tuple[str, ...]]]]:
    statement = (
        select(
            Seat.team_id,
            Seat.person_id,
            Seat.name,
            Seat.role_code,
            Seat.also_role_codes,
            Identity.email,
        )
        .join(Person, Person.id == Seat.person_id)
        .join(Identity, Identity.id == Person.identity_id)
        .where(Seat.institute_id == institute_id, Seat.status == SeatStatus.CONFIRMED)
        .order_by(Seat.position, Seat.id)
    )
    found: dict[UUID, list[tuple[LeadContact, tuple[str, ...]]]] = defaultdict(list)
    for row in db.session.execute(statement):
        who = LeadContact(person_id=row.person_id, name=row.name, email=row.email, side=Side.OTHER)
        found[row.team_id].append((who, (row.role_code, *row.also_role_codes)))
    return found
