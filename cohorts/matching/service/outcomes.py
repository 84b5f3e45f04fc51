"""What peer matching came to, for reports: rounds, pairs, and who has a peer."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select

from cohorts.matching.models import MatchRun, PeerMatch
from consortium.database import db


@dataclass(kw_only=True)
class Outcome:
    """The published rounds of one institute."""

    rounds: set[UUID] = field(default_factory=set)
    pairs: int = 0
    ended: int = 0
    """Pairs that one of the two declined."""
    people: set[UUID] = field(default_factory=set)
    """Who has a peer still."""


def outcomes_of(institute_ids: Collection[UUID]) -> Mapping[UUID, Outcome]:
    """Return what the published rounds of these institutes came to, in one query."""
    statement = (
        select(
            MatchRun.institute_id,
            MatchRun.id,
            PeerMatch.first_id,
            PeerMatch.second_id,
            PeerMatch.ended_at,
        )
        .outerjoin(PeerMatch, PeerMatch.run_id == MatchRun.id)
        .where(MatchRun.institute_id.in_(institute_ids), MatchRun.published_at.is_not(None))
        .order_by(MatchRun.published_at)
    )
    found: dict[UUID, Outcome] = {}
    for institute_id, run_id, first_id, second_id, ended_at in db.session.execute(statement):
        outcome = found.setdefault(institute_id, Outcome())
        outcome.rounds.add(run_id)
        if first_id is None:
            continue
        outcome.pairs += 1
        outcome.ended += ended_at is not None
        if ended_at is None:
            outcome.people |= {first_id, second_id}
    return found
