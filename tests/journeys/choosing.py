"""The pages about what people choose, for the census."""

from collections.abc import Iterator
from typing import Any

from flask import Flask
from sqlalchemy import select

from consortium.database import db
from consortium.demonstration import cast
from consortium.tenancy import as_tenant
from consortium.tenants import service as tenants
from events.institutes.models import Institute
from events.registration.models import Seat, Team
from tests.journeys.ranking import visits_of_ranking

CHOICES = "/garden-coast/manage/institutes/summer-institute/choices"


def visits_of_choices(app: Flask) -> Iterator[tuple[Any, ...]]:
    """Give the team's page, the host's rounds, who is in a session, and moving someone."""
    with app.app_context(), as_tenant(tenants.get_by_slug(cast.GARDEN_COAST).id):
        seats = (
            select(Seat)
            .join(Institute, Institute.id == Seat.institute_id)
            .join(Team, Team.id == Seat.team_id)
            .where(Institute.slug == "summer-institute", Team.lea_id == "3499001")
        )
        seat = db.session.scalars(seats.order_by(Seat.position)).first()
        assert seat is not None
        team_id, seat_id = seat.team_id, seat.id
    owner = "coordinator"
    for who in ("management-lead", "participant"):
        yield "agenda.team", f"/garden-coast/teams/{team_id}/sessions", who
    yield "agenda.rounds", CHOICES, owner
    yield "agenda.crowd", f"{CHOICES}/sessions/d1-story", owner
    yield "agenda.crowd", f"{CHOICES}/sessions/d1-open", owner
    yield from visits_of_ranking(app)
    yield "agenda.place", f"{CHOICES}/people/{seat_id}", owner
    yield "agenda.place", f"{CHOICES}/people/{seat_id}", owner, {"reason": ""}
    host = CHOICES.removesuffix("/choices")
    yield "agenda.turnout", f"{host}/coming", owner
    own = "/garden-coast/institutes/summer-institute/agenda/answers"
    yield "agenda.answers", own, "participant"
