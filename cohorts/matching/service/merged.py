"""What of two records' pairs can stay when they become one person."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select

from cohorts.matching.domain.values import Reader
from cohorts.matching.models import LockKind, MatchLock, MatchRun, PeerLimit, PeerMatch, PeerSearch
from cohorts.matching.service.merged_parts import merge_requests, remove_pair
from consortium import clock
from consortium.database import db
from consortium.merging.service import Moves

OPPOSITE = {Reader.FIRST.value: Reader.SECOND.value, Reader.SECOND.value: Reader.FIRST.value}


def merge_pairs(moves: Moves) -> None:
    """Let pairs of the gone record be the kept person's. Flushes.

    Nobody is paired with himself, and no pair stands twice in a run: such a pair goes. Whoever
    declined either record, or was declined by it, is no peer of the person any more, at no
    institute.
    """
    theirs = select(PeerMatch).where(
        or_(PeerMatch.first_id == moves.gone, PeerMatch.second_id == moves.gone)
    )
    for pair in db.session.scalars(theirs.order_by(PeerMatch.id)).all():
        peer = pair.second_id if pair.first_id == moves.gone else pair.first_id
        first, second = sorted((moves.kept, peer))
        if peer == moves.kept:
            remove_pair(moves, pair)
            continue
        _end_declined(moves, pair, first, second)
        if _standing(first, second, pair.run_id):
            remove_pair(moves, pair)
            continue
        turned = (pair.first_id == moves.gone) != (first == moves.kept)
        reasons = _turned(pair.reasons) if turned else pair.reasons
        accepted = (pair.first_accepted_at, pair.second_accepted_at)
        one, other = reversed(accepted) if turned else accepted
        moves.change(
            pair,
            first_id=first,
            second_id=second,
            reasons=reasons,
            first_accepted_at=one,
            second_accepted_at=other,
        )
        db.session.flush()
    for run in db.session.scalars(select(MatchRun).order_by(MatchRun.id)).all():
        moves.change(
            run, left_out=_renamed(run.left_out, moves), changes=_renamed(run.changes, moves)
        )
    for search in db.session.scalars(select(PeerSearch).order_by(PeerSearch.id)).all():
        moves.change(search, found=_renamed(search.found, moves))
    _merge_locks(moves)
    _merge_limits(moves)
    merge_requests(moves)
    db.session.flush()


def _end_declined(moves: Moves, pair: PeerMatch, first: UUID, second: UUID) -> None:
    """End a pair that becomes one with a declined pair, and all that become one with it."""
    both = (pair, *_standing(first, second))
    same = [each for each in both if each.run.published_at is not None]
    if any(each.ended_at is not None for each in same):
        for each in same:
            if each.ended_at is None:
                moves.change(each, ended_at=clock.now())


def _merge_locks(moves: Moves) -> None:
    """Let what was said of the gone record's pairs hold for the kept one; “never” is stricter."""
    theirs = select(MatchLock).where(
        or_(MatchLock.first_id == moves.gone, MatchLock.second_id == moves.gone)
    )
    for lock in db.session.scalars(theirs.order_by(MatchLock.id)).all():
        peer = lock.second_id if lock.first_id == moves.gone else lock.first_id
        first, second = sorted((moves.kept, peer))
        there = db.session.scalar(
            select(MatchLock).where(
                MatchLock.institute_id == lock.institute_id,
                MatchLock.first_id == first,
                MatchLock.second_id == second,
            )
        )
        if peer == moves.kept:
            moves.remove(lock)
        elif there is None:
            moves.change(lock, first_id=first, second_id=second)
        else:
            if lock.kind is LockKind.FORBID and there.kind is LockKind.PIN:
                moves.change(there, kind=lock.kind, reason=lock.reason)
            moves.remove(lock)
        db.session.flush()


def _merge_limits(moves: Moves) -> None:
    """Let the kept person take as few peers as either record said."""
    rows = {
        row.person_id: row
        for row in db.session.scalars(
            select(PeerLimit).where(PeerLimit.person_id.in_((moves.kept, moves.gone)))
        )
    }
    gone, kept = rows.get(moves.gone), rows.get(moves.kept)
    if gone is None:
        return
    now = clock.now()  # published runs gave peers by what was said before
    if kept is None:
        moves.change(gone, person_id=moves.kept, changed_at=now)
        return
    said = [row.most for row in (gone, kept) if row.most is not None]
    moves.change(
        kept,
        most=min(said, default=None),
        mentor=gone.mentor or kept.mentor,
        paused=gone.paused or kept.paused,
        listed=gone.listed and kept.listed,
        changed_at=now,
    )
    moves.remove(gone)


def _standing(first: UUID, second: UUID, *run_ids: UUID) -> Sequence[PeerMatch]:
    """Return the pairs of these two, in any run or in these."""
    same = select(PeerMatch).where(PeerMatch.first_id == first, PeerMatch.second_id == second)
    if run_ids:
        same = same.where(PeerMatch.run_id.in_(run_ids))
    return db.session.scalars(same.order_by(PeerMatch.id)).all()


def _turned(reasons: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Let each reason still address the one it was written for, who stands second now."""
    return [{**each, "to": OPPOSITE.get(each["to"], each["to"])} for each in reasons]


def _renamed(value: Any, moves: Moves) -> Any:
    """Return the JSON value with the kept record's id wherever the gone one's stood."""
    if isinstance(value, dict):
        return {name: _renamed(each, moves) for name, each in value.items()}
    if isinstance(value, list):
        return [_renamed(each, moves) for each in value]
    return str(moves.kept) if value == str(moves.gone) else value
