"""People made up for the engine, and a judge of matchings that shares nothing with it."""

import itertools
import random

from cohorts.matching.engine.people import Person
from cohorts.matching.engine.weights import Weights

ROLES = ("superintendent", "union_president", "teacher", "central_office", "parent_leader")
LOCALES = ("11", "12", "21", "32", "41", "42", "43")


def crowded(number, seed=1, *, leas=None, most=3, states=("NJ", "PA", "VT")):
    """Return people who have much in common, so that nearly everyone has some possible peers."""
    chance = random.Random(seed)
    places = [
        (
            f"D{n:03d}",
            chance.choice(states),
            int(10 ** chance.uniform(2, 5)),
            chance.choice(LOCALES),
        )
        for n in range(leas or max(2, number // 3))
    ]
    poverty = {lea: chance.randrange(0, 60) for lea, *_ in places}
    people = []
    for n in range(number):
        lea, state, students, locale = chance.choice(places)
        people.append(
            Person(
                id=f"P{n:04d}",
                lea=lea,
                state=state,
                role=chance.choice(ROLES),
                enrollment=students,
                locale=locale,
                poverty=poverty[lea],
                goals=tuple(chance.sample("abcdef", chance.randrange(0, 4))),
                asks=frozenset(chance.sample("uvwxyz", chance.randrange(0, 4))),
                offers=frozenset(chance.sample("uvwxyz", chance.randrange(0, 4))),
                languages=frozenset(chance.sample(["en", "es"], 1) if n % 9 == 0 else ["en"]),
                slots=frozenset(chance.sample("12345", chance.randrange(1, 5))),
                consents=n % 11 != 5,
                most=chance.randrange(1, most + 1),
                never=frozenset({f"P{chance.randrange(number):04d}"} - {f"P{n:04d}"}),
            )
        )
    return people


def worth(a, b, w: Weights):
    """Return what the contract says a pair is worth; ``None`` where it forbids the pair."""
    related = {frozenset(pair): worth for pair, worth in w.role_related.items()}
    role = w.role_same if a.role == b.role else related.get(frozenset((a.role, b.role)))
    reason = set(a.goals) & set(b.goals) or a.offers & b.asks or b.offers & a.asks
    forbidden = (
        not (a.consents and b.consents)
        or a.lea == b.lea
        or b.id in a.never
        or a.id in b.never
        or role is None
        or not a.languages & b.languages
        or not a.slots & b.slots
        or not reason
    )
    if forbidden:
        return None
    values = dict(enumerate(w.goal_rank_values))
    goals = sum(
        values.get(a.goals.index(g), 0) * values.get(b.goals.index(g), 0)
        for g in set(a.goals) & set(b.goals)
    )
    gives, gets = min(len(a.offers & b.asks), 2), min(len(b.offers & a.asks), 2)
    bands = [sum(t <= p.enrollment for t in w.size_thresholds) for p in (a, b)]
    return (
        role
        + 10 * goals
        + 60 * (gives + gets)
        + (40 if gives and gets else 0)
        + 20 * max(0, 5 - abs(bands[0] - bands[1]))
        + (40 if a.locale[0] == b.locale[0] else 0)
        + (20 if a.locale == b.locale else 0)
        + max(0, 60 - 2 * abs(a.poverty - b.poverty))
        + (30 if a.state != b.state else 0)
        + 5 * min(len(a.slots & b.slots), 6)
        + (30 if (a.languages & b.languages) - {"en"} else 0)
    )


def possible(people, w=None):
    """Return every pair the contract allows, by the ids of the two, with its worth."""
    w = w or Weights()
    row = sorted(people, key=lambda p: p.id)
    pairs = ((a, b, worth(a, b, w)) for a, b in itertools.combinations(row, 2))
    return {(a.id, b.id): weight for a, b, weight in pairs if weight is not None}


def faults(people, pairs):
    """Return what a matching breaks: pairs not allowed, too many peers, an LEA met twice."""
    by_id = {p.id: p for p in people}
    allowed = possible(people)
    found = [f"{pair} not allowed" for pair in pairs if pair not in allowed]
    for person in people:
        peers = [b if a == person.id else a for a, b in pairs if person.id in (a, b)]
        leas = [by_id[peer].lea for peer in peers]
        if len(peers) > person.most:
            found.append(f"{person.id} has too many")
        if len(set(leas)) < len(leas):
            found.append(f"{person.id} twice in one LEA")
    return found


def best_of_all(people):
    """Return the most people that can have a peer, and the most weight then: by trying it all."""
    pairs = sorted(possible(people).items())
    lea = {p.id: p.lea for p in people}
    best = (0, 0)

    def go(at, left, met, value):
        nonlocal best
        best = max(best, (len({who for who, _ in met}), value))
        for n in range(at, len(pairs)):
            (a, b), weight = pairs[n]
            if left[a] and left[b] and (a, lea[b]) not in met and (b, lea[a]) not in met:
                fewer = {**left, a: left[a] - 1, b: left[b] - 1}
                go(n + 1, fewer, met | {(a, lea[b]), (b, lea[a])}, value + weight)

    go(0, {p.id: p.most for p in people}, frozenset(), 0)
    return best
