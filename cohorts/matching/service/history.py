"""Who has met whom, and how many peers someone has at the moment."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from cohorts.matching.models import MatchRun, PeerMatch
from consortium import clock
from consortium.database import db

Pair = tuple[UUID, UUID]
ACTIVE = timedelta(days=365)
"""So long a published match takes one of a mentor's places."""


def met() -> set[Pair]:
    """Return every pair published before, at any institute of the consortium; ended ones too."""
    statement = (
        select(PeerMatch.first_id, PeerMatch.second_id)
        .join(MatchRun, PeerMatch.run_id == MatchRun.id)
        .where(MatchRun.published_at.is_not(None))
    )
    return {(first, second) for first, second in db.session.execute(statement).all()}


def live_pairs(institute_id: UUID) -> set[Pair]:
    """Return the pairs published at an institute that neither of the two has ended."""
    statement = (
        select(PeerMatch.first_id, PeerMatch.second_id)
        .join(MatchRun, PeerMatch.run_id == MatchRun.id)
        .where(
            MatchRun.institute_id == institute_id,
            MatchRun.published_at.is_not(None),
            PeerMatch.ended_at.is_(None),
        )
    )
    return {(first, second) for first, second in db.session.execute(statement).all()}


def active_peers() -> Mapping[UUID, int]:
    """Return how many peers everyone has of the last twelve months, at every institute."""
    statement = (
        select(PeerMatch.first_id, PeerMatch.second_id)
        .join(MatchRun, PeerMatch.run_id == MatchRun.id)
        .where(MatchRun.published_at >= clock.now() - ACTIVE, PeerMatch.ended_at.is_(None))
    )
    return Counter(person for pair in db.session.execute(statement).all() for person in pair)


def by_person(pairs: set[Pair]) -> Mapping[UUID, set[UUID]]:
    """Return with whom each person is in a pair."""
    others: dict[UUID, set[UUID]] = defaultdict(set)
    for one, other in pairs:
        others[one].add(other)
        others[other].add(one)
    return others
