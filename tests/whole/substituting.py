"""Seats of the world that are kept for someone, and substitutions that wait for the host."""

from sqlalchemy import select

from consortium import clock
from consortium.database import db
from events.registration.models import Seat, SeatStatus, SubstitutionRequest, Team
from tests.whole.world import World


def keep_and_ask(world: World) -> None:
    """Keep ``size`` seats in the first team, and ask to replace its first ``size`` members."""
    team_id, keys = next(iter(world.teams.items()))
    team = db.session.scalars(select(Team).where(Team.seats.any(id=world.seats[keys[0]]))).one()
    kept = [
        Seat(
            institute_id=team.institute_id,
            name="",
            role_code="principal",
            status=SeatStatus.UNCLAIMED,
            position=len(keys) + n,
        )
        for n in range(world.size)
    ]
    wishes = [
        SubstitutionRequest(
            seat_id=world.seats[key],
            institute_id=team.institute_id,
            name="Kim Day",
            email="kim@example.org",
            role_codes=["principal"],
            asked_by=world.people[keys[0]].email,
            asked_at=clock.now(),
        )
        for key in keys[: world.size]
    ]
    team.seats.extend(kept)
    db.session.add_all(wishes)
    db.session.commit()
    world.parts += [
        {"team_id": team_id, "seat_id": str(kept[0].id)},
        {"request_id": str(wishes[0].id)},
    ]
