"""Reading what is stored, as a list asks for it: the same few queries for any number of rows."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, select

from consortium.database import db
from consortium.directory.models import Lea
from consortium.people.models import Identity, Person
from consortium.tenants.models import Tenant
from consortium.words import say
from events.bulk.domain.ground import Details, Ground, StoredSeat, StoredTeam, TeamKey
from events.bulk.domain.lines import FileRow
from events.bulk.service.answers import Questions, answers_of
from events.bulk.service.meant import addresses, leas_meant
from events.institutes.domain import Status
from events.institutes.models import Institute, Pool
from events.registration.domain import SCHOOL_SITE
from events.registration.models import (
    HELD_SEATS,
    OfficeAnswer,
    Seat,
    Team,
    TeamKind,
    TeamLead,
    TeamStatus,
    Waiver,
)
from events.registration.service import door_of
from events.registration.service.members import is_correction
from events.registration.service.naming import NamedPerson

UNOPENED = {
    Status.DRAFT: say("Publish the institute first; then teams can come in."),
    Status.CANCELLED: say("The institute was cancelled, so no team can come in."),
}
AnyRow = Row[*tuple[Any, ...]]


def ground_for(institute: Institute, rows: Sequence[FileRow], asked: Questions) -> Ground:
    """Return everything that decides what these rows would do."""
    door = door_of(institute)
    tenant = db.session.get_one(Tenant, institute.tenant_id)
    closed = say("Registration closed on %(when)s.", when=door.when) if door.closed else ""
    ground = Ground(
        terms=institute.terms,
        goals=tuple(tenant.goals),
        questions=asked.rules,
        leas=leas_meant(institute, rows),
        sites=SCHOOL_SITE in institute.unit_types,
        closed=closed,
        unopened=UNOPENED.get(institute.status, ""),
        has_waitlist=door.has_waitlist,
    )
    return as_it_stands(institute, ground, rows, asked)


def as_it_stands(
    institute: Institute,
    ground: Ground,
    rows: Iterable[FileRow],
    asked: Questions,
    *,
    lea_id: str | None = None,
) -> Ground:
    """Return the ground with teams, seats and free places as they are at this moment.

    With an ``lea_id`` only that LEA's teams are read.
    """
    teams = stored_teams(institute, asked, lea_id=lea_id)
    return replace(
        ground,
        teams={team.key: team for team in teams if team.kind == TeamKind.TEAM},
        seat_teams={seat.id: team.key for team in teams for seat in team.seats},
        elsewhere=_sitting(institute, addresses(rows)),
        free=_free(institute),
    )


def with_nothing_there(institute: Institute, ground: Ground, rows: Iterable[FileRow]) -> Ground:
    """Return the ground for rows of a team that is not there yet."""
    return replace(
        ground,
        teams={},
        seat_teams={},
        elsewhere=_sitting(institute, addresses(rows)),
        free=_free(institute),
    )


def stored_teams(
    institute: Institute, asked: Questions, *, lea_id: str | None = None
) -> Sequence[StoredTeam]:
    """Return the live teams of the institute with the seats they hold, by name."""
    here: list[ColumnElement[bool]] = [
        Team.institute_id == institute.id,
        Team.status != TeamStatus.WITHDRAWN,
    ]
    if lea_id is not None:
        here.append(Team.lea_id == lea_id)
    ids = select(Team.id).where(*here)
    answers = answers_of(asked, within=ids if lea_id else None)
    seats = _seats(ids, answers)
    leads = _leads(ids)
    waivers = _waivers(ids)
    offices = _offices(ids) if _asks_offices(institute) else {}
    statement = (
        select(
            Team.id,
            Team.lea_id,
            Team.site,
            Team.name,
            Team.state,
            Team.status,
            Team.kind,
            Lea.name.label("lea"),
        )
        .join(Lea, Lea.id == Team.lea_id, isouter=True)
        .where(*here)
    )
    found = db.session.execute(statement).all()
    return [
        StoredTeam(
            id=str(row.id),
            key=(row.lea_id or "", row.site),
            name=row.name,
            lea=row.lea or row.name,
            state=row.state,
            status=row.status,
            kind=row.kind,
            seats=tuple(seats.get(row.id, ())),
            leads={lead.email: lead.side for lead in leads.get(row.id, ())},
            lead_names={lead.email: lead.name for lead in leads.get(row.id, ())},
            answers=answers.get(row.id, {}),
            waivers=waivers.get(row.id, {}),
            offices=offices.get(row.lea_id or "", {}),
        )
        for row in sorted(found, key=lambda row: (row.name.casefold(), row.site, str(row.id)))
    ]


def _seats(
    team_ids: Select[UUID], answers: Mapping[UUID, Mapping[str, Any]]
) -> dict[UUID, list[StoredSeat]]:
    statement = (
        select(Seat, Identity.email)
        .join(Person, Person.id == Seat.person_id, isouter=True)
        .join(Identity, Identity.id == Person.identity_id, isouter=True)
        .where(Seat.team_id.in_(team_ids), Seat.status.in_(HELD_SEATS))
        .order_by(Seat.position, Seat.id)
    )
    seats: dict[UUID, list[StoredSeat]] = defaultdict(list)
    for seat, email in db.session.execute(statement):
        details = Details(
            phone=seat.phone,
            dietary=seat.dietary,
            access=seat.access_needs,
            goals=tuple(seat.goals),
        )
        seats[seat.team_id].append(
            StoredSeat(
                id=str(seat.id),
                name=seat.name,
                email=email or "",
                role_codes=seat.role_codes,
                shared=seat.shared,
                status=seat.status.value,
                unread=_is_unread(seat),
                details=details,
                answers=answers.get(seat.id, {}),
            )
        )
    return seats


def _is_unread(seat: Seat) -> bool:
    """Tell whether another address for the seat's own name would be a correction."""
    return is_correction(seat, NamedPerson(name=seat.name, email="", role_codes=()))


