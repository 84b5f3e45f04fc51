"""What is kept of a merge while it can be undone, and forgotten when it cannot any more."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db
from consortium.merging.domain import UNDO_FOR, Evidence
from consortium.merging.models import Merge, MergeKind
from consortium.merging.service.moves import Moves

MOST_AT_ONCE = 200
"""Merges forgotten in one transaction; the next one goes on."""


def remember(moves: Moves, act: str, *, by: str, evidence: Collection[Evidence]) -> Merge:
    """Keep what a merge did, so that it can be undone, and record the act. Flushes."""
    merge = Merge(
        kind=moves.kind,
        kept_id=str(moves.kept),
        gone_id=str(moves.gone),
        evidence=sorted(evidence),
        moved={"steps": moves.steps},
        merged_by=by,
        merged_at=clock.now(),
    )
    db.session.add(merge)
    db.session.flush()
    audit.record(
        act,
        f"{moves.kind.value}:{moves.kept}",
        by=by,
        after={"gone": str(moves.gone), "merge": str(merge.id), "steps": len(moves.steps)},
    )
    return merge


def moves_of(merge: Merge) -> Moves:
    """Return what a merge did."""
    read = UUID if merge.kind is MergeKind.PERSON else str
    return Moves(merge.kind, read(merge.kept_id), read(merge.gone_id), merge.moved["steps"])


def forget(merge: Merge) -> None:
    """Forget what stood before a merge; that there was one stays on record."""
    merge.moved = {}


def forget_old() -> int:
    """Forget what stood before merges that cannot be undone any more; return how many they were.

    It may hold what people deleted since. The records themselves stay merged.
    """
    old = (
        select(Merge)
        .where(Merge.merged_at < clock.now() - UNDO_FOR, Merge.moved != {})
        .order_by(Merge.id)
        .limit(MOST_AT_ONCE)
    )
    found = db.session.scalars(old).all()
    for merge in found:
        forget(merge)
    db.session.flush()
    return len(found)
