"""What is stored, in the words of the plain model."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from sqlalchemy import select

from consortium.database import db
from consortium.people.models import Identity, Person
from events.institutes.models import PEOPLE, TEAMS, Pool
from events.registration.models import Seat, Team, TeamKind, TeamLead
from tests.machine.model import WITHDRAWN, Model


def stored() -> dict[str, Any]:
    """Return teams, seats, leads and counts as the database has them."""
    db.session.expire_all()
    named = select(Person.id, Identity.email).join(Identity, Person.identity_id == Identity.id)
    emails = {row.id: row.email for row in db.session.execute(named)}
    seats: dict[UUID, dict[UUID, tuple[str, str, str]]] = defaultdict(dict)
    for row in db.session.execute(
        select(Seat.id, Seat.team_id, Seat.person_id, Seat.role_code, Seat.status)
    ):
        seats[row.team_id][row.id] = (
            emails.get(row.person_id, ""),
            row.role_code,
            row.status.value,
        )
    leads: dict[UUID, dict[str, str]] = defaultdict(dict)
    for lead in db.session.execute(select(TeamLead.team_id, TeamLead.side, TeamLead.person_id)):
        leads[lead.team_id][lead.side.value] = emails[lead.person_id]
    teams = {}
    for team in db.session.execute(
        select(
            Team.id,
            Team.lea_id,
            Team.status,
            Team.waitlist_position,
            Team.seats_held,
            Team.complete,
            Team.missing,
        ).where(Team.kind == TeamKind.TEAM)
    ):
        teams[team.id] = {
            "lea": team.lea_id,
            "status": team.status.value,
            "position": team.waitlist_position,
            "places": team.seats_held,
            "judged": (team.complete, team.missing) if team.status != WITHDRAWN else None,
            "leads": leads[team.id],
            "seats": seats[team.id],
        }
    taken = {row.code: row.taken for row in db.session.execute(select(Pool.code, Pool.taken))}
    return {"teams": teams, "people": taken[PEOPLE], "team_places": taken[TEAMS]}


def expected(model: Model) -> dict[str, Any]:
    """Return the same as the model holds it."""
    teams = {
        team.id: {
            "lea": team.lea,
            "status": team.status,
            "position": team.position,
            "places": team.places,
            "judged": model.judged(team) if team.status != WITHDRAWN else None,
            "leads": team.leads,
            "seats": {seat.id: (seat.who, seat.role, seat.status) for seat in team.seats},
        }
        for team in model.teams
    }
    return {"teams": teams, "people": model.taken, "team_places": model.teams_taken}
