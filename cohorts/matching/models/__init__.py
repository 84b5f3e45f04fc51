"""The tables of peer matching."""

from cohorts.matching.domain.grouping import GroupingKind
from cohorts.matching.models.groupings import (
    ONE_DRAFT_GROUPING,
    ONE_PLACE,
    ONE_WISH,
    GroupedTeam,
    Grouping,
    TeamGroup,
    TeamWish,
)
from cohorts.matching.models.rules import (
    ONE_LIMIT,
    ONE_LOCK,
    ONE_SET_OF_WEIGHTS,
    LockKind,
    MatchLock,
    MatchWeights,
    PeerLimit,
)
from cohorts.matching.models.runs import ONE_DRAFT, ONE_PAIR, Disclosure, MatchRun, PeerMatch
from cohorts.matching.models.searches import (
    ONE_SEARCH,
    ONE_TEAM_SEARCH,
    PeerSearch,
    TeamSearch,
)

__all__ = [
    "ONE_DRAFT",
    "ONE_DRAFT_GROUPING",
    "ONE_LIMIT",
    "ONE_LOCK",
    "ONE_PAIR",
    "ONE_PLACE",
    "ONE_SEARCH",
    "ONE_SET_OF_WEIGHTS",
    "ONE_TEAM_SEARCH",
    "ONE_WISH",
    "Disclosure",
    "GroupedTeam",
    "Grouping",
    "GroupingKind",
    "LockKind",
    "MatchLock",
    "MatchRun",
    "MatchWeights",
    "PeerLimit",
    "PeerMatch",
    "PeerSearch",
    "TeamGroup",
    "TeamSearch",
    "TeamWish",
]
