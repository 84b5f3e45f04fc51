"""A question as columns: who takes part in which round, and what each could be given.

Everything is sorted by id first, so that the order in which a file or a table gives people decides
nothing; what is left to chance is drawn from the seed and the ids alone, so that one person more
does not deal the lots anew.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from events.schedule.engine.places_flow import Ints
from events.schedule.engine.places_model import Offer, Person, Question

NOT_RANKED = 0
MANY = 2**31
LOTS = 2**20
"""How many lots there are, of which each possible place draws one."""


@dataclass(frozen=True, kw_only=True)
class Columns:
    """Takers are people in one round each; arcs are the places that a taker could have."""

    offers: tuple[Offer, ...]
    places: Ints
    """What is left of each session beyond the fixed places."""
    takers: tuple[tuple[Person, str], ...]
    """Person and round."""
    need: Ints
    """How many places of the round a taker can still have."""
    first: NDArray[np.bool_]
    """Whether the taker has nothing of the round yet."""
    taker: Ints
    """By arc: the taker."""
    session: Ints
    """By arc: the session."""
    rank: Ints
    """By arc: how the taker ranked it; ``NOT_RANKED`` where it can be given all the same."""
    stays: NDArray[np.bool_]
    """By arc: whether the taker has it by a former draft."""
    covered: frozenset[tuple[str, int]]
    """Teams, each with a session in which one of it has a fixed place."""

    @cached_property
    def ranks(self) -> tuple[int, ...]:
        """The ranks that occur, the best first."""
        return tuple(int(rank) for rank in np.unique(self.rank) if rank != NOT_RANKED)

    def only(self, arcs: NDArray[np.bool_]) -> "Columns":
        """Return the same with some of the possible places."""
        return replace(
            self,
            taker=self.taker[arcs],
            session=self.session[arcs],
            rank=self.rank[arcs],
            stays=self.stays[arcs],
        )

    def lots(self, seed: int) -> Ints:
        """Return the lot that each arc drew: by the seed and the ids, nothing else."""
        of_people = _drawn(seed, [person.id for person, _ in self.takers])
        of_offers = _drawn(seed, [f"session {offer.id}" for offer in self.offers])
        mixed = of_people[self.taker] ^ (of_offers[self.session] * np.uint64(0x9E3779B97F4A7C15))
        mixed ^= mixed >> np.uint64(30)
        mixed *= np.uint64(0xBF58476D1CE4E5B9)
        mixed ^= mixed >> np.uint64(27)
        mixed *= np.uint64(0x94D049BB133111EB)
        lots: Ints = ((mixed >> np.uint64(31)) % np.uint64(LOTS)).astype(np.int64)
        return lots


def columns_of(question: Question, rounds: Collection[str]) -> Columns:
    """Return what is to be decided in these rounds, beyond the places that are fixed."""
    offers = tuple(
        sorted((one for one in question.offers if one.round in rounds), key=lambda one: one.id)
    )
    index = {offer.id: position for position, offer in enumerate(offers)}
    taken = dict.fromkeys(index, 0)
    shut = _exclusions(question)
    covered: set[tuple[str, int]] = set()
    takers: list[tuple[Person, str]] = []
    need: list[int] = []
    first: list[bool] = []
    arcs: list[tuple[int, int, int, bool]] = []
    for person in sorted(question.people, key=lambda one: one.id):
        mine = [session for session in person.fixed if session in index]
        for session in mine:
            taken[session] += 1
            covered.add((team_of(person), index[session]))
        barred = {other for session in person.fixed for other in shut.get(session, ())}
        barred |= set(person.fixed)
        by_round = _possible(person, index, offers, barred)
        for round_ in sorted(by_round):
            had = sum(offers[index[session]].round == round_ for session in mine)
            left = question.picks.get(round_, 1) - had
            if left <= 0:
                continue
            arcs += [
                (len(takers), session, rank, offers[session].id in person.stays)
                for session, rank in by_round[round_]
            ]
            takers.append((person, round_))
            need.append(left)
            first.append(had == 0)
    table = np.asarray(arcs, dtype=np.int64).reshape(-1, 4)
    return Columns(
        offers=offers,
        places=np.asarray(
            [MANY if one.places is None else max(0, one.places - taken[one.id]) for one in offers],
            dtype=np.int64,
        ),
        takers=tuple(takers),
        need=np.asarray(need, dtype=np.int64),
        first=np.asarray(first, dtype=np.bool_),
        taker=table[:, 0],
        session=table[:, 1],
        rank=table[:, 2],
        stays=table[:, 3] > 0,
        covered=frozenset(covered),
    )


def team_of(person: Person) -> str:
    """Return the team that a person spreads with; who comes alone is a team of their own."""
    return f"team {person.team}" if person.team else f"person {person.id}"


def sets_apart(question: Question) -> tuple[frozenset[str], ...]:
    """Return the sets of sessions of which a person can have one: those said, and same contents."""
    told: dict[str, set[str]] = {}
    for offer in question.offers:
        if offer.content:
            told.setdefault(offer.content, set()).add(offer.id)
    known = {offer.id for offer in question.offers}
    every = [frozenset(one) for _, one in sorted(told.items())]
    every += [one & known for one in question.apart]
    return tuple(one for one in every if len(one) > 1)


def _exclusions(question: Question) -> Mapping[str, set[str]]:
    shut: dict[str, set[str]] = {}
    for one in sets_apart(question):
        for session in one:
            shut.setdefault(session, set()).update(one - {session})
    return shut


def _possible(
    person: Person, index: Mapping[str, int], offers: tuple[Offer, ...], barred: Collection[str]
) -> Mapping[str, list[tuple[int, int]]]:
    """Return what a person can be given, by round: each session with the rank."""
    found: dict[str, list[tuple[int, int]]] = {}
    for session in sorted({*person.wishes, *person.also}):
        position = index.get(session)
        if position is not None and session not in barred:
            rank = person.wishes.get(session, NOT_RANKED)
            found.setdefault(offers[position].round, []).append((position, rank))
    return found


def _drawn(seed: int, ids: Collection[str]) -> NDArray[np.uint64]:
    key = seed.to_bytes(16, "little", signed=True)
    drawn = [
        int.from_bytes(blake2b(one.encode(), digest_size=8, key=key).digest(), "little")
        for one in ids
    ]
    return np.asarray(drawn, dtype=np.uint64)
