"""Merges of the last weeks, and how one is undone."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from blinker import Signal
from sqlalchemy import or_, select
from sqlalchemy.exc import IntegrityError

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db
from consortium.errors import NotFound
from consortium.merging.domain import MergeRefused, check_undoable
from consortium.merging.models import Merge, MergeKind
from consortium.merging.service.memory import forget, moves_of
from consortium.merging.service.references import hold_both
from consortium.tenants.service.staff import work_here
from consortium.words import say

unmerging = Signal("a merge is about to be undone")
"""Sent with the ``Moves`` before rows go back: a feature takes the locks it works under."""
unmerged = Signal("a merge was undone")
"""Sent with the ``Moves`` after rows went back: a feature takes back what these need, and raises
``MergeRefused`` where there is none left."""


def unmerge(merge_id: UUID, *, by: str, may_choose_staff: bool) -> Merge:
    """Part two records again, as they were before they were merged.

    What was changed since on rows that moved stays as it was changed; what is new since stays
    with the kept one. Raises ``NotFound``, and ``MergeRefused`` after 30 days, when a later merge
    builds on this one, or when something that has to come back is taken (a place at a full
    institute).
    """
    merge = _held(merge_id)
    check_undoable(merge.merged_at, clock.now())
    moves = moves_of(merge)
    if merge.kind is MergeKind.PERSON and not may_choose_staff and work_here(moves.kept):
        raise MergeRefused(
            say(
                "This person works for the consortium. Ask an owner of the consortium to undo the "
                "merge."
            )
        )
    with standing_refused():
        unmerging.send(moves)
        hold_both(moves)
        _check_nothing_builds_on(merge)
        moves.undo()
        db.session.expire_all()
        unmerged.send(moves)
        merge.unmerged_by = by
        merge.unmerged_at = clock.now()
        forget(merge)
        db.session.flush()
    audit.record(
        "unmerge",
        f"{merge.kind.value}:{merge.kept_id}",
        by=by,
        before={"gone": merge.gone_id, "merge": str(merge.id)},
    )
    return merge


@contextmanager
def standing_refused() -> Iterator[None]:
    """Say so where the database does not let the rows be as the block wants them.

    What a feature foresees, it settles or refuses in words of its own; this is for the rest.
    """
    try:
        yield
    except IntegrityError as error:
        raise MergeRefused(
            say(
                "Something that was done meanwhile stands in the way, so nothing was changed. "
                "Look at both records, and end what they both have."
            )
        ) from error


def _held(merge_id: UUID) -> Merge:
    statement = select(Merge).where(Merge.id == merge_id, Merge.unmerged_at.is_(None))
    held = statement.with_for_update().execution_options(populate_existing=True)
    merge = db.session.scalar(held)
    if merge is None:
        raise NotFound(say("There is no such merge, or it was undone already."))
    return merge


def _check_nothing_builds_on(merge: Merge) -> None:
    records = [merge.kept_id, merge.gone_id]
    later = select(Merge.id).where(
        Merge.kind == merge.kind,
        Merge.id != merge.id,
        Merge.unmerged_at.is_(None),
        Merge.id > merge.id,
        or_(Merge.kept_id.in_(records), Merge.gone_id.in_(records)),
    )
    if db.session.scalar(later.limit(1)) is not None:
        raise MergeRefused(
            say("One of the two was merged with a third one since. Undo that merge first.")
        )
