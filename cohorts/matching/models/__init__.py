"""The tables of peer matching."""

from cohorts.matching.domain.grouping import GroupingKind
from cohorts.matching.models.asking import ONE_REQUEST, PeerRequest
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
    ONE_SET_OF_TERMS,
    ONE_SET_OF_WEIGHTS,
    ONE_STANDING,
    LockKind,
    MatchLock,
    MatchStanding,
    MatchTerms,
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
from cohorts.matching.models.talking import (
    ONE_AGREED,
    ONE_CALL,
    ONE_FOLLOW_UP,
    ONE_PROPOSAL,
    CallTime,
    FollowUp,
    JointCall,
)

__all__ = [
    "ONE_AGREED",
    "ONE_CALL",
    "ONE_DRAFT",
    "ONE_DRAFT_GROUPING",
    "ONE_FOLLOW_UP",
    "ONE_LIMIT",
    "ONE_LOCK",
    "ONE_PAIR",
    "ONE_PLACE",
    "ONE_PROPOSAL",
    "ONE_REQUEST",
    "ONE_SEARCH",
    "ONE_SET_OF_TERMS",
    "ONE_SET_OF_WEIGHTS",
    "ONE_STANDING",
    "ONE_TEAM_SEARCH",
    "ONE_WISH",
    "CallTime",
    "Disclosure",
    "FollowUp",
    "GroupedTeam",
    "Grouping",
    "GroupingKind",
    "JointCall",
    "LockKind",
    "MatchLock",
    "MatchRun",
    "MatchStanding",
    "MatchTerms",
    "MatchWeights",
    "PeerLimit",
    "PeerMatch",
    "PeerRequest",
    "PeerSearch",
    "TeamGroup",
    "TeamSearch",
    "TeamWish",
]
