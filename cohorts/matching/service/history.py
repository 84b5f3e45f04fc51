"""Who has met whom, who must or must never, and how many peers someone has at the moment."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from sqlalchemy import or_, select

from cohorts.matching.models import LockKind, MatchLock, MatchRun, PeerMatch
from cohorts.matching.service.rounds import at_institute
from consortium import clock
from consortium.database import db, hold
from consortium.errors import Conflict
from consortium.people.models import Person
from consortium.words import say

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


def hold_people(*person_ids: UUID) -> None:
    """Let nobody make two records one before this transaction ends, where these are among them.

    Raises ``Conflict`` when that happened since they were read.
    """
    hold(Person.id, *person_ids)
    if not merged_away().isdisjoint(person_ids):
        raise Conflict(
            say("Two records became one person at the same moment. Reload the page and try again.")
        )


def merged_away() -> set[UUID]:
    """Return everyone who is another person by now."""
    return set(db.session.scalars(select(Person.id).where(Person.merged_into_id.is_not(None))))


def live_pairs(institute_id: UUID) -> set[Pair]:
    """Return the pairs published at an institute that neither of the two has ended."""
    statement = (
        select(PeerMatch.first_id, PeerMatch.second_id)
        .join(MatchRun, PeerMatch.run_id == MatchRun.id)
        .where(
            at_institute(institute_id),
            MatchRun.published_at.is_not(None),
            PeerMatch.ended_at.is_(None),
        )
    )
    return {(first, second) for first, second in db.session.execute(statement).all()}


def pinned(institute_id: UUID) -> set[Pair]:
    """Return the pairs that a coordinator lets meet at this institute."""
    here = MatchLock.institute_id == institute_id
    statement = select(MatchLock.first_id, MatchLock.second_id).where(here)
    rows = db.session.execute(statement.where(MatchLock.kind == LockKind.PIN)).all()
    return {(first, second) for first, second in rows}


def forbidden() -> set[Pair]:
    """Return the pairs that a coordinator forbade, at any institute of the consortium."""
    statement = select(MatchLock.first_id, MatchLock.second_id)
    rows = db.session.execute(statement.where(MatchLock.kind == LockKind.FORBID)).all()
    return {(first, second) for first, second in rows}


def active_peers(*person_ids: UUID) -> Mapping[UUID, int]:
    """Return how many peers everyone (or these) has of the last twelve months, everywhere."""
    statement = (
        select(PeerMatch.first_id, PeerMatch.second_id)
        .join(MatchRun, PeerMatch.run_id == MatchRun.id)
        .where(MatchRun.published_at >= clock.now() - ACTIVE, PeerMatch.ended_at.is_(None))
    )
    if person_ids:
        theirs = (PeerMatch.first_id.in_(person_ids), PeerMatch.second_id.in_(person_ids))
        statement = statement.where(or_(*theirs))
    return Counter(person for pair in db.session.execute(statement).all() for person in pair)


def by_person(pairs: set[Pair]) -> Mapping[UUID, set[UUID]]:
    """Return with whom each person is in a pair."""
    others: dict[UUID, set[UUID]] = defaultdict(set)
    for one, other in pairs:
        others[one].add(other)
        others[other].add(one)
    return others
