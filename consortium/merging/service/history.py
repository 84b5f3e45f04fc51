"""Merges as the coordinator's list shows them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select

from consortium import clock
from consortium.database import db
from consortium.directory.models import Lea
from consortium.merging.domain import is_undoable
from consortium.merging.models import Merge, MergeKind
from consortium.paging import PAGE_SIZE, Page, nearest_page
from consortium.people.models import Person


@dataclass(frozen=True, kw_only=True)
class MergeShown:
    """A merge, with both records in words."""

    merge: Merge
    kept: str
    gone: str
    undoable: bool


def merges(page: int) -> Page[MergeShown]:
    """Return a page of all merges, the latest first."""
    total = db.session.scalar(select(func.count(Merge.id))) or 0
    number = nearest_page(page, total)
    rows = db.session.scalars(
        select(Merge)
        .order_by(Merge.merged_at.desc(), Merge.id.desc())
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    ).all()
    words = _words(rows)
    now = clock.now()
    items = [
        MergeShown(
            merge=row,
            kept=words.get(row.kept_id, row.kept_id),
            gone=words.get(row.gone_id, row.gone_id),
            undoable=row.unmerged_at is None and is_undoable(row.merged_at, now),
        )
        for row in rows
    ]
    return Page(items=items, total=total, number=number)


def _words(rows: Sequence[Merge]) -> Mapping[str, str]:
    ids: dict[MergeKind, set[str]] = {kind: set() for kind in MergeKind}
    for row in rows:
        ids[row.kind] |= {row.kept_id, row.gone_id}
    people_ids = [UUID(each) for each in ids[MergeKind.PERSON]]
    people = db.session.scalars(select(Person).where(Person.id.in_(people_ids)))
    leas = db.session.scalars(select(Lea).where(Lea.id.in_(ids[MergeKind.LEA])))
    named = {str(person.id): f"{person.name} <{person.email}>".strip() for person in people}
    return {**named, **{lea.id: f"{lea.name}, {lea.state} ({lea.id})" for lea in leas}}
