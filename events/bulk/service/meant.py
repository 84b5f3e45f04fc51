"""Whom and which LEA the rows of a list mean, where records were merged since it was written."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from consortium.database import db
from consortium.directory.models import Lea
from consortium.errors import Refusal
from consortium.merging.models import Merge, MergeKind
from consortium.people.domain import NotAnAddress
from consortium.people.models import Identity, Person
from events.bulk.domain.columns import Key
from events.bulk.domain.ground import KnownLea
from events.bulk.domain.lines import FileRow
from events.bulk.domain.people import address
from events.bulk.domain.planning import DIGITS
from events.institutes.domain import AdmittedAs
from events.institutes.models import Institute
from events.registration.service.coming import check_lea


def as_known(rows: Iterable[FileRow]) -> tuple[FileRow, ...]:
    """Return the rows with the addresses that people go by here, as they are stored.

    Somebody whose record was merged into another is that other person, also in an older list.
    """
    listed = tuple(replace(row, cells=_with_stored_address(row)) for row in rows)
    gone, theirs = aliased(Person), aliased(Identity)
    statement = (
        select(theirs.email, Identity.email)
        .join(gone, gone.identity_id == theirs.id)
        .join(Person, Person.id == gone.merged_into_id)
        .join(Identity, Identity.id == Person.identity_id)
        .where(theirs.email.in_(addresses(listed)))
    )
    known = {row[0]: row[1] for row in db.session.execute(statement)}
    return tuple(
        replace(row, cells={**row.cells, Key.EMAIL: known[row.said(Key.EMAIL)]})
        if row.said(Key.EMAIL) in known
        else row
        for row in listed
    )


def addresses(rows: Iterable[FileRow]) -> set[str]:
    """Return the addresses in rows that ``as_known`` gave."""
    return {row.said(Key.EMAIL) for row in rows}


def _with_stored_address(row: FileRow) -> Mapping[str, str]:
    try:
        return {**row.cells, Key.EMAIL: address(row.said(Key.EMAIL))}
    except NotAnAddress:  # the row is refused for it, when its team is planned
        return row.cells


def leas_meant(institute: Institute, rows: Sequence[FileRow]) -> dict[str, KnownLea]:
    """Return the LEAs that the rows can mean, by the id of the entry in the list."""
    said = {row.said(Key.LEA_ID).lstrip("'") for row in rows}
    ids = {
        spelled for one in said for spelled in (one, one.zfill(DIGITS)) if len(spelled) == DIGITS
    }
    states = {row.said(Key.STATE).upper() for row in rows if not row.said(Key.LEA_ID)}
    merged = _merged()
    wanted = or_(Lea.id.in_({*ids, *merged.values()}), Lea.state.in_(states))
    entries = {lea.id: lea for lea in db.session.scalars(select(Lea).where(wanted))}
    judged: dict[tuple[str, str], tuple[AdmittedAs, str]] = {}
    leas: dict[str, KnownLea] = {}
    for entry in entries.values():
        lea = entries[merged.get(entry.id, entry.id)]
        if (lea.state, lea.kind) not in judged:
            judged[lea.state, lea.kind] = _judged(institute, lea)
        ground, refusal = judged[lea.state, lea.kind]
        leas[entry.id] = KnownLea(
            id=lea.id,
            name=lea.name,
            state=lea.state,
            ground=ground,
            refusal=refusal,
            listed="" if entry is lea else entry.name,
        )
    return leas


def _merged() -> Mapping[str, str]:
    """Return for each entry that was merged into another the LEA that it means now."""
    standing = select(Merge.gone_id, Merge.kept_id).where(
        Merge.kind == MergeKind.LEA, Merge.unmerged_at.is_(None)
    )
    into = {row.gone_id: row.kept_id for row in db.session.execute(standing)}
    meant = dict(into)
    for entry in into:
        while meant[entry] in into:
            meant[entry] = into[meant[entry]]
    return meant


def _judged(institute: Institute, lea: Lea) -> tuple[AdmittedAs, str]:
    try:
        return check_lea(institute, lea), ""
    except Refusal as refused:
        return AdmittedAs.NOT, refused.message
