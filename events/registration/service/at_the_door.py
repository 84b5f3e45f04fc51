"""Seats of people who stand at the door: confirmed by coming."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from sqlalchemy import select

from consortium import clock
from consortium.database import db
from consortium.outbox import service as outbox
from events.registration.models import ACTIVE_SEATS, Seat, SeatStatus, Team, TeamStatus
from events.registration.service.finding import hold_team
from events.registration.service.invitations import welcome
from events.registration.service.standing import settle


def confirm_at_door(institute_id: UUID, seat_ids: Iterable[UUID]) -> Mapping[UUID, Seat]:
    """Confirm the seats of people who came without having answered; return those that stand.

    Their places were held all along, so none is needed. Each gets a badge, and the mail that
    everyone gets who confirms. Part of checking in, and recorded there; teams are held in the
    order of their ids. A seat that ended, or whose team is not registered, is left out. Flushes.
    """
    asked = select(Seat.team_id, Seat.id).where(
        Seat.institute_id == institute_id, Seat.id.in_(list(seat_ids))
    )
    by_team: dict[UUID, set[UUID]] = {}
    for team_id, seat_id in db.session.execute(asked):
        by_team.setdefault(team_id, set()).add(seat_id)
    standing: dict[UUID, Seat] = {}
    for team_id, wanted in sorted(by_team.items()):
        team = hold_team(team_id)
        if team.status is not TeamStatus.REGISTERED:
            continue
        for seat in team.seats:
            if seat.id in wanted and seat.status in ACTIVE_SEATS:
                standing[seat.id] = _confirmed(team, seat)
    return standing


def _confirmed(team: Team, seat: Seat) -> Seat:
    if seat.status is SeatStatus.CONFIRMED:
        return seat
    seat.status = SeatStatus.CONFIRMED
    seat.answered_at = clock.now()
    settle(team)
    outbox.supersede(f"seat:{seat.id}")
    welcome(seat)
    return seat
