"""What registration knows of people, for whoever compares two records of them."""

from collections.abc import Collection, Iterator
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from consortium.database import db
from consortium.words import Sentence, say
from events.registration.domain import all_of
from events.registration.emails import role_labels
from events.registration.models import HELD_SEATS, Seat, SeatStatus, Team, TeamLead, TeamStatus

STANDS: dict[SeatStatus, Sentence] = {
    SeatStatus.NAMED: say("named"),
    SeatStatus.INVITED: say("invited"),
    SeatStatus.CONFIRMED: say("confirmed"),
}


def offices_in_teams(only: Collection[UUID]) -> Iterator[tuple[UUID, str, str]]:
    """Return person, LEA and role of every seat in an LEA's team; leads have no role there."""
    seats = (
        select(Seat.person_id, Team.lea_id, Seat.role_code)
        .join(Team, Seat.team_id == Team.id)
        .where(Seat.person_id.is_not(None), Team.lea_id.is_not(None))
        .distinct()
    )
    leads = (
        select(TeamLead.person_id, Team.lea_id)
        .join(Team, TeamLead.team_id == Team.id)
        .where(Team.lea_id.is_not(None))
        .distinct()
    )
    if only:
        seats = seats.where(Seat.person_id.in_(only))
        leads = leads.where(TeamLead.person_id.in_(only))
    for person_id, lea_id, role_code in db.session.execute(seats):
        yield person_id, lea_id or "", role_code
    for person_id, lea_id in db.session.execute(leads):
        yield person_id, lea_id or "", ""


def facts_in_teams(person_ids: Collection[UUID]) -> Iterator[tuple[UUID, tuple[str, str]]]:
    """Return what people do in teams: where, and what, in words."""
    leads = (
        select(TeamLead.person_id, Team)
        .join(Team, TeamLead.team_id == Team.id)
        .where(TeamLead.person_id.in_(person_ids), Team.status != TeamStatus.WITHDRAWN)
        .options(joinedload(Team.institute))
        .order_by(Team.created_at, Team.id)
    )
    for person_id, team in db.session.execute(leads):
        yield person_id, (team.institute.title, say("Leads %(team)s", team=team.name))
    seats = (
        select(Seat)
        .where(Seat.person_id.in_(person_ids), Seat.status.in_(HELD_SEATS))
        .options(joinedload(Seat.team).joinedload(Team.institute))
        .order_by(Seat.id)
    )
    for seat in db.session.scalars(seats):
        what = say(
            "%(team)s, %(roles)s: %(stands)s",
            team=seat.team.name,
            roles=all_of(role_labels(seat)),
            stands=STANDS[seat.status],
        )
        yield seat.person_id, (seat.team.institute.title, what)
