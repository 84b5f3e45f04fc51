"""A plan that teams hand in, and teams that are led by both sides."""

from datetime import datetime
from typing import Any
from uuid import UUID

from consortium import clock
from consortium.database import db, transaction
from consortium.people.domain import Side
from events.deliverables import service as deliverables
from events.deliverables.domain import DeliverableSpec
from events.deliverables.models import Deliverable, HandIn
from events.deliverables.service import Reader
from events.institutes.models import Institute
from events.registration.models import Team, TeamLead
from events.registration.service import Editor
from tests.events.materials.stage import put_file
from tests.factories import make_lea, make_person, make_team

HOST = Editor(email="host@example.org", coordinates=True)
DUE = datetime(2026, 4, 20, 17)
"""Five in the afternoon in New Jersey: 21:00 by UTC."""
IN_TIME, TOO_LATE = "2026-04-20T20:59:59+00:00", "2026-04-20T21:00:00+00:00"
ROOM = 10_000_000


def ask(institute: Institute, title: str = "District action plan", **values: Any) -> Deliverable:
    """Ask the institute's teams for a plan."""
    spec = DeliverableSpec(**{"title": title, "due": DUE, **values})
    with transaction():
        return deliverables.ask_teams(institute, spec, by="host@example.org")


def team_of_two(institute: Institute, number: int = 1) -> Team:
    """Register a team of superintendent and union president, each a lead."""
    sue, tess = (f"{who}{number}@x.org" for who in ("sue", "tess"))
    team = make_team(
        institute,
        make_lea(f"34{number:05}", f"District {number}"),
        {sue: "superintendent", tess: "union_leader", f"bo{number}@x.org": "board_member"},
    )
    second = TeamLead(person_id=make_person(tess).id, side=Side.LABOR, since=clock.now())
    team.leads.append(second)
    db.session.commit()
    return team


def lead(team: Team, who: str = "sue") -> Editor:
    """Return someone of a team as who edits it."""
    seat = next(seat for seat in team.seats if seat.person.email.startswith(who))
    return Editor(email=seat.person.email, person_id=seat.person_id)


def reader(team: Team, who: str = "sue") -> Reader:
    """Return the same as who reads."""
    found = lead(team, who)
    return Reader(email=found.email, person_id=found.person_id)


def hand_in(
    team: Team, deliverable: Deliverable, by: Editor | None = None, name: str = "plan.pdf"
) -> HandIn:
    """Hand a plan in."""
    file = put_file(name)
    with transaction():
        return deliverables.hand_in(team.id, deliverable.id, file, "", by or lead(team), ROOM)


def agree(team: Team, deliverable: Deliverable, who: str, number: int = 1) -> None:
    """Let someone of the team agree."""
    with transaction():
        deliverables.agree(team.id, deliverable.id, number, reader(team, who))


def standing(team: Team, deliverable: Deliverable) -> str:
    """Return where a team stands."""
    found = deliverables.roll_of(institute_of(team), deliverable)
    return next(line.standing.value for line in found.lines if line.team.id == team.id)


def institute_of(team: Team) -> Institute:
    return db.session.get_one(Institute, UUID(str(team.institute_id)))
