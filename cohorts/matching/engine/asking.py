"""Answer a whole question: who should meet whom, how good that is, and who is served worst."""

from collections.abc import Iterable, Sequence

import numpy as np

from cohorts.matching.domain.left_out import Lever, Why
from cohorts.matching.engine.crowd import Crowd, crowd_of
from cohorts.matching.engine.matches import matches_of
from cohorts.matching.engine.question import Alone, Answer, Pair, Question, Served
from cohorts.matching.engine.rematch import rematch
from cohorts.matching.engine.scoring import Bar, bars
from cohorts.matching.engine.search import Chosen, Search
from consortium.answering import Tell, quiet

WORST = 12
"""So many of those served worst are told."""
LEVERS = {
    Bar.REASON: Lever.GOALS,
    Bar.ROLES: Lever.ROLES,
    Bar.SLOT: Lever.TIME,
    Bar.LANGUAGE: Lever.LANGUAGE,
}


def answer(question: Question, said: Tell = quiet) -> Answer:
    """Find everyone's peers; the order of the people does not matter.

    First as many people as possible have a peer, then the weights add up to the most. Raises
    ``ValueError`` when the rules forbid a pinned pair.
    """
    crowd = crowd_of(question.people, question.weights)
    chosen, bound = _chosen(crowd, question, said)
    peers = np.zeros(crowd.size, np.int64)
    worth = np.zeros(crowd.size, np.int64)
    for one, other, weight in chosen.pairs:
        for person in (one, other):
            peers[person] += 1
            worth[person] += weight
    able = np.nonzero(crowd.most > 0)[0].tolist()
    in_order = sorted(able, key=lambda one: (int(peers[one]), int(worth[one]), one))
    return Answer(
        matches=tuple(matches_of(crowd, chosen)),
        alone=tuple(
            Alone(id=crowd.people[one].id, why=_why(crowd, one)) for one in able if not peers[one]
        ),
        people=len(able),
        peers=tuple(np.bincount(peers[able], minlength=1).tolist()) if able else (),
        weight=chosen.weight,
        bound=bound,
        worst=tuple(
            Served(
                id=crowd.people[one].id,
                peers=int(peers[one]),
                weight=int(worth[one]),
                lever=_lever(crowd, one),
            )
            for one in in_order[:WORST]
            if peers[one] < crowd.most[one]
        ),
    )


def _chosen(crowd: Crowd, question: Question, said: Tell) -> tuple[Chosen, int | None]:
    number = {person.id: place for place, person in enumerate(crowd.people)}

    def numbered(pairs: Iterable[Pair]) -> list[tuple[int, int]]:
        return [
            (number[one], number[other])
            for one, other in pairs
            if one in number and other in number
        ]

    former = None if question.former is None else numbered(question.former)
    bound = None
    if former is None:
        if (crowd.most > 0).sum() < 2:  # noqa: PLR2004  (one person cannot be matched)
            return Chosen(()), 0
        search = Search(crowd=crowd, certify=True, said=said)
        search.deadline = search.clock() + question.seconds
        found = search.run()
        bound = found.weight if found.proven else search.bound
        if not question.pinned:
            return found, bound
        former = [(one, other) for one, other, _ in found.pairs]
    return rematch(
        crowd,
        former,
        pinned=numbered(question.pinned),
        accepted=numbered(question.accepted),
        newcomers=[number[id_] for id_ in question.newcomers if id_ in number],
    ), bound


def _why(crowd: Crowd, one: int) -> Why:
    """Return the first thing that would have to change for this person to have a peer."""
    barred = list(_barred(crowd, one))
    if not any(Bar.LEA not in each and Bar.CONSENT not in each for each in barred):
        return Why.NOBODY
    if () in barred:
        return Why.FULL
    return Why.KNOWN if (Bar.NEVER,) in barred else Why.UNLIKE


def _lever(crowd: Crowd, one: int) -> Lever:
    """Return what alone would open the way to the most people."""
    opened = dict.fromkeys(LEVERS, 0)
    possible = 0
    for each in _barred(crowd, one):
        possible += not each
        if len(each) == 1 and each[0] in opened:
            opened[each[0]] += 1
    most = max(opened, key=lambda bar: opened[bar])
    if opened[most] > possible:
        return LEVERS[most]
    return Lever.PLACES if possible else Lever.PEOPLE


def _barred(crowd: Crowd, one: int) -> Iterable[Sequence[Bar]]:
    person = crowd.people[one]
    for place, other in enumerate(crowd.people):
        if place != one:
            yield bars(person, other, crowd.weights)
