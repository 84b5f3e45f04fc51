"""End a match without a reason: neither of the two sees the other from then on."""

from uuid import UUID

from sqlalchemy import or_, select, update

from cohorts.matching.models import MatchRun, PeerMatch
from cohorts.matching.service.introductions import introduce_anew
from consortium import clock
from consortium.audit import service as audit
from consortium.database import db
from consortium.errors import NotFound
from consortium.words import say


def decline_peer(institute_id: UUID, person_id: UUID | None, peer_id: UUID, by: str) -> None:
    """End the matches of two people at an institute, for both at once and for good.

    No later run matches them again. Both get a place back. Mails that name one to the other and
    have not left yet are written anew. Coordinators see a number, and not whose match ended.
    Raises ``NotFound`` when they are no peers, or not any more.
    """
    runs = select(MatchRun.id).where(
        MatchRun.institute_id == institute_id, MatchRun.published_at.is_not(None)
    )
    ended = db.session.execute(
        update(PeerMatch)
        .where(
            PeerMatch.run_id.in_(runs),
            PeerMatch.ended_at.is_(None),
            or_(
                (PeerMatch.first_id == person_id) & (PeerMatch.second_id == peer_id),
                (PeerMatch.first_id == peer_id) & (PeerMatch.second_id == person_id),
            ),
        )
        .values(ended_at=clock.now())
        .returning(PeerMatch.id)
    ).all()
    if person_id is None or not ended:
        raise NotFound(say("You have no such peer, or not any more."))
    db.session.expire_all()
    introduce_anew(person_id, institute_id=institute_id)
    # Whoever reads the record sees that it was done, and not whom it was about.
    audit.record("decline_peer", f"institute:{institute_id}", by=by)
