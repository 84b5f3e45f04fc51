"""What hangs on pairs, and on LEAs, when two records become one: requests, calls, disputes."""

from uuid import UUID

from sqlalchemy import or_, select

from cohorts.matching.domain.asking import OPEN_STATES, RequestState
from cohorts.matching.models import FollowUp, JointCall, MatchStanding, PeerMatch, PeerRequest
from consortium import clock
from consortium.database import db
from consortium.merging.service import Moves


def remove_pair(moves: Moves, pair: PeerMatch) -> None:
    """Remove a pair with what the two did with each other. Flushes."""
    for model in (FollowUp, PeerRequest, JointCall):
        for row in db.session.scalars(select(model).where(model.match_id == pair.id)).all():
            if isinstance(row, JointCall):
                for time in list(row.times):
                    moves.remove(time)
                db.session.expire(row)
            moves.remove(row)
    moves.remove(pair)


def merge_requests(moves: Moves) -> None:
    """Let requests of and to the gone record be the kept one's. Flushes.

    Nobody asks himself, and nobody asks the same person twice at a time.
    """
    gone: UUID = moves.gone
    theirs = select(PeerRequest).where(or_(PeerRequest.from_id == gone, PeerRequest.to_id == gone))
    for request in db.session.scalars(theirs.order_by(PeerRequest.id)).all():
        both = [moves.kept if id_ == gone else id_ for id_ in (request.from_id, request.to_id)]
        if both[0] == both[1]:
            moves.remove(request)
            continue
        if request.state in OPEN_STATES and _open(*both):
            moves.change(request, state=RequestState.DROPPED, settled_at=clock.now())
        moves.change(request, from_id=both[0], to_id=both[1])
        db.session.flush()


def merge_standings(moves: Moves) -> None:
    """Let what is said of a partnership of the gone LEA hold for the kept one's.

    The stricter stays: either in dispute is in dispute, and who agreed for one has not for both.
    Flushes.
    """
    rows = db.session.scalars(
        select(MatchStanding).where(MatchStanding.lea_id.in_((moves.kept, moves.gone)))
    ).all()
    kept = {row.site: row for row in rows if row.lea_id == moves.kept}
    for row in rows:
        stays = kept.get(row.site)
        if row.lea_id == moves.kept:
            continue
        if stays is None:
            moves.change(row, lea_id=moves.kept)
            continue
        if row.in_dispute and not stays.in_dispute:
            moves.change(stays, in_dispute=True, reason=row.reason)
        for side in ("labor", "management"):
            if getattr(row, f"{side}_agreed_at") is None:
                moves.change(stays, **{f"{side}_agreed_at": None, f"{side}_agreed_by": ""})
        moves.remove(row)
    db.session.flush()


def _open(from_id: UUID, to_id: UUID) -> bool:
    standing = select(PeerRequest.id).where(
        PeerRequest.from_id == from_id,
        PeerRequest.to_id == to_id,
        PeerRequest.state.in_(OPEN_STATES),
    )
    return db.session.scalars(standing).first() is not None
