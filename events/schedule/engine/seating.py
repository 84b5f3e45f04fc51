"""Seats for a plan: everyone's exactly best places, by the engine that allots places."""

from collections.abc import Sequence
from dataclasses import dataclass

from events.schedule.engine.case import Case
from events.schedule.engine.deadline import Deadline
from events.schedule.engine.feasible import Plan
from events.schedule.engine.places import Aim, Allotment, Objective, Question, allot
from events.schedule.engine.places_model import Offer
from events.schedule.engine.places_model import Person as Taker
from events.schedule.engine.values import Fixed, Seat

LONGEST = 30.0
"""Seconds for a proof, where sessions of several slots or repeats make slots hang together."""


@dataclass(frozen=True, kw_only=True)
class Seating:
    """Who sits where, and what that is worth."""

    seats: tuple[Seat, ...]
    points: int
    proven: bool
    ranks: dict[int, int]
    """By rank: how many people have that choice."""


def question_of(case: Case, plan: Plan) -> Question:
    """Return what is to be decided: each tick is a round, and nobody is in two places at once."""
    where = [*plan.at, *case.home]
    offers = []
    for n, item in enumerate(case.items):
        fixed = isinstance(item, Fixed)
        offers.append(
            Offer(
                id=item.id,
                round=str(case.ticks[where[n]][0]),
                places=None if fixed else _places(case, plan, n),
                content="" if isinstance(item, Fixed) else item.same_content,
            )
        )
    duty = case.wishes.duty
    takers = []
    for row, person in enumerate(case.wishes.people):
        points = case.wishes.points[row]
        takers.append(
            Taker(
                id=person.id,
                team=person.team,
                wishes=_wishes(case, person.choices, points),
                fixed=tuple(case.items[int(n)].id for n in duty[row].nonzero()[0]),
            )
        )
    return Question(offers=tuple(offers), people=tuple(takers), apart=_apart(case, where))


def seat_people(case: Case, plan: Plan, deadline: Deadline, *, seed: int) -> Seating:
    """Return the seats with the most points, a point more for each further session of a team.

    The places of whoever has to be somewhere are taken first.
    """
    limit = deadline.part(1.0)
    aim = Aim(
        objective=Objective.POINTS,
        everyone_first=False,
        spread=case.programme.weights.team,
        seed=seed,
    )
    found = allot(question_of(case, plan), aim, left=lambda: min(LONGEST, limit.left))
    return _seating(case, plan, found)


def _seating(case: Case, plan: Plan, found: Allotment) -> Seating:
    sessions = {session.id: n for n, session in enumerate(case.sessions)}
    seats = tuple(
        Seat(
            person=one.person,
            slot=case.slot_of(plan.at[sessions[one.session]]),
            session=one.session,
        )
        for one in found.given
        if one.session in sessions
    )
    ranks = found.profile
    return Seating(
        seats=tuple(sorted(seats)),
        points=sum(max(0, 11 - rank) * times for rank, times in ranks.items()),
        proven=found.proven,
        ranks=dict(ranks),
    )


def _wishes(case: Case, choices: object, points: Sequence[int]) -> dict[str, int]:
    """Return ranks by session, those of repeats alike; none for what has no points."""
    _ = choices
    return {
        session.id: 11 - int(points[n]) for n, session in enumerate(case.sessions) if points[n] > 0
    }


def _places(case: Case, plan: Plan, n: int) -> int | None:
    """Return how many can sit there; whoever presents needs no seat."""
    session = case.sessions[n]
    room = case.programme.rooms[plan.rooms[n]].capacity
    limits = [limit for limit in (room, session.capacity) if limit is not None]
    if not limits:
        return None
    speaking = set(session.presenters)
    return min(limits) + sum(person.id in speaking for person in case.wishes.people)


def _apart(case: Case, where: Sequence[int]) -> tuple[frozenset[str], ...]:
    """Return the sets at one time that rounds alone do not keep apart."""
    sets = []
    for tick in range(case.number_of_ticks):
        there = [n for n, q in enumerate(where) if tick in case.ticks[q]]
        if len({case.ticks[where[n]][0] for n in there}) > 1:
            sets.append(frozenset(case.items[n].id for n in there))
    return tuple(sets)
