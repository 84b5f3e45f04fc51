"""Institutes with teams in every state, stored for tests of the board."""

from typing import Any

from consortium.database import db
from consortium.directory.domain.search import folded
from events.institutes.models import Institute
from events.registration.models import Seat, SeatStatus, Team
from tests.factories import make_lea, make_team


def store_team(
    institute: Institute, number: int, *members: tuple[str, str, str], **values: Any
) -> Team:
    """Store a team of ``(name, role code, seat status)``; addresses follow from the names."""
    state = values.pop("state", "NJ")
    lea = make_lea(f"34{number:05}", values.pop("name", f"District {number}"), state)
    roles = {address_of(name): role for name, role, _ in members}
    team = make_team(institute, lea, roles, **values)
    for seat, (name, _, status) in zip(team.seats, members, strict=True):
        seat.name = name
        seat.status = SeatStatus(status)
    db.session.commit()
    return team


def keep_seat(team: Team, role: str) -> Seat:
    """Store a seat of the team that is kept for someone to be named, after all others."""
    seat = Seat(
        institute_id=team.institute_id,
        name="",
        role_code=role,
        status=SeatStatus.UNCLAIMED,
        position=len(team.seats),
    )
    team.seats.append(seat)
    db.session.commit()
    return seat


def address_of(name: str) -> str:
    """Return the address that ``store_team`` gives this person."""
    return f"{'.'.join(folded(name).split())}@example.org"


def seat_of(team: Team, name: str) -> Seat:
    """Return the seat of someone in the team."""
    return next(seat for seat in team.seats if seat.name == name)
