"""End a match without a reason: neither of the two sees the other from then on."""

from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import contains_eager

from cohorts.matching.models import MatchRun, PeerMatch
from cohorts.matching.service.introductions import introduce_anew
from cohorts.matching.service.parting import part
from cohorts.matching.service.rounds import institutes_of
from consortium import clock
from consortium.audit import service as audit
from consortium.database import db
from consortium.errors import NotFound
from consortium.words import say


def decline_peer(institute_id: UUID, person_id: UUID | None, peer_id: UUID, by: str) -> None:
    """End the matches of two people for both at once and for good, wherever they met.

    No later run matches them again. Both get a place back. Mails that name one to the other and
    have not left yet are written anew. Coordinators see a number, and not whose match ended.
    Raises ``NotFound`` when they are no peers at this institute, or not any more.
    """
    held = (
        select(PeerMatch)
        .join(PeerMatch.run)
        .options(contains_eager(PeerMatch.run))
        .where(
            MatchRun.published_at.is_not(None),
            PeerMatch.ended_at.is_(None),
            or_(
                (PeerMatch.first_id == person_id) & (PeerMatch.second_id == peer_id),
                (PeerMatch.first_id == peer_id) & (PeerMatch.second_id == person_id),
            ),
        )
        .order_by(PeerMatch.id)
        .with_for_update(of=PeerMatch)
        .execution_options(populate_existing=True)
    )
    live = db.session.scalars(held).all()
    places = {where for match in live for where in institutes_of(match.run)}
    if person_id is None or institute_id not in places:
        raise NotFound(say("You have no such peer, or not any more."))
    now = clock.now()  # after whoever is shown a contact at this moment was waited for
    for match in live:
        match.ended_at = now
    db.session.flush()
    part(live)
    for where in sorted(places):
        introduce_anew(person_id, institute_id=where)
    # Whoever reads the record sees that it was done, and not whom it was about.
    audit.record("decline_peer", f"institute:{institute_id}", by=by)
