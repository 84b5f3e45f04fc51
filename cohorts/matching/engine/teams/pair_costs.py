"""What it costs to pair two districts' teams: how unlike they are, in whole numbers."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from cohorts.matching.engine.teams.values import GOAL_VALUES

SIZE_DOUBLED = 100
"""A district twice as large as the other costs this much; four times as large, twice this."""
SIZE_UNKNOWN = 150
OTHER_KIND = 50
OTHER_LOCALE = 25
NO_COMMON_GOAL = 100
"""What no goal in common costs; the same first goal costs nothing."""


@dataclass(frozen=True, kw_only=True)
class Partner:
    """A district's team, as far as finding it a partner team is concerned."""

    id: str
    state: str = ""
    enrollment: int | None = None
    """Students in the district."""
    locale: str = ""
    """NCES urban-centric locale, like 21: city, suburb, town or rural, and how large or far."""
    goals: tuple[str, ...] = ()
    past: frozenset[str] = field(default_factory=frozenset)
    """Former partners: never again."""


def costs(teams: Sequence[Partner]) -> np.ndarray:
    """Return what each pair costs, as a symmetric table.

    100 for each doubling of enrollment between the two, 50 when one is a city, the other a
    suburb, town or rural, 25 when only the finer locale differs, and up to 100 the less important
    the goals are that both have (only where both name goals).
    """
    size = np.array([team.enrollment or np.nan for team in teams], dtype=float)
    with np.errstate(invalid="ignore"):
        steps = np.abs(np.log2(size[:, None] / size[None, :]))
    unlike = np.where(np.isnan(steps), SIZE_UNKNOWN, np.rint(SIZE_DOUBLED * steps))
    locale = np.array([team.locale for team in teams], dtype=object)
    kind = np.array([team.locale[:1] for team in teams], dtype=object)
    unlike += np.where(
        kind[:, None] != kind[None, :],
        OTHER_KIND,
        np.where(locale[:, None] != locale[None, :], OTHER_LOCALE, 0),
    )
    whole: np.ndarray = (unlike + _apart_in_goals(teams)).astype(np.int64)
    return whole


def _apart_in_goals(teams: Sequence[Partner]) -> np.ndarray:
    goals = sorted({goal for team in teams for goal in team.goals})
    worth = np.zeros((len(teams), len(goals)), dtype=np.int64)
    for i, team in enumerate(teams):
        for value, goal in zip(GOAL_VALUES, team.goals, strict=False):
            worth[i, goals.index(goal)] = value
    best = np.zeros((len(teams), len(teams)), dtype=np.int64)
    for column in worth.T:
        both = np.where((column[:, None] > 0) & (column[None, :] > 0), column[:, None] + column, 0)
        best = np.maximum(best, both)
    named = np.array([bool(team.goals) for team in teams])
    most = 2 * GOAL_VALUES[0]
    unlike = np.where(best > 0, NO_COMMON_GOAL * (most - best) // most, NO_COMMON_GOAL)
    return np.where(named[:, None] & named[None, :], unlike, 0)
