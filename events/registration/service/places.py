"""Places a team holds in its institute's pools: all it needs, or none."""

from sqlalchemy import func, select

from consortium.database import db
from consortium.words import Sentence, say
from events.institutes.models import PEOPLE, TEAMS, VISITORS
from events.institutes.service import pools
from events.registration.domain import Waitable
from events.registration.models import ACTIVE_SEATS, Seat, Team, TeamKind, TeamStatus


def check_room(team: Team) -> None:
    """Raise ``Waitable`` when, as things stand, the team will not get its places.

    A look only: ``take_places`` decides.
    """
    if is_full(team):
        raise Waitable(_full(team, len(team.active_seats)))
    if others_come_first(team):
        raise Waitable(
            say("Others are waiting for the places that are left. You can join the waitlist.")
        )


def take_places(team: Team) -> None:
    """Give the team a place for each of its people, and one as a team.

    Call it last before the commit: everybody wants these rows, and from here on others wait for
    them. Raises ``Waitable`` when there are too few, and takes none then.
    """
    institute_id, wanted = team.institute_id, len(team.active_seats)
    if not pools.take(institute_id, seat_pool(team), wanted):
        raise Waitable(_full(team, wanted))
    if team.kind is TeamKind.TEAM and not pools.take(institute_id, TEAMS, 1):
        pools.give_back(institute_id, seat_pool(team), wanted)
        raise Waitable(_full(team, wanted))
    team.seats_held = wanted


def hold_places(team: Team, wanted: int) -> None:
    """Make a registered team hold ``wanted`` places. Raises ``Waitable`` when there are too few."""
    more = wanted - team.seats_held
    if more > 0 and not pools.take(team.institute_id, seat_pool(team), more):
        left = pools.left(team.institute_id, seat_pool(team)) or 0
        raise Waitable(
            say(
                "There is no place for %(more)s more. Places left: %(left)s. Your team keeps the "
                "%(held)s it has.",
                more=more,
                left=left,
                held=team.seats_held,
            )
        )
    if more < 0:
        pools.give_back(team.institute_id, seat_pool(team), -more)
    team.seats_held = wanted


def release_places(team: Team) -> None:
    """Give back everything a registered team holds."""
    pools.give_back(team.institute_id, seat_pool(team), team.seats_held)
    if team.kind is TeamKind.TEAM:
        pools.give_back(team.institute_id, TEAMS, 1)
    team.seats_held = 0


def others_come_first(team: Team) -> bool:
    """Tell whether someone on the waitlist fits in what is left, and so goes before this team."""
    left = left_in(team, seat_pool(team))
    if not left or (team.kind is TeamKind.TEAM and left_in(team, TEAMS) == 0):
        return False
    people = (
        select(func.count(Seat.id))
        .where(Seat.team_id == Team.id, Seat.status.in_(ACTIVE_SEATS))
        .scalar_subquery()
    )
    fits = select(Team.id).where(
        Team.institute_id == team.institute_id,
        Team.kind == team.kind,
        Team.status == TeamStatus.WAITLISTED,
        Team.id != team.id,
        people <= left,
    )
    return db.session.scalar(fits.limit(1)) is not None


def is_full(team: Team) -> bool:
    """Tell whether the team would find no room at this moment."""
    left = left_in(team, seat_pool(team))
    no_seat = left is not None and left < len(team.active_seats)
    return no_seat or (team.kind is TeamKind.TEAM and left_in(team, TEAMS) == 0)


def left_in(team: Team, code: str) -> int | None:
    """Return how many places of a kind were free when the team's institute was read.

    ``None`` when they are not limited.
    """
    pool = team.institute.pool(code)
    return None if pool is None else pool.left


def seat_pool(team: Team) -> str:
    """Return the pool from which the team's people take their places.

    Visitors have seats of their own where the institute counts them apart.
    """
    apart = team.kind is TeamKind.VISITORS and team.institute.pool(VISITORS) is not None
    return VISITORS if apart else PEOPLE


def _full(team: Team, wanted: int) -> Sentence:
    left = pools.left(team.institute_id, seat_pool(team))
    if left == 0:
        return say("Every place is taken. You can join the waitlist.")
    if left is None or left >= wanted:
        return say("Every place for a team is taken. You can join the waitlist.")
    return say(
        "Places left: %(left)s. You need %(wanted)s. You can join the waitlist.",
        left=left,
        wanted=wanted,
    )
