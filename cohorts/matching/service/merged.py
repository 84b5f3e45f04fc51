"""What of two records' pairs can stay when they become one person."""

from typing import Any
from uuid import UUID

from sqlalchemy import or_, select

from cohorts.matching.domain.values import Reader
from cohorts.matching.models import MatchRun, PeerMatch
from consortium.database import db
from consortium.merging.service import Moves

OPPOSITE = {Reader.FIRST.value: Reader.SECOND.value, Reader.SECOND.value: Reader.FIRST.value}


def merge_pairs(moves: Moves) -> None:
    """Let pairs of the gone record be the kept person's. Flushes.

    Nobody is paired with himself, and no pair stands twice in a run: such a pair goes.
    """
    theirs = select(PeerMatch).where(
        or_(PeerMatch.first_id == moves.gone, PeerMatch.second_id == moves.gone)
    )
    for pair in db.session.scalars(theirs.order_by(PeerMatch.id)).all():
        peer = pair.second_id if pair.first_id == moves.gone else pair.first_id
        first, second = sorted((moves.kept, peer))
        if peer == moves.kept or _stands(pair.run_id, first, second):
            moves.remove(pair)
            continue
        turned = (pair.first_id == moves.gone) != (first == moves.kept)
        reasons = _turned(pair.reasons) if turned else pair.reasons
        moves.change(pair, first_id=first, second_id=second, reasons=reasons)
        db.session.flush()
    runs = select(MatchRun).order_by(MatchRun.id)
    for run in db.session.scalars(runs):
        moves.change(run, left_out=[_renamed(each, moves) for each in run.left_out])
    db.session.flush()


def _stands(run_id: UUID, first: UUID, second: UUID) -> bool:
    same = select(PeerMatch.id).where(
        PeerMatch.run_id == run_id, PeerMatch.first_id == first, PeerMatch.second_id == second
    )
    return db.session.scalar(same) is not None


def _turned(reasons: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Let each reason still address the one it was written for, who stands second now."""
    return [{**each, "to": OPPOSITE.get(each["to"], each["to"])} for each in reasons]


def _renamed(left_out: dict[str, Any], moves: Moves) -> dict[str, Any]:
    gone, kept = str(moves.gone), str(moves.kept)
    return {name: kept if value == gone else value for name, value in left_out.items()}
