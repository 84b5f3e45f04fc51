"""Places on optional days and in strands, one by one: whoever finds them full waits in order."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import delete, exists, func, or_, select
from sqlalchemy.sql.elements import ColumnElement

from consortium import clock
from consortium.database import db
from events.institutes.service import pools
from events.registration.models import PlaceWait, Seat, Team


def take_extra(team: Team, code: str, seats: Sequence[Seat]) -> int:
    """Give each of the seats a place of this kind while there are some, and tell how many got one.

    The others wait for theirs, behind those who wait already: it is no more in their choices.
    """
    waited_for = is_waited_for(team.institute_id, code)
    if not waited_for and pools.take(team.institute_id, code, len(seats)):
        return len(seats)
    got = 0
    for seat in seats:
        if not waited_for and pools.take(team.institute_id, code, 1):
            got += 1
        else:
            seat.choices = [chosen for chosen in seat.choices if chosen != code]
            wait_for(seat, code)
    return got


def is_waited_for(institute_id: UUID, code: str) -> bool:
    """Tell whether someone waits for a place of this kind."""
    waiting = exists().where(PlaceWait.institute_id == institute_id, PlaceWait.pool_code == code)
    return bool(db.session.scalar(select(waiting)))


def wait_for(seat: Seat, code: str) -> None:
    """Put the seat behind everyone who waits for a place of this kind."""
    db.session.add(
        PlaceWait(
            institute_id=seat.institute_id, seat_id=seat.id, pool_code=code, since=clock.now()
        )
    )


def stop_waiting(seat: Seat, *codes: str) -> None:
    """Let the seat wait no longer for these places."""
    db.session.execute(
        delete(PlaceWait).where(PlaceWait.seat_id == seat.id, PlaceWait.pool_code.in_(codes))
    )


def waits_of(seat: Seat) -> dict[str, int]:
    """Return what the seat waits for, and how far from the front it stands, 1 being next."""
    mine = db.session.scalars(select(PlaceWait).where(PlaceWait.seat_id == seat.id)).all()
    return {wait.pool_code: _rank(wait) for wait in mine}


def _rank(wait: PlaceWait) -> int:
    ahead = select(func.count(PlaceWait.id)).where(
        PlaceWait.institute_id == wait.institute_id,
        PlaceWait.pool_code == wait.pool_code,
        _before(wait),
    )
    return 1 + (db.session.scalar(ahead) or 0)


def _before(wait: PlaceWait) -> ColumnElement[bool]:
    same_moment = (PlaceWait.since == wait.since) & (PlaceWait.id < wait.id)
    return or_(PlaceWait.since < wait.since, same_moment)
