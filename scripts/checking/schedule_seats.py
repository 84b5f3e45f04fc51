"""Whether seats are legal, and whether other seats would be better: a linear program decides."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from scipy import optimize, sparse

TEAM = 3
"""Points for the first of a team in a session, where the programme does not say."""


def most_points(facts: Any, seats: Sequence[Mapping[str, str]]) -> tuple[dict[str, Any], list[str]]:
    """Return the points of the seats and the most that there could be, and what is wrong."""
    wrong = list(_faults(facts, seats))
    team = facts.programme.get("weights", {}).get("team", TEAM)
    had: Counter[tuple[str, str]] = Counter()
    points = 0
    covered = set()
    for seat in seats:
        person = facts.people.get(seat["person"])
        if person is None or seat["session"] not in facts.sessions:
            continue
        had[seat["person"], seat["session"]] += 1
        if seat["person"] not in facts.needed_by(facts.sessions[seat["session"]]):
            points += person["points"].get(seat["session"], 0)
        covered.add((_team(person), seat["session"]))
    by_duty = {
        (_team(facts.people[person]), name)
        for name, session in facts.sessions.items()
        for person in facts.needed_by(session)
        if person in facts.people
    }
    reached = points + team * len(covered - by_duty)
    best = sum(_program(facts, group, team, by_duty) for group in _groups(facts))
    if reached < best - 0.5:
        wrong.append(f"the seats are worth {reached}, and seats worth {best:.2f} may exist")
    return {"seated": points, "with_teams": reached, "most_with_teams": round(best, 3)}, wrong


def _team(person: Mapping[str, Any]) -> str:
    return f"team {person['team']}" if person.get("team") else f"person {person['id']}"


def _faults(facts: Any, seats: Sequence[Mapping[str, str]]) -> Iterator[str]:
    where = {one["session"]: one for one in facts.placed}
    sitting: dict[str, list[str]] = defaultdict(list)
    filled: Counter[str] = Counter()
    for seat in seats:
        person, session = seat["person"], seat["session"]
        if person not in facts.people or session not in facts.sessions:
            yield f"seat of {person} in {session}: unknown"
            continue
        if seat["slot"] != where[session]["slot"]:
            yield f"seat of {person} in {session}: it is not in slot {seat['slot']}"
        on_duty = person in facts.needed_by(facts.sessions[session])
        if not on_duty and not facts.people[person]["points"].get(session):
            yield f"{person} did not rank {session}"
        sitting[person].append(session)
        if person not in facts.sessions[session].get("presenters", ()):
            filled[session] += 1
    for person in facts.people:
        yield from _of_person(facts, person, sitting[person])
    for session, people in filled.items():
        if people > _places(facts, session):
            yield f"{session}: {people} people, and {_places(facts, session)} places"


def _of_person(facts: Any, person: str, held: Sequence[str]) -> Iterator[str]:
    needed = [item["id"] for item in _items(facts) if person in facts.needed_by(item)]
    every = [*held, *(one for one in needed if one not in facts.sessions)]
    for n, one in enumerate(every):
        for other in every[:n]:
            if facts.overlap(one, other):
                yield f"{person} is in {one} and in {other} at the same time"
    heard = [one for one in held if one not in needed]
    contents = Counter(facts.sessions[one].get("same_content") for one in heard)
    if any(content and times > 1 for content, times in contents.items()):
        yield f"{person} hears one content twice"
    for one in needed:
        if one in facts.sessions and one not in held:
            yield f"{person} has to be at {one} and has no seat there"


def _items(facts: Any) -> list[Mapping[str, Any]]:
    return [*facts.sessions.values(), *facts.programme["fixed"]]


def _places(facts: Any, session: str) -> float:
    room = facts.rooms[next(one["room"] for one in facts.placed if one["session"] == session)]
    limits = [room.get("capacity"), facts.sessions[session].get("capacity")]
    return min((one for one in limits if one is not None), default=float("inf"))


def _groups(facts: Any) -> list[list[str]]:
    """Return the sessions in groups that do not touch each other, by time or by content."""
    parent = {one: one for one in facts.sessions}

    def root(one: str) -> str:
        while parent[one] != one:
            one = parent[one]
        return one

    names = sorted(facts.sessions)
    for n, one in enumerate(names):
        for other in names[:n]:
            content = facts.sessions[one].get("same_content")
            same = content and content == facts.sessions[other].get("same_content")
            if same or facts.overlap(one, other):
                parent[root(one)] = root(other)
    groups = defaultdict(list)
    for one in names:
        groups[root(one)].append(one)
    return list(groups.values())


def _program(facts: Any, group: Sequence[str], team: int, by_duty: set[tuple[str, str]]) -> float:
    """Return the most points of a group's seats by a linear program, so at least the true most."""
    busy: dict[str, list[str]] = defaultdict(list)
    for item in _items(facts):
        for person in facts.needed_by(item):
            busy[person].append(item["id"])
    takes = [
        (person, session)
        for person, said in sorted(facts.people.items())
        for session in group
        if said["points"].get(session)
        and not any(facts.overlap(session, one) for one in busy[person])
    ]
    if not takes:
        return 0.0
    reach = sorted({(_team(facts.people[person]), session) for person, session in takes} - by_duty)
    gains = [float(facts.people[person]["points"][session]) for person, session in takes]
    gains += [float(team)] * len(reach)
    rows = [*_limits(facts, group, takes), *_reached(facts, takes, reach)]
    starts = np.cumsum([0, *(len(terms) for terms, _ in rows)])
    matrix = sparse.csr_array(
        (
            [sign for terms, _ in rows for _, sign in terms],
            [column for terms, _ in rows for column, _ in terms],
            starts,
        ),
        shape=(len(rows), len(gains)),
    )
    limits = [limit for _, limit in rows]
    solved = optimize.linprog(
        -np.array(gains), A_ub=matrix, b_ub=limits, bounds=(0, 1), method="highs"
    )
    return float(-solved.fun)


Row = tuple[list[tuple[int, float]], float]


def _limits(facts: Any, group: Sequence[str], takes: Sequence[tuple[str, str]]) -> Iterator[Row]:
    """Give what limits the takes: one place at a time, each content once, places of sessions."""
    some: dict[tuple[str, Any], list[tuple[int, float]]] = defaultdict(list)
    begins = sorted({facts.spans[one][0] for one in group})
    for n, (person, session) in enumerate(takes):
        some["", session].append((n, 1.0))
        begin, end = facts.spans[session]
        for moment in begins:
            if begin <= moment < end:
                some[person, moment].append((n, 1.0))
        content = facts.sessions[session].get("same_content")
        if content:
            some[person, content].append((n, 1.0))
    for (person, what), terms in some.items():
        if person:
            yield terms, 1.0
            continue
        own = [one for one in facts.needed_by(facts.sessions[what]) if one in facts.people]
        speaking = set(facts.sessions[what].get("presenters", ()))
        left = _places(facts, what) - sum(one not in speaking for one in own)
        yield terms, min(1e9, max(0.0, left))


def _reached(
    facts: Any, takes: Sequence[tuple[str, str]], reach: Sequence[tuple[str, str]]
) -> Iterator[Row]:
    """Give what a team in a session needs: one of it there."""
    theirs = defaultdict(list)
    for n, (person, session) in enumerate(takes):
        theirs[_team(facts.people[person]), session].append((n, -1.0))
    for n, key in enumerate(reach):
        yield [(len(takes) + n, 1.0), *theirs[key]], 0.0
