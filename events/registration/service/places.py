"""Places a team holds in its institute's pools: all it needs, or none.

``Team.places_held`` says what was taken from which pool, and exactly that is given back.
"""

from collections.abc import Mapping

from sqlalchemy import select

from consortium.database import db
from consortium.words import Sentence, say
from events.institutes.models import TEAMS
from events.institutes.service import pools
from events.registration.domain import Waitable, demands
from events.registration.models import Seat, Team, TeamKind, TeamStatus
from events.registration.service.extras import take_extra
from events.registration.service.queueing import (
    competing_with,
    fitting,
    limited_of,
    seat_pool,
    waiting_at,
)


def check_room(team: Team) -> None:
    """Raise ``Waitable`` when, as things stand, the team will not get its places.

    A look only: ``hold_places`` decides.
    """
    code = _lacking(team)
    if code is not None:
        raise Waitable(_full(team, code))
    if others_come_first(team):
        raise Waitable(
            say("Others are waiting for the places that are left. You can join the waitlist.")
        )


def hold_places(team: Team) -> None:
    """Make the team hold the places that its seats ask for: more, fewer, or others.

    Call it after any change of seats, last before the commit: everybody wants these rows, and
    from here on others wait for them. Raises ``Waitable`` when there are too few; what was done
    until then is to be rolled back. An optional day or a strand that is full is waited for.
    """
    held = dict(team.places_held)
    for code, n in demands.changes(held, _wanted(team)):
        got = n
        if n < 0:
            pools.give_back(team.institute_id, code, -n)
        elif demands.is_extra(code):
            got = take_extra(team, code, _choosers(team, code)[-n:])
        elif not pools.take(team.institute_id, code, n):
            raise Waitable(_no_more(team, n) if held else _full(team, code))
        held[code] = held.get(code, 0) + got
    _write_down(team, held)


def release_places(team: Team) -> None:
    """Give back everything the team holds."""
    for code, n in sorted(team.places_held.items()):
        pools.give_back(team.institute_id, code, n)
    team.places_held = {}
    team.seats_held = 0


def people_of(team: Team) -> int:
    """Return how many people the team needs places for.

    A team that waits may want more than it has named yet; once it is registered it holds places
    for those who are named and for the seats it keeps for someone.
    """
    named = len(team.held_seats)
    waits = team.status in {TeamStatus.WAITLISTED, TeamStatus.OFFERED}
    return max(named, team.seats_wanted) if waits else named


def others_come_first(team: Team) -> bool:
    """Tell whether someone on the waitlist fits in what is left, and so goes before this team."""
    fits = fitting(team.institute)
    if fits is None or is_full(team):
        return False
    waiting = select(Team.id).where(waiting_at(team.institute), competing_with(team), fits)
    return db.session.scalar(waiting.limit(1)) is not None


def is_full(team: Team) -> bool:
    """Tell whether the team would find no room at this moment."""
    return _lacking(team) is not None


def left_in(team: Team, code: str) -> int | None:
    """Return how many places of a kind were free when the team's institute was read.

    ``None`` when they are not limited.
    """
    pool = team.institute.pool(code)
    return None if pool is None else pool.left


def _wanted(team: Team) -> Mapping[str, int]:
    needed = _demands(team)
    if team.status is not TeamStatus.REGISTERED:
        return needed
    chosen = (seat.choices for seat in team.held_seats)
    return {**needed, **demands.extras(chosen, limited=limited_of(team.institute))}


def _demands(team: Team) -> Mapping[str, int]:
    return demands.demands(
        visitors=team.kind is TeamKind.VISITORS,
        ground=team.admitted_as,
        people=people_of(team),
        limited=limited_of(team.institute),
    )


def _choosers(team: Team, code: str) -> list[Seat]:
    return [seat for seat in team.held_seats if code in seat.choices]


def _write_down(team: Team, held: Mapping[str, int]) -> None:
    team.places_held = {code: n for code, n in held.items() if n}
    team.seats_held = people_of(team)


def _lacking(team: Team) -> str | None:
    """Return the first pool in which there is no room for what the team does not hold yet."""
    for code, n in demands.changes(team.places_held, _demands(team)):
        left = left_in(team, code)
        if not demands.is_extra(code) and left is not None and n > left:
            return code
    return None


def _full(team: Team, code: str) -> Sentence:
    if code == TEAMS:
        return say("Every place for a team is taken. You can join the waitlist.")
    left = pools.left(team.institute_id, code)
    if not left:
        return say("Every place is taken. You can join the waitlist.")
    return say(
        "Places left: %(left)s. You need %(wanted)s. You can join the waitlist.",
        left=left,
        wanted=people_of(team),
    )


def _no_more(team: Team, more: int) -> Sentence:
    return say(
        "There is no place for %(more)s more. Places left: %(left)s. Your team keeps the "
        "%(held)s it has.",
        more=more,
        left=pools.left(team.institute_id, seat_pool(team)) or 0,
        held=team.seats_held,
    )
