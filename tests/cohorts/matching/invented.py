"""Invented participants for the pure tests, and the best matching found by trying everything."""

from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from cohorts.matching.domain.values import Participant, Rules
from cohorts.matching.domain.weighing import possible, terms_of
from consortium.people.domain import Side

ROLES = ("superintendent", "cabinet", "union_leader", "board_member")
GOALS = ("Literacy", "Attendance", "Mentoring")
TOPICS = ("reading", "joint training", "release time for mentors", "")


def someone(id_: str, lea: str, role: str = "superintendent", **values: Any) -> Participant:
    """Return a participant who agreed to be matched."""
    return Participant(
        **{
            "id": id_,
            "lea_id": lea,
            "role_code": role,
            "side": Side.MANAGEMENT,
            "consents": True,
            "state": "NJ",
            **values,
        }
    )


@st.composite
def groups(draw: st.DrawFn, most: int = 8) -> list[Participant]:
    """Draw a small group of people in a few LEAs, some with a past, some without consent."""
    count = draw(st.integers(0, most))
    ids = [f"p{n}" for n in range(count)]
    return [
        someone(
            id_,
            draw(st.sampled_from(("0000001", "0000002", "0000003", "0000004"))),
            draw(st.sampled_from(ROLES)),
            site=draw(st.sampled_from(("", "North", "South"))),
            side=draw(st.sampled_from((Side.MANAGEMENT, Side.LABOR))),
            goals=draw(st.frozensets(st.sampled_from(GOALS))),
            offers=draw(st.sampled_from(TOPICS)),
            asks=draw(st.sampled_from(TOPICS)),
            enrollment=draw(st.sampled_from((None, 90, 2000, 2500, 90_000))),
            locale=draw(st.sampled_from(("", "11", "21", "41", "42"))),
            state=draw(st.sampled_from(("NJ", "PA"))),
            consents=draw(st.sampled_from((True, True, True, True, False))),
            past=draw(st.frozensets(st.sampled_from(ids), max_size=2)),
            barred=draw(st.frozensets(st.sampled_from(ids), max_size=1)),
        )
        for id_ in ids
    ]


rule_sets = st.builds(
    Rules,
    each=st.integers(1, 3),
    same_lea_allowed=st.booleans(),
    not_same_site=st.booleans(),
    role_first=st.booleans(),
)


def best_of_all(people: Sequence[Participant], rules: Rules) -> tuple[int, int]:
    """Return the most people that can have a peer and the most weight with so many."""
    pairs = [
        (a, b, terms_of(people[a], people[b], rules).total)
        for a in range(len(people))
        for b in range(a + 1, len(people))
        if possible(people[a], people[b], rules)
    ]
    units = [rules.unit_of(person) for person in people]
    peers: list[list[int]] = [[] for _ in people]
    best = (0, 0)

    def admits(one: int, other: int) -> bool:
        return len(peers[one]) < rules.each and all(units[p] != units[other] for p in peers[one])

    def go(n: int, weight: int) -> None:
        nonlocal best
        if n == len(pairs):
            best = max(best, (sum(bool(each) for each in peers), weight))
            return
        one, other, score = pairs[n]
        if admits(one, other) and admits(other, one):
            peers[one].append(other)
            peers[other].append(one)
            go(n + 1, weight + score)
            peers[one].pop()
            peers[other].pop()
        go(n + 1, weight)

    go(0, 0)
    return best
