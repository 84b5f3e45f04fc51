"""A team goes on: its people are named for the next institute or cohort, and decide anew."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from consortium.database import db
from consortium.errors import NotFound
from consortium.merging import service as merging
from consortium.words import say
from events.institutes.models import Institute
from events.registration.domain import RegistrationRefused
from events.registration.domain.admission import SCHOOL_SITE
from events.registration.models import Seat, SeatStatus, Team, TeamLead
from events.registration.service.coming import check_lea
from events.registration.service.leads import put_in
from events.registration.service.naming import NamedPerson, name_people
from events.registration.service.teams import Start, begin_team


def check_carried(team_id: UUID, institute_id: UUID) -> None:
    """Raise ``RegistrationRefused``, with whom to ask, where a team's LEA may not come there."""
    team, institute = _team(team_id), _institute(institute_id)
    check_lea(institute, merging.lea_named(_lea_of(team)))


def carry_team(team_id: UUID, institute_id: UUID) -> Team:
    """Begin a team's draft at another institute: the same leads, the same people named.

    Everyone decides anew: a seat is confirmed by its holder alone, and the leads hand the draft
    in as any other, under the institute's own rules, fees and places. Who fills no role there, or
    is one too many, is left out. Raises ``RegistrationRefused`` where the LEA may not come or has
    a team there already. A step of another act. Flushes.
    """
    team, institute = _team(team_id), _institute(institute_id)
    lea = merging.lea_named(_lea_of(team))
    ground = check_lea(institute, lea)
    first, *others = team.leads
    start = Start(
        lea_id=lea.id,
        lead_name=first.person.name or first.person.email,
        side=first.side,
        site=team.site if SCHOOL_SITE in institute.unit_types else "",
        by_host=True,
    )
    carried = begin_team(institute, lea, start, ground, by=first.person.identity)
    for lead in others:
        put_in(carried, lead.person_id, lead.side, instead_of=None)
    name_people(carried, _named(team, institute))
    return carried


def _named(team: Team, institute: Institute) -> list[NamedPerson]:
    codes = {role.code for role in institute.roles}
    found = []
    for seat in team.seats:
        roles = tuple(code for code in seat.role_codes if code in codes)
        if seat.status is SeatStatus.CONFIRMED and roles:
            found.append(NamedPerson(name=seat.name, email=seat.person.email, role_codes=roles))
    return found[: institute.max_people] if institute.max_people else found


def _team(team_id: UUID) -> Team:
    statement = (
        select(Team)
        .where(Team.id == team_id)
        .options(
            selectinload(Team.leads).joinedload(TeamLead.person),
            selectinload(Team.seats).joinedload(Seat.person),
            joinedload(Team.institute),
        )
    )
    team = db.session.scalar(statement)
    if team is None:
        raise NotFound(say("There is no such team."))
    if not team.leads:
        raise RegistrationRefused(say("Nobody leads this team any more."))
    return team


def _institute(institute_id: UUID) -> Institute:
    return db.session.scalars(select(Institute).where(Institute.id == institute_id)).one()


def _lea_of(team: Team) -> str:
    if team.lea_id is None:
        raise RegistrationRefused(say("This team comes from no LEA of the list."))
    return team.lea_id
