"""Who gets which place, of all the places that people ranked.

``allot`` is exact: nobody stays without a place where that can be avoided, nor has one in a session
that the person did not rank where that can be, then most people have their first choice, then most
their second …, then most keep what a former draft gave them, then teams spread over sessions, and
lots drawn by seed and ids decide between what is equally good. Only rounds that share contents and
are too large for a proof are settled round by round, and ``Allotment.proven`` says so.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from events.schedule.engine.places_columns import (
    NOT_RANKED,
    Columns,
    columns_of,
    sets_apart,
)
from events.schedule.engine.places_coupled import keeps_apart, places_by_program
from events.schedule.engine.places_model import Allotment, Given, Objective, Person, Question
from events.schedule.engine.places_network import Aim, places_by_flow
from events.schedule.engine.places_stories import places_by_stories

LONGEST = 20.0
"""Seconds that a proof may take, where nobody says."""

__all__ = ["Aim", "Allotment", "Objective", "Question", "allot"]


def allot(
    question: Question, aim: Aim | None = None, *, left: Callable[[], float] = lambda: LONGEST
) -> Allotment:
    """Return who gets which place.

    ``left`` says how many seconds there are for rounds that share contents; others need none.
    """
    sought = aim or Aim()
    apart = sets_apart(question)
    given: list[Given] = []
    short: list[tuple[str, str]] = []
    proven = True
    for rounds in _linked(question, apart):
        columns = columns_of(question, rounds)
        best = _best(columns, apart, sought, left)
        chosen = _by_round(question, rounds, sought) if best is None else best
        proven = proven and best is not None
        given += _given(columns, chosen)
        short += _short(columns, chosen)
    given += _fixed(question)
    return Allotment(
        given=tuple(sorted(given, key=lambda one: (one.person, one.session))),
        short=tuple(sorted(short)),
        proven=proven,
    )


def _best(
    columns: Columns, apart: Sequence[frozenset[str]], aim: Aim, left: Callable[[], float]
) -> NDArray[np.bool_] | None:
    """Return the best places, or ``None`` where they could not be proved to be the best."""
    if not len(columns.taker):
        return np.zeros(0, dtype=np.bool_)
    of_here = [one & {offer.id for offer in columns.offers} for one in apart]
    binding = [one for one in of_here if len(one) > 1]
    if binding and all(one in _contents(columns) for one in binding):
        by_stories = places_by_stories(columns, aim)
        if by_stories is not None:
            return by_stories
    chosen = places_by_flow(columns, aim)
    if keeps_apart(columns, chosen, binding):
        return chosen
    return places_by_program(columns, aim, binding, left=left)


def _by_round(question: Question, rounds: frozenset[str], aim: Aim) -> NDArray[np.bool_]:
    """Return good places: one round after the other, each by an exact flow, one place at a time."""
    whole = columns_of(question, rounds)
    fixed: dict[str, list[str]] = {person.id: list(person.fixed) for person in question.people}
    once = replace(question, picks={})
    for round_ in sorted(rounds):
        for turn in range(question.picks.get(round_, 1)):
            people = tuple(
                replace(person, fixed=tuple(fixed[person.id])) for person in question.people
            )
            now = replace(once, people=people, picks={round_: turn + 1})
            columns = columns_of(now, {round_})
            columns = replace(columns, need=np.minimum(columns.need, 1))
            for one in _given(columns, places_by_flow(columns, aim)):
                fixed[one.person].append(one.session)
    return np.asarray(
        [
            whole.offers[session].id in fixed[whole.takers[taker][0].id]
            for taker, session in zip(whole.taker, whole.session, strict=True)
        ],
        dtype=np.bool_,
    )


def _linked(question: Question, apart: Sequence[frozenset[str]]) -> list[frozenset[str]]:
    """Return the rounds in groups that have to be decided together."""
    round_of = {offer.id: offer.round for offer in question.offers}
    groups = {name: {name} for name in round_of.values()}
    for one in apart:
        merged: set[str] = set().union(*(groups[round_of[session]] for session in one))
        for name in merged:
            groups[name] = merged
    return [frozenset(group) for name, group in sorted(groups.items()) if name == min(group)]


def _contents(columns: Columns) -> list[frozenset[str]]:
    told: dict[str, set[str]] = {}
    for offer in columns.offers:
        if offer.content:
            told.setdefault(offer.content, set()).add(offer.id)
    return [frozenset(one) for one in told.values()]


def _given(columns: Columns, chosen: NDArray[np.bool_]) -> list[Given]:
    return [
        Given(
            person=columns.takers[columns.taker[arc]][0].id,
            session=columns.offers[columns.session[arc]].id,
            rank=int(columns.rank[arc]) if columns.rank[arc] != NOT_RANKED else None,
        )
        for arc in np.flatnonzero(chosen)
    ]


def _short(columns: Columns, chosen: NDArray[np.bool_]) -> list[tuple[str, str]]:
    had = Counter(int(taker) for taker in columns.taker[chosen])
    return [
        (person.id, round_)
        for number, (person, round_) in enumerate(columns.takers)
        for _ in range(int(columns.need[number]) - had[number])
    ]


def _fixed(question: Question) -> list[Given]:
    known = {offer.id for offer in question.offers}

    def rank(person: Person, session: str) -> int | None:
        return person.wishes.get(session)

    return [
        Given(person=person.id, session=session, rank=rank(person, session), fixed=True)
        for person in question.people
        for session in person.fixed
        if session in known
    ]
