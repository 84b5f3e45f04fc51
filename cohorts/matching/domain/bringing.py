"""Why teams sit at one table, or are partners, in sentences that everyone of them may read."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from consortium.words import Sentence, say

LEADERS: Mapping[str, frozenset[str]] = {
    "superintendent": frozenset({"superintendent"}),
    "union_president": frozenset({"union_leader", "cert_union_leader", "class_union_leader"}),
}
"""Whom every table should have, and the roles of an institute that are it."""
LEADER_WORDS: Mapping[str, Sentence] = {
    "superintendent": say("superintendent"),
    "union_president": say("union president"),
}
KINDS_OF_PLACE: Mapping[str, Sentence] = {
    "1": say("Both are in cities."),
    "2": say("Both are in suburbs."),
    "3": say("Both are in towns."),
    "4": say("Both are rural."),
}
_LIKE_SIZE = 1.5


@dataclass(frozen=True, kw_only=True)
class Place:
    """What is said of a team to the others: nothing that is not public of its district."""

    state: str
    locale: str
    enrollment: int | None
    goals: tuple[str, ...]
    role_codes: frozenset[str]


def leaders_in(role_codes: Collection[str]) -> frozenset[str]:
    """Return which of those whom every table should have are among these roles."""
    return frozenset(leader for leader, codes in LEADERS.items() if codes & set(role_codes))


def lacking(teams: Sequence[Place]) -> tuple[Sentence, ...]:
    """Return whom a table should have and has not."""
    there = frozenset[str]().union(*(leaders_in(team.role_codes) for team in teams))
    return tuple(LEADER_WORDS[leader] for leader in LEADERS if leader not in there)


def why_table(theme: str, teams: Sequence[Place]) -> tuple[Sentence, ...]:
    """Return why these sit together."""
    first = sum(team.goals[:1] == (theme,) for team in teams)
    states = len({team.state for team in teams if team.state})
    reasons = [say("All of you work on “%(goal)s”.", goal=theme)]
    if first == len(teams):
        reasons = [say("For all of you “%(goal)s” comes first.", goal=theme)]
    if states > 1:
        reasons.append(say("You come from %(number)s states.", number=states))
    return tuple(reasons)


def why_partners(teams: Sequence[Place]) -> tuple[Sentence, ...]:
    """Return what makes these teams alike."""
    reasons = []
    common = [goal for goal in teams[0].goals if all(goal in team.goals for team in teams)]
    if common:
        reasons.append(say("You all work on “%(goal)s”.", goal=common[0]))
    sizes = sorted(team.enrollment for team in teams if team.enrollment)
    if len(sizes) == len(teams) and sizes[-1] <= _LIKE_SIZE * sizes[0]:
        reasons.append(
            say("Your districts are of like size: %(sizes)s students.", sizes=_listed(sizes))
        )
    kinds = {team.locale[:1] for team in teams}
    if len(kinds) == 1 and (kind := kinds.pop()) in KINDS_OF_PLACE:
        reasons.append(KINDS_OF_PLACE[kind])
    if not reasons:
        reasons.append(say("Of all who could be your partner, you are the most alike."))
    return tuple(reasons)


def _listed(numbers: Sequence[int]) -> str:
    return ", ".join(f"{number:,}" for number in numbers)