def _leads(team_ids: Select[UUID]) -> Mapping[UUID, Sequence[AnyRow]]:
    statement = (
        select(TeamLead.team_id, TeamLead.side, Person.name, Identity.email)
        .join(Person, Person.id == TeamLead.person_id)
        .join(Identity, Identity.id == Person.identity_id)
        .where(TeamLead.team_id.in_(team_ids))
        .order_by(TeamLead.since, TeamLead.id)
    )
    found: dict[UUID, list[AnyRow]] = defaultdict(list)
    for row in db.session.execute(statement):
        found[row.team_id].append(row)
    return found


def _waivers(team_ids: Select[UUID]) -> Mapping[UUID, Mapping[str, str]]:
    statement = select(Waiver.team_id, Waiver.role_code, Waiver.reason)
    found: dict[UUID, dict[str, str]] = defaultdict(dict)
    for row in db.session.execute(statement.where(Waiver.team_id.in_(team_ids))):
        found[row.team_id][row.role_code] = row.reason
    return found


def _asks_offices(institute: Institute) -> bool:
    return any(role.strength == "if_applicable" for role in institute.roles)


def _offices(team_ids: Select[UUID]) -> Mapping[str, Mapping[str, bool]]:
    leas = select(Team.lea_id).where(Team.id.in_(team_ids))
    statement = select(OfficeAnswer.lea_id, OfficeAnswer.role_code, OfficeAnswer.exists)
    found: dict[str, dict[str, bool]] = defaultdict(dict)
    for row in db.session.execute(statement.where(OfficeAnswer.lea_id.in_(leas))):
        found[row.lea_id][row.role_code] = row.exists
    return found


def _sitting(institute: Institute, emails: Collection[str]) -> dict[str, tuple[TeamKey, str]]:
    """Return where people sit already who serve one team alone, by address."""
    statement = (
        select(Identity.email, Team.lea_id, Team.site, Team.name)
        .join(Person, Person.identity_id == Identity.id)
        .join(Seat, Seat.person_id == Person.id)
        .join(Team, Team.id == Seat.team_id)
        .where(
            Identity.email.in_(emails),
            Seat.institute_id == institute.id,
            Seat.status.in_(HELD_SEATS),
            Seat.shared.is_(False),
        )
    )
    return {
        row.email: ((row.lea_id or "", row.site), row.name) for row in db.session.execute(statement)
    }


def _free(institute: Institute) -> dict[str, int]:
    statement = select(Pool.code, Pool.capacity - Pool.taken).where(
        Pool.institute_id == institute.id
    )
    return {row[0]: row[1] for row in db.session.execute(statement)}
