"""What changed between two openings of a survey, and for whom it can be said.

A density changes when people come and go, even if nobody talks more or less. So the change is told
twice: on the whole roster of each time, and among those who stood on both rosters.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cohorts.surveys.engine.density import Answered, Network, among, network_of


@dataclass(frozen=True, kw_only=True)
class Moved:
    """One network twice: how it was and how it is."""

    before: Network
    after: Network


@dataclass(frozen=True, kw_only=True)
class Change:
    """Two openings side by side."""

    stayed: frozenset[str]
    """On both rosters; who left and who came in their place are neither."""
    left: frozenset[str]
    came: frozenset[str]
    full: Moved
    same: Moved


def change_between(before: Answered, after: Answered, topics: Iterable[str]) -> Change:
    """Return what changed, on full rosters and on the same roster."""
    asked = tuple(topics)
    stayed = before.roster & after.roster
    return Change(
        stayed=stayed,
        left=before.roster - stayed,
        came=after.roster - stayed,
        full=Moved(before=network_of(before, asked), after=network_of(after, asked)),
        same=Moved(
            before=network_of(among(before, stayed), asked),
            after=network_of(among(after, stayed), asked),
        ),
    )


def moved_by(before: float | None, after: float | None) -> float | None:
    """Return by how much a figure moved; ``None`` where one of the two is not known."""
    return None if before is None or after is None else after - before


def other_schools(
    reps: Iterable[str], schools: Mapping[str, str], said: Answered
) -> Mapping[str, int]:
    """Return, for each union representative who answered, how many other schools they name.

    ``schools`` says where everyone works; people without a school belong to none, and naming them
    reaches none.
    """
    asked = {rep for rep in reps if rep in said.respondents and rep in said.roster}
    reached: dict[str, set[str]] = {rep: set() for rep in asked}
    for who, whom, _ in said.ties:
        if who in asked and whom in said.roster:
            there = schools.get(whom, "")
            if there and there != schools.get(who, ""):
                reached[who].add(there)
    return {rep: len(found) for rep, found in sorted(reached.items())}
