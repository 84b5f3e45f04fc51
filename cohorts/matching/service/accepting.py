"""Accept a suggested match: when both have, each sees what the other shares."""

from uuid import UUID

from sqlalchemy import or_, select, update

from cohorts.matching.models import MatchRun, PeerMatch
from cohorts.matching.service.introductions import introduce_pair
from cohorts.matching.service.people import people_at
from cohorts.matching.service.rounds import at_institute, institutes_of
from cohorts.matching.service.standings import may_meet, standings
from consortium import clock
from consortium.audit import service as audit
from consortium.database import db
from consortium.errors import NotFound
from consortium.words import say


def accept_peer(institute_id: UUID, person_id: UUID | None, peer_id: UUID, by: str) -> bool:
    """Accept a match that was suggested; return whether both have now, and so are introduced.

    Then a mail to each names the other and the reasons, and each sees what the other shares. Until
    then nobody learns who accepted. Accepting twice is accepting once. Raises ``NotFound`` when
    the two are not suggested to each other at this institute, or not any more.
    """
    match = _suggested(institute_id, person_id, peer_id)
    if match is None or person_id is None or not _both_may(match):
        raise _no_such_peer()
    _accept(match, person_id)
    if _introduced(match):
        introduce_pair(match)
    if match.ended_at is not None:  # at this moment the other declined, or it lapsed
        raise _no_such_peer()
    # Whoever reads the record sees that it was done, and not whom it was about.
    audit.record("accept_peer", f"institute:{institute_id}", by=by)
    return match.introduced_at is not None


def _no_such_peer() -> NotFound:
    return NotFound(say("You have no such peer, or not any more."))


def _accept(match: PeerMatch, person_id: UUID) -> None:
    """Note that one of the two accepts; the other, at the same moment, waits and sees it."""
    mine = PeerMatch.first_accepted_at
    if match.second_id == person_id:
        mine = PeerMatch.second_accepted_at
    db.session.execute(
        update(PeerMatch)
        .where(PeerMatch.id == match.id, mine.is_(None), PeerMatch.ended_at.is_(None))
        .values({mine: clock.now()})
    )


def _introduced(match: PeerMatch) -> bool:
    """Introduce the two where both have accepted by now; tell whether that is new."""
    introduced = db.session.scalar(
        update(PeerMatch)
        .where(
            PeerMatch.id == match.id,
            PeerMatch.ended_at.is_(None),
            PeerMatch.introduced_at.is_(None),
            PeerMatch.first_accepted_at.is_not(None),
            PeerMatch.second_accepted_at.is_not(None),
        )
        .values(introduced_at=clock.now())
        .returning(PeerMatch.id)
    )
    db.session.refresh(match)
    return introduced is not None


def _suggested(institute_id: UUID, person_id: UUID | None, peer_id: UUID) -> PeerMatch | None:
    return db.session.scalar(
        select(PeerMatch)
        .join(PeerMatch.run)
        .where(
            at_institute(institute_id),
            MatchRun.published_at.is_not(None),
            PeerMatch.ended_at.is_(None),
            or_(
                (PeerMatch.first_id == person_id) & (PeerMatch.second_id == peer_id),
                (PeerMatch.first_id == peer_id) & (PeerMatch.second_id == person_id),
            ),
        )
        .order_by(PeerMatch.id)
        .limit(1)
    )


def _both_may(match: PeerMatch) -> bool:
    """Tell whether both take part now, and no dispute stands between them."""
    both = {match.first_id, match.second_id}
    people = people_at(institutes_of(match.run), only=both)
    if not all(id_ in people and people[id_].view.wants_peers for id_ in both):
        return False
    first, second = people[match.first_id], people[match.second_id]
    return match.introduced_at is not None or may_meet(first, second, standings())
