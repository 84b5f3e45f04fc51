"""Places: never more than there are, and counted right."""

from collections import Counter
from collections.abc import Iterator, Mapping
from uuid import UUID

from sqlalchemy import Subquery, func, or_, select

from consortium.database import db
from events.institutes.models import Pool
from events.registration.domain import demands
from events.registration.models import (
    HELD_SEATS,
    HOLDING_PLACES,
    Seat,
    Team,
    TeamKind,
    TeamStatus,
)
from events.schedule.models import Session, SessionChoice


def oversold() -> Iterator[str]:
    """Find pools and sessions that gave away more places than they have."""
    pools = select(Pool.id, Pool.code, Pool.taken, Pool.capacity)
    for row in db.session.execute(pools.where(or_(Pool.taken > Pool.capacity, Pool.taken < 0))):
        yield f"pool:{row.id} ({row.code}): {row.taken} of {row.capacity} places are taken."
    full = or_(Session.taken > Session.capacity, Session.taken < 0)
    sessions = select(Session.id, Session.taken, Session.capacity).where(full)
    for crowded in db.session.execute(sessions):
        yield f"session:{crowded.id}: {crowded.taken} of {crowded.capacity} places are taken."


def limited_too_low() -> Iterator[str]:
    """Find limits lower than what is held, counted from who holds it and not from the count."""
    held = _held_places()
    for pool in db.session.execute(select(Pool.id, Pool.institute_id, Pool.code, Pool.capacity)):
        counted = held[pool.institute_id, pool.code]
        if counted > pool.capacity:
            yield f"pool:{pool.id} ({pool.code}) is limited to {pool.capacity}, {counted} are held."
    chosen = _places_chosen()
    sessions = (
        select(Session.id, Session.capacity, chosen.c.n)
        .join(chosen, chosen.c.session_id == Session.id)
        .where(Session.capacity < chosen.c.n)
    )
    for row in db.session.execute(sessions):
        yield f"session:{row.id} is limited to {row.capacity}, {row.n} have chosen it."


def miscounted() -> Iterator[str]:
    """Find counts that are not the sum of what is held."""
    idle = select(Team.id, Team.status, Team.places_held, Team.seats_held).where(
        Team.status.not_in(HOLDING_PLACES)
    )
    for row in db.session.execute(idle):
        if row.places_held or row.seats_held:
            yield f"team:{row.id} is {row.status.value} and holds {row.seats_held} places."
    held = _held_places()
    for pool in db.session.execute(select(Pool.id, Pool.institute_id, Pool.code, Pool.taken)):
        counted = held.pop((pool.institute_id, pool.code), 0)
        if counted != pool.taken:
            yield f"pool:{pool.id} ({pool.code}): {pool.taken} taken, {counted} held by teams."
    for (institute_id, code), n in held.items():
        yield f"institute:{institute_id} has no pool {code}, of which teams hold {n} places."
    chosen = _places_chosen()
    counted_choices = func.coalesce(chosen.c.n, 0)
    sessions = (
        select(Session.id, Session.taken, counted_choices.label("n"))
        .outerjoin(chosen, chosen.c.session_id == Session.id)
        .where(Session.taken != counted_choices)
    )
    for row in db.session.execute(sessions):
        yield f"session:{row.id}: {row.taken} taken, {row.n} chosen."


def partly_placed() -> Iterator[str]:
    """Find registered teams that hold other places than their seats ask for."""
    limited = _limits()
    seats = _held_seats()
    teams = select(
        Team.id,
        Team.institute_id,
        Team.kind,
        Team.admitted_as,
        Team.status,
        Team.seats_wanted,
        Team.places_held,
        Team.seats_held,
    ).where(Team.status.in_(HOLDING_PLACES))
    for row in db.session.execute(teams):
        theirs = seats.get(row.id, [])
        here = limited.get(row.institute_id, frozenset())
        registered = row.status is TeamStatus.REGISTERED
        people = len(theirs) if registered else max(len(theirs), row.seats_wanted)
        wanted = {
            **demands.demands(
                visitors=row.kind is TeamKind.VISITORS,
                ground=row.admitted_as,
                people=people,
                limited=here,
            ),
            **(demands.extras(theirs, limited=here) if registered else {}),
        }
        if row.seats_held != people or row.places_held != wanted:
            yield (
                f"team:{row.id} holds places for {row.seats_held} people ({_said(row.places_held)})"
                f" and needs them for {people} ({_said(wanted)})."
            )


def _held_places() -> Counter[tuple[UUID, str]]:
    """Return how many places teams hold, by institute and kind."""
    held: Counter[tuple[UUID, str]] = Counter()
    for institute_id, places in db.session.execute(select(Team.institute_id, Team.places_held)):
        for code, n in places.items():
            held[institute_id, code] += n
    return held


def _places_chosen() -> Subquery:
    """Return how many people have chosen each session."""
    counted = select(SessionChoice.session_id, func.count().label("n"))
    return counted.group_by(SessionChoice.session_id).subquery()


def _limits() -> Mapping[UUID, frozenset[str]]:
    found: dict[UUID, set[str]] = {}
    for institute_id, code in db.session.execute(select(Pool.institute_id, Pool.code)):
        found.setdefault(institute_id, set()).add(code)
    return {institute_id: frozenset(codes) for institute_id, codes in found.items()}


def _held_seats() -> Mapping[UUID, list[list[str]]]:
    """Return the choices of each held seat, by team."""
    found: dict[UUID, list[list[str]]] = {}
    held = select(Seat.team_id, Seat.choices).where(Seat.status.in_(HELD_SEATS))
    for team_id, choices in db.session.execute(held):
        found.setdefault(team_id, []).append(choices)
    return found


def _said(places: Mapping[str, int]) -> str:
    return ", ".join(f"{code} {n}" for code, n in sorted(places.items())) or "none"
