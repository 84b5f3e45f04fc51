"""The tables of peer matching."""

from cohorts.matching.models.groupings import (
    ONE_DRAFT_GROUPING,
    ONE_PLACE,
    ONE_WISH,
    GroupedTeam,
    Grouping,
    GroupingKind,
    TeamGroup,
    TeamWish,
)
from cohorts.matching.models.runs import ONE_DRAFT, ONE_PAIR, Disclosure, MatchRun, PeerMatch

__all__ = [
    "ONE_DRAFT",
    "ONE_DRAFT_GROUPING",
    "ONE_PAIR",
    "ONE_PLACE",
    "ONE_WISH",
    "Disclosure",
    "GroupedTeam",
    "Grouping",
    "GroupingKind",
    "MatchRun",
    "PeerMatch",
    "TeamGroup",
    "TeamWish",
]
