"""Reading an institute's teams for the board: the same three queries for any number of teams."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select

from consortium import clock
from consortium.database import db
from consortium.people.models import Identity, Person
from events.board.domain.overview import NextDue, Overview, next_due, overview
from events.board.domain.teams import Contact, Member, RoleBook, TeamFilter, TeamLine
from events.institutes.models import Institute
from events.registration.models import ACTIVE_SEATS, Seat, Team, TeamKind, TeamLead


@dataclass(frozen=True, kw_only=True)
class Board:
    """Everything on the board's page."""

    teams: Sequence[TeamLine]
    book: RoleBook
    overview: Overview
    next_due: NextDue | None

    @property
    def states(self) -> Collection[str]:
        """The states that teams come from."""
        return {team.state for team in self.teams}

    def chosen(self, wanted: TeamFilter) -> Sequence[TeamLine]:
        """Return the teams that pass the filter, by name."""
        return wanted.chosen(self.teams, self.book)


def board_of(institute: Institute) -> Board:
    """Return what the board shows of an institute."""
    teams = team_lines(institute)
    book = book_of(institute)
    return Board(
        teams=teams,
        book=book,
        overview=overview(teams, book),
        next_due=next_due(institute.dues, institute.zone, at=clock.now()),
    )


def book_of(institute: Institute) -> RoleBook:
    """Return what the institute calls its roles, and their sides."""
    return RoleBook(rules=institute.terms.roles)


def team_lines(institute: Institute) -> Sequence[TeamLine]:
    """Return every team of the institute with its live seats and its leads, by name."""
    members = _members(institute)
    leads = _leads(institute)
    statement = (
        select(
            Team.id,
            Team.name,
            Team.site,
            Team.state,
            Team.status,
            Team.kind,
            Team.complete,
            Team.missing,
            Team.lea_id,
            Team.registered_at,
            Team.waitlist_position,
        )
        .where(Team.institute_id == institute.id)
        .order_by(func.lower(Team.name), Team.site, Team.created_at, Team.id)
    )
    return [
        TeamLine(
            id=row.id,
            name=row.name,
            site=row.site,
            lea_id=row.lea_id or "",
            registered_at=row.registered_at,
            waitlist_position=row.waitlist_position,
            state=row.state,
            status=row.status,
            visitors=row.kind is TeamKind.VISITORS,
            complete=row.complete,
            missing=tuple(row.missing),
            members=tuple(members[row.id]),
            leads=tuple(leads[row.id]),
        )
        for row in db.session.execute(statement)
    ]


def _members(institute: Institute) -> dict[UUID, list[Member]]:
    statement = (
        select(
            Seat.id,
            Seat.team_id,
            Seat.person_id,
            Seat.name,
            Seat.role_code,
            Seat.also_role_codes,
            Seat.status,
            func.coalesce(Seat.reminded_at, Seat.invited_at).label("asked_at"),
            Identity.email,
        )
        .join(Person, Person.id == Seat.person_id)
        .join(Identity, Identity.id == Person.identity_id)
        .where(Seat.institute_id == institute.id, Seat.status.in_(ACTIVE_SEATS))
        .order_by(Seat.position, Seat.id)
    )
    members: dict[UUID, list[Member]] = defaultdict(list)
    for row in db.session.execute(statement):
        members[row.team_id].append(
            Member(
                seat_id=row.id,
                person_id=row.person_id,
                name=row.name,
                email=row.email,
                role_codes=(row.role_code, *row.also_role_codes),
                status=row.status,
                asked_at=row.asked_at,
            )
        )
    return members


def _leads(institute: Institute) -> dict[UUID, list[Contact]]:
    statement = (
        select(TeamLead.team_id, TeamLead.person_id, Person.name, Identity.email)
        .join(Team, Team.id == TeamLead.team_id)
        .join(Person, Person.id == TeamLead.person_id)
        .join(Identity, Identity.id == Person.identity_id)
        .where(Team.institute_id == institute.id)
        .order_by(TeamLead.since, Person.name, TeamLead.id)
    )
    leads: dict[UUID, list[Contact]] = defaultdict(list)
    for row in db.session.execute(statement):
        contact = Contact(person_id=row.person_id, name=row.name or row.email, email=row.email)
        leads[row.team_id].append(contact)
    return leads
