"""Two records of one person are made one, and can be parted again for a while."""

from collections.abc import Collection
from uuid import UUID

from blinker import Signal
from sqlalchemy import select

from consortium.database import db
from consortium.errors import NotFound
from consortium.merging.domain import Evidence, MergeRefused
from consortium.merging.models import Merge, MergeKind
from consortium.merging.service.belongings import join_terms, merge_belongings
from consortium.merging.service.memory import remember
from consortium.merging.service.moves import Moves
from consortium.merging.service.references import hold_both, move_everything
from consortium.merging.service.undoing import standing_refused
from consortium.people.models import Person
from consortium.tenants.service.staff import work_here
from consortium.words import say

merging_people = Signal("two records of a person become one")
"""Sent with the ``Moves`` before rows change hands: a feature settles by its ``change``, ``remove``
and ``add`` what cannot simply move, and raises ``MergeRefused`` where nothing can."""
merged_people = Signal("two records of a person became one")
"""Sent with the ``Moves`` after rows changed hands: what was promised about either is told anew."""


def merge_people(
    kept_id: UUID,
    gone_id: UUID,
    *,
    by: str,
    may_choose_staff: bool,
    evidence: Collection[Evidence] = (),
) -> Merge:
    """Make two records one: everything of ``gone`` is the kept person's from now on.

    The kept person's address stays; whoever signs in with the other one is led to the kept
    person, and mail goes to the kept address alone. What cannot move because a person has it
    once (a seat at an institute, a badge, a calendar address, a staff role, a consent) is ended
    and remembered, so that ``unmerge`` restores it. Raises ``NotFound``, and ``MergeRefused``
    where something has to be decided first; people who work for the consortium only by who may
    choose its staff, since the other address gets their rights.
    """
    if kept_id == gone_id:
        raise MergeRefused(say("This is one and the same record."))
    moves = Moves(MergeKind.PERSON, kept_id, gone_id)
    with standing_refused():
        # Features hold their teams first, as all who write teams do, and then the people.
        merging_people.send(moves)
        kept, gone = _held(moves)
        if not may_choose_staff and work_here(kept_id, gone_id):
            raise MergeRefused(
                say(
                    "One of them works for this consortium, and the other address would get the "
                    "same rights. Ask an owner of the consortium to merge them."
                )
            )
        join_terms(moves)
        merge_belongings(moves)
        moves.change(kept, name=kept.name or gone.name, phone=kept.phone or gone.phone)
        move_everything(moves)
        moves.change(gone, merged_into_id=kept_id)
        db.session.flush()
        merged_people.send(moves)
    return remember(moves, "merge_people", by=by, evidence=evidence)


def _held(moves: Moves) -> tuple[Person, Person]:
    """Return both, held. Raises ``NotFound`` for who is not on record, or was merged already."""
    hold_both(moves)
    rows = db.session.scalars(
        select(Person)
        .where(Person.id.in_([moves.kept, moves.gone]), Person.merged_into_id.is_(None))
        .execution_options(populate_existing=True)
    )
    found = {person.id: person for person in rows}
    if len(found) != 2:  # noqa: PLR2004  (both)
        raise NotFound(say("One of these people is not on record any more. Look at the list."))
    return found[moves.kept], found[moves.gone]
