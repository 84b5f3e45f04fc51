"""Fill the directory: take a newer list, keep an LEA that no list has."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from typing import Any

from sqlalchemy import func, insert, select, update

from consortium.audit import service as audit
from consortium.database import db, translating
from consortium.directory.domain import LeaRecord, new_values, newer_values, parent_of, unions
from consortium.directory.models import ONE_LEA, Lea
from consortium.directory.service.search import get_lea
from consortium.errors import Conflict, Refusal
from consortium.words import say

BATCH = 1000  # rows a statement stores, and between two steps of the progress bar
IMPORT_LOCK = 0x1EA  # names the lock of imports among PostgreSQL's advisory locks
Progress = Callable[[int, int], None]
"""Is told how many rows are done, of how many."""


@dataclass(frozen=True, kw_only=True)
class Taken:
    """What a list changed in the directory."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    closed: int = 0
    """How many of the changed ones operate no longer."""
    not_named: int = 0
    """How many LEAs of the directory the list does not name."""


def take_leas(
    records: Sequence[LeaRecord],
    *,
    source: str,
    by: str,
    refused: int = 0,
    progress: Progress = lambda _done, _total: None,
) -> Taken:
    """Bring the directory up to a newer list; what the list does not name stays as it is.

    ``source`` and ``refused`` (rows that could not be read) are for the record. Raises
    ``Conflict`` when another list is being taken at the same moment.
    """
    _alone()
    known = _known()
    numbers = unions(records)
    fresh: list[dict[str, Any]] = []
    newer: list[dict[str, Any]] = []
    closed = 0
    for record in records:
        was = known.get(record.id)
        values = new_values(record) if was is None else newer_values(record, was)
        values["parent_id"] = (was and was["parent_id"]) or parent_of(record, numbers)
        if was is None:
            fresh.append({"id": record.id, **values})
        elif values != was:
            newer.append({"id": record.id, **values})
            closed += was["open"] and not values["open"]
    fresh.sort(key=lambda row: row["parent_id"] is not None)  # parents before their children
    unchanged = len(records) - len(fresh) - len(newer)
    _store(fresh, newer, unchanged=unchanged, progress=progress)
    taken = Taken(
        added=len(fresh),
        changed=len(newer),
        unchanged=unchanged,
        closed=closed,
        not_named=len(known) + len(fresh) - len(records),
    )
    after = {"source": source, "refused": refused, **asdict(taken)}
    audit.record("take_leas", "directory:leas", by=by, after=after)
    return taken


def _alone() -> None:
    """Let one import run at a time. SQLite has one writer anyway; PostgreSQL is asked."""
    if db.session.get_bind().dialect.name != "postgresql":
        return
    if not db.session.scalar(select(func.pg_try_advisory_xact_lock(IMPORT_LOCK))):
        raise _taken_meanwhile()


def _taken_meanwhile() -> Conflict:
    return Conflict(say("Another import is running. Wait until it ends, then run this one again."))


def _known() -> dict[str, dict[str, Any]]:
    """Return the columns of every LEA that a list may change."""
    columns = (
        Lea.id, Lea.name, Lea.search_text, Lea.state, Lea.city, Lea.zip, Lea.latitude,
        Lea.longitude, Lea.time_zone, Lea.locale, Lea.enrollment, Lea.kind, Lea.open,
        Lea.parent_id,
    )  # fmt: skip
    rows = (dict(row) for row in db.session.execute(select(*columns)).mappings())
    return {row.pop("id"): row for row in rows}


def _store(
    fresh: Sequence[Mapping[str, Any]],
    newer: Sequence[Mapping[str, Any]],
    *,
    unchanged: int,
    progress: Progress,
) -> None:
    done, total = unchanged, unchanged + len(fresh) + len(newer)
    progress(done, total)
    # Nulls are sent as such, or rows that lack different columns would go one by one.
    adding = insert(Lea).execution_options(render_nulls=True)
    for statement, rows in ((adding, iter(fresh)), (update(Lea), iter(newer))):
        while batch := list(islice(rows, BATCH)):
            with translating(ONE_LEA, into=_taken_meanwhile()):
                db.session.execute(statement, batch)
            done += len(batch)
            progress(done, total)
    db.session.expire_all()  # rows that were loaded before must show the newer list


def add_lea(
    record: LeaRecord,
    *,
    local_label: str = "",
    parent_id: str | None = None,
    by: str = "command:directory",
) -> Lea:
    """Keep an LEA that no list brought. Flushes.

    Raises ``Refusal`` when the id is taken, ``NotFound`` when there is no such parent.
    """
    if parent_id is not None:
        get_lea(parent_id)
    values = {**new_values(record), "local_label": local_label, "parent_id": parent_id}
    lea = Lea(id=record.id, **values)
    db.session.add(lea)
    taken = Refusal(say("The directory has an LEA with the id %(id)s already.", id=record.id))
    with translating(ONE_LEA, into=taken):
        db.session.flush()
    audit.record("add_lea", f"lea:{lea.id}", by=by, after=values)
    return lea
