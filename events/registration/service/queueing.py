"""Who waits behind whom, and who of the waiting would find room.

Everyone waits in the order of (class, position). Visitors and guests stand in a queue of their
own where the institute counts their seats apart: what frees there is nobody else's.
"""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, false, func, or_, select, true, tuple_

from events.institutes.models import GUESTS, PEOPLE, TEAMS, VISITORS, Institute
from events.registration.domain import demands
from events.registration.models import HELD_SEATS, Seat, Team, TeamKind, TeamStatus

SEATS = (PEOPLE, GUESTS, VISITORS)
ORDER = (Team.priority_class, Team.waitlist_position)


def limited_of(institute: Institute) -> frozenset[str]:
    """Return the codes of the pools that the institute counts."""
    return frozenset(pool.code for pool in institute.pools)


def seat_pool(team: Team) -> str:
    """Return the pool from which the team's people take their places."""
    return demands.seat_pool(
        visitors=team.kind is TeamKind.VISITORS,
        ground=team.admitted_as,
        limited=limited_of(team.institute),
    )


def waiting_at(institute: Institute) -> ColumnElement[bool]:
    """Return the condition of those who wait for places there."""
    return and_(
        Team.tenant_id == institute.tenant_id,
        Team.institute_id == institute.id,
        Team.status == TeamStatus.WAITLISTED,
    )


def in_queue(institute: Institute, code: str) -> ColumnElement[bool]:
    """Return the condition of those who take their seats from this pool."""
    limited = limited_of(institute)
    apart = (
        (VISITORS, Team.kind == TeamKind.VISITORS),
        (GUESTS, Team.admitted_as.in_(demands.GUEST_GROUNDS)),
    )
    earlier: list[ColumnElement[bool]] = []
    for pool, theirs in apart:
        if pool == code:
            return and_(theirs, *earlier)
        if pool in limited:
            earlier.append(~theirs)
    return and_(true(), *earlier)


def fitting(institute: Institute) -> ColumnElement[bool] | None:
    """Return the condition of those whom the free places would hold, as they were read.

    ``None`` when nobody would find room, whoever waits.
    """
    left = {pool.code: pool.left for pool in institute.pools}
    queues = [code for code in (VISITORS, GUESTS) if code in left] + [PEOPLE]
    people = (
        select(func.count(Seat.id))
        .where(
            Seat.tenant_id == Team.tenant_id,
            Seat.team_id == Team.id,
            Seat.status.in_(HELD_SEATS),
        )
        .scalar_subquery()
    )

    def room_in(code: str) -> ColumnElement[bool]:
        if code not in left:
            return true()
        return and_(Team.seats_wanted <= left[code], people <= left[code])

    roomy = [
        and_(in_queue(institute, code), room_in(code)) for code in queues if left.get(code) != 0
    ]
    if not roomy:
        return None
    has_team_place = Team.kind == TeamKind.VISITORS if left.get(TEAMS) == 0 else true()
    return and_(or_(*roomy), has_team_place)


def competing_with(team: Team) -> ColumnElement[bool]:
    """Return the condition of those who want a place of the same kind as this team does."""
    limited = limited_of(team.institute)
    seats = seat_pool(team)
    same: list[ColumnElement[bool]] = [in_queue(team.institute, seats)] if seats in limited else []
    if team.comes_as_team and TEAMS in limited:
        same.append(Team.kind == TeamKind.TEAM)
    return and_(or_(false(), *same), Team.id != team.id)


def standing_before(team: Team) -> Sequence[ColumnElement[bool]]:
    """Return the conditions of those who wait in the same queue before this team."""
    earlier = tuple_(*ORDER) < (team.priority_class, team.waitlist_position)
    return waiting_at(team.institute), in_queue(team.institute, seat_pool(team)), earlier
