"""Two entries of the national list are one LEA for this consortium, and can be parted again.

The list itself is shared by all consortia and stays as it is.
"""

from collections.abc import Collection

from blinker import Signal
from sqlalchemy import select

from consortium.database import db
from consortium.directory import service as directory
from consortium.directory.models import Lea
from consortium.merging.domain import Evidence, MergeRefused
from consortium.merging.models import Merge, MergeKind
from consortium.merging.service.belongings import join_terms
from consortium.merging.service.memory import remember
from consortium.merging.service.moves import Moves
from consortium.merging.service.references import hold_both, move_everything
from consortium.merging.service.undoing import standing_refused
from consortium.people.service.offices import lea_meant
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
    both = [directory.get_lea(lea_id) for lea_id in (kept_id, gone_id)]
    moves = Moves(MergeKind.LEA, kept_id, gone_id)
    with standing_refused():
        merging_leas.send(moves)
        hold_both(moves)
        for lea in both:
            if _became(lea.id) is not None:
                raise MergeRefused(
                    say("%(lea)s was merged already. Look at the list.", lea=lea.name)
                )
        join_terms(moves)
        move_everything(moves)
        merged_leas.send(moves)
    return remember(moves, "merge_leas", by=by, evidence=evidence)


@lea_meant.connect
def lea_named(lea_id: str) -> Lea:
    """Return the LEA that this consortium means by an entry of the list. Raises ``NotFound``.

    An LEA that was merged into another is that other one, also in what is begun from now on. It
    is held against a merge, which waits, so that nothing is written down for one that is gone.
    """
    while True:
        lea = directory.get_lea(lea_id)
        held = select(Lea.id).where(Lea.id == lea_id)
        db.session.execute(held.with_for_update(read=True))
        into = _became(lea_id)
        if into is None:
            return lea
        lea_id = into


def _became(lea_id: str) -> str | None:
    return db.session.scalar(
        select(Merge.kept_id).where(
            Merge.kind == MergeKind.LEA, Merge.gone_id == lea_id, Merge.unmerged_at.is_(None)
        )
    )
