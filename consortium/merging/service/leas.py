"""Two entries of the national list are one LEA for this consortium, and can be parted again.

The list itself is shared by all consortia and stays as it is.
"""

from collections.abc import Collection

from blinker import Signal
from sqlalchemy import select

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db
from consortium.directory import service as directory
from consortium.directory.models import Lea
from consortium.merging.domain import Evidence, MergeRefused
from consortium.merging.models import Merge, MergeKind
from consortium.merging.service.moves import Moves
from consortium.merging.service.references import move_everything
from consortium.merging.service.undoing import standing_refused
from consortium.words import say

merging_leas = Signal("two LEAs become one for a consortium")
"""Sent with the ``Moves`` before rows change hands: a feature settles what both LEAs have, and
raises ``MergeRefused`` where people have to decide (both have a team at one institute)."""
merged_leas = Signal("two LEAs became one for a consortium")
"""Sent with the ``Moves`` after rows changed hands: what depends on an LEA is judged anew."""


def merge_leas(
    kept_id: str, gone_id: str, *, by: str, evidence: Collection[Evidence] = ()
) -> Merge:
    """Let everything this consortium has of one LEA be another's from now on.

    Teams, applications, invitations, offices and what the LEA said of its offices move. Raises
    ``MergeRefused`` when the two were merged already, or both have a team at one institute.
    """
    if kept_id == gone_id:
        raise MergeRefused(say("This is one and the same LEA."))
    for lea in (directory.get_lea(kept_id), directory.get_lea(gone_id)):
        if lea_for(lea.id) != lea.id:
            raise MergeRefused(say("%(lea)s was merged already. Look at the list.", lea=lea.name))
    moves = Moves(MergeKind.LEA, kept_id, gone_id)
    with standing_refused():
        merging_leas.send(moves)
        move_everything(moves)
        merge = Merge(
            kind=MergeKind.LEA,
            kept_id=kept_id,
            gone_id=gone_id,
            evidence=sorted(evidence),
            moved={"steps": moves.steps},
            merged_by=by,
            merged_at=clock.now(),
        )
        db.session.add(merge)
        db.session.flush()
        merged_leas.send(moves)
    audit.record(
        "merge_leas",
        f"lea:{kept_id}",
        by=by,
        after={"gone": gone_id, "merge": str(merge.id), "steps": len(moves.steps)},
    )
    return merge


def lea_for(lea_id: str) -> str:
    """Return the LEA that this consortium means by an entry of the list.

    An LEA that was merged into another is that other one, also in what is begun from now on.
    """
    seen = {lea_id}
    while True:
        into = db.session.scalar(
            select(Merge.kept_id).where(
                Merge.kind == MergeKind.LEA,
                Merge.gone_id == lea_id,
                Merge.unmerged_at.is_(None),
            )
        )
        if into is None or into in seen:
            return lea_id
        seen.add(into)
        lea_id = into


def lea_named(lea_id: str) -> Lea:
    """Return the LEA that this consortium means by an entry. Raises ``NotFound``."""
    return directory.get_lea(lea_for(directory.get_lea(lea_id).id))
