"""Each hard rule: what breaks it alone is refused by the checker and never comes out."""

from typing import Any

import pytest

from events.schedule.engine.deadline import Deadline
from events.schedule.engine.planning import Wish, schedule
from events.schedule.engine.values import NoPlan
from scripts.check_schedule import faults_of
from tests.events.schedule.engine.programmes import DAY, Tree, facts, programme, tree

pytestmark = pytest.mark.pure
A, B = {"id": "a", "title": "A"}, {"id": "b", "title": "B"}
ONE = {"slots": 1, "rooms": 2}
LUNCH = {"title": "Lunch", "day": DAY, "start": "08:30", "end": "09:30"}
LEADS = [{"id": "p", "role": "lead"}, {"id": "q", "role": "lead"}]

# What makes the rule, how the two sessions would break it, and what the sentences have to say.
RULES: dict[str, tuple[Tree, list[str]]] = {
    "one session at a time in a room": (
        tree([A, B], slots=1, rooms=1),
        [("“A” and “B” can only be in r0: 1 of these 2 sessions find room there. Add a room or a "
         "slot, or ask for less of the room.")],
    ),
    "nobody presents twice at once": (
        tree([A | {"presenters": ["Ana"]}, B | {"presenters": ["Ana"]}], **ONE),
        ["Ana is needed at “A” and “B”, of which no two can be at the same time."],
    ),
    "nobody presents elsewhere than where the role has to be": (
        tree([A | {"presenters": ["p"]}, B | {"required_roles": ["lead"]}], **ONE, people=LEADS),
        ["p is needed at “A” and “B”, of which no two can be at the same time."],
    ),
    "a role is in one place": (
        tree([A | {"required_roles": ["lead"]}, B | {"required_roles": ["lead"]}], **ONE),
        [("Everyone with the role lead is needed at “A” and “B”, of which no two can be at the "
         "same time.")],
    ),
    "nothing is beside what is for everyone": (
        tree([A | {"required_roles": ["*"]}, B], **ONE),
        ["“A” and “B” cannot be at the same time: “A” is for everyone."],
    ),
    "repeats are at different times": (
        tree([A | {"same_content": "x"}, B | {"same_content": "x"}], **ONE),
        ["“A” and “B” have the same content and are held at different times."],
    ),
    "one ends before the other begins": (
        tree([A | {"before": ["b"]}, B], **ONE),
        ["“A” has to end before “B” begins."],
    ),
    "who is away does not present": (
        tree([A | {"presenters": ["Ana"]}], slots=1, presenters=[{"id": "Ana", "away": ["t0"]}]),
        ["“A” cannot be held at any time: Ana cannot be there (at t0)."],
    ),
    "who is at something fixed does not present": (
        tree([A | {"presenters": ["Ana"]}], slots=1, fixed=[LUNCH | {"presenters": ["Ana"]}]),
        ["“A” cannot be held at any time: Ana is needed at “Lunch” (at t0)."],
    ),
    "nothing is beside a meal for everyone": (
        tree([A], slots=1, fixed=[LUNCH | {"required_roles": ["*"]}]),
        ["“A” cannot be held at any time: everyone is at “Lunch” then (at t0)."],
    ),
    "what is fixed has its room": (
        tree([A], slots=1, rooms=1, fixed=[LUNCH | {"room": "r0"}]),
        ["No room that could take “A” is open and free for as long as it takes."],
    ),
    "a room is open": (
        tree([A], slots=1) | {"rooms": [{"id": "r0", "open": [
            {"day": DAY, "start": "09:00", "end": "09:59"}]}]},
        ["No room that could take “A” is open and free for as long as it takes."],
    ),
    "a room holds who has to come": (
        tree([A | {"required_roles": ["lead"]}], slots=1, people=LEADS)
        | {"rooms": [{"id": "r0", "capacity": 1}]},
        [("No room can take “A”: 2 people have to fit in, and no room that could be used holds "
         "more than 1.")],
    ),
    "a room has what is needed": (
        tree([A | {"features": ["stage"], "room": "r0"}], slots=1)
        | {"rooms": [{"id": "r0"}, {"id": "r1", "features": ["stage"]}]},
        ["No room can take “A”: r0 lacks stage and r1 is not the room to which it is locked."],
    ),
    "locks of time hold": (
        tree([A | {"slot": "t0"}, B | {"slot": "t0"}], rooms=1),
        ["“A” is locked to t0.", "“B” is locked to t0.",
         "Only r0 can take “A” and “B”; at t0 that is 1 at a time."],
    ),
    "locks of rooms hold": (
        tree([A | {"room": "r0"}, B | {"room": "r0"}], slots=1),
        [("“A” and “B” can only be in r0: 1 of these 2 sessions find room there. Add a room or a "
         "slot, or ask for less of the room.")],
    ),
    "a session has the time it takes": (
        tree([A | {"minutes": 200}], slots=3),
        [("“A” takes 200 minutes, and no slot and no slots that follow each other on one day are "
         "as long.")],
    ),
}  # fmt: skip


def _sentences(said: Tree) -> tuple[str, ...]:
    with pytest.raises(NoPlan) as none:
        schedule(programme(said), Wish(seconds=0.05), Deadline(20))
    assert none.value.clash.smallest
    return none.value.clash.sentences


@pytest.mark.parametrize("rule", RULES)
def test_without_a_way_around_it_the_rule_is_named(rule: str) -> None:
    said, sentences = RULES[rule]
    assert sorted(_sentences(said)) == sorted(sentences)


@pytest.mark.parametrize("rule", RULES)
def test_the_checker_sees_the_rule_broken(rule: str) -> None:
    said, _ = RULES[rule]
    every: list[Any] = [
        [{"session": "a", "slot": "t0", "room": one}, {"session": "b", "slot": "t0", "room": two}]
        for one in ("r0", "r1")
        for two in ("r0", "r1")
    ]
    ids = {one["id"] for one in said["sessions"]}
    rooms = {one["id"] for one in said["rooms"]}
    for placed in every:
        mine = [one for one in placed if one["session"] in ids]
        if {one["room"] for one in mine} <= rooms:
            assert list(faults_of(facts(said, mine)))


def test_three_in_order_in_two_slots_are_a_contradiction_of_two_sentences() -> None:
    """Each rule can be kept alone, and the session that has no part in it is not named."""
    chain = [A | {"before": ["b"]}, B | {"before": ["c"]}, {"id": "c", "title": "C"}]
    sentences = _sentences(tree([*chain, {"id": "d", "presenters": ["Ana"]}], slots=2))
    assert sentences == (
        "“A” has to end before “B” begins.",
        "“B” has to end before “C” begins.",
    )


def test_too_few_rooms_for_all_sessions_is_said_with_numbers() -> None:
    sessions = [{"id": f"s{n}", "title": f"S{n}", "features": ["stage"]} for n in range(4)]
    said = tree(sessions, slots=3)
    said["rooms"] = [{"id": "r0", "features": ["stage"]}, {"id": "r1"}]
    assert _sentences(said) == (
        (
            "“S0”, “S1”, “S2” and “S3” can only be in r0: 3 of these 4 sessions find room there. "
            "Add a room or a slot, or ask for less of the room."
        ),
    )
