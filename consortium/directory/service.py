"""The directory's business: take a newer list, find an LEA, keep one that no list has."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, insert, literal, or_, select, update
from sqlalchemy.orm import joinedload

from consortium.audit import service as audit
from consortium.database import db, translating
from consortium.directory.domain import (
    APART,
    LEA_ID,
    STATES,
    LeaRecord,
    Reading,
    new_values,
    newer_values,
    parent_of,
    readings,
    unions,
)
from consortium.directory.models import ONE_LEA, Lea
from consortium.errors import Conflict, NotFound, Refusal
from consortium.words import say

MOST_FOUND = 20
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


def find_leas(text: str, state: str | None = None, limit: int = MOST_FOUND) -> list[Lea]:
    """Return the LEAs that a person may mean by part of a name, the best guess first.

    Words count in any order, in the name or the city; case and accents do not. A state at the
    end of the text narrows the search like ``state`` does. With no text the largest LEAs of the
    state come; with neither, nothing.
    """
    found: list[Lea] = []
    if state and state not in STATES:
        return found
    for reading in readings(text):
        if reading.words or state:
            found += [lea for lea in _matching(reading, state, limit) if lea not in found]
        if len(found) >= limit or (found and reading.settles):
            break
    return found[:limit]


def _matching(reading: Reading, state: str | None, limit: int) -> Sequence[Lea]:
    """Return what one reading finds: by how it matches, open ones first, large ones first."""
    statement = (
        select(Lea)
        .where(*map(_contains, reading.words))
        .order_by(
            _closeness(reading.words),
            Lea.open.desc(),
            func.coalesce(Lea.enrollment, -1).desc(),
            Lea.id,
        )
        .limit(limit)
    )
    for code in filter(None, (state, reading.state)):
        statement = statement.where(Lea.state == code)
    return db.session.scalars(statement).all()


def _closeness(words: Sequence[str]) -> ColumnElement[int]:
    """Rank a match: the whole name, its beginning, words of the name, of the city, the rest."""
    phrase = " ".join(words)
    return case(
        (Lea.search_text.startswith(phrase + APART, autoescape=True), 0),
        (Lea.search_text.startswith(phrase, autoescape=True), 1),
        (and_(True, *map(_begins_in_name, words)), 2),
        (and_(True, *map(_begins, words)), 3),
        else_=4,
    )


def _contains(word: str) -> ColumnElement[bool]:
    # A single letter stands in every name: it counts only where a word begins with it.
    return Lea.search_text.contains(word, autoescape=True) if len(word) > 1 else _begins(word)


def _begins(word: str) -> ColumnElement[bool]:
    in_city = Lea.search_text.contains(APART + word, autoescape=True)
    return or_(_begins_in_name(word), in_city)


def _begins_in_name(word: str) -> ColumnElement[bool]:
    return literal(" ").concat(Lea.search_text).contains(f" {word}", autoescape=True)


def get_lea(id: str) -> Lea:  # noqa: A002  (an LEA's id is called just that)
    """Return the LEA with its parent, or raise ``NotFound``."""
    wanted = select(Lea).where(Lea.id == id).options(joinedload(Lea.parent))
    lea = db.session.scalar(wanted) if LEA_ID.fullmatch(id) else None
    if lea is None:
        raise NotFound(say("There is no district with this id in the directory."))
    return lea


def children_of(lea: Lea) -> list[Lea]:
    """Return the LEAs that belong to this one, by name."""
    return _by_name(db.session.scalars(select(Lea).where(Lea.parent_id == lea.id)))


def leas_of_state(state: str) -> list[Lea]:
    """Return every LEA of a state, by name."""
    return _by_name(db.session.scalars(select(Lea).where(Lea.state == state)))


def _by_name(leas: Iterable[Lea]) -> list[Lea]:
    # Sorted here, since the databases collate differently.
    return sorted(leas, key=lambda lea: (lea.search_text, lea.id))


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
    taken = Taken(added=len(fresh), changed=len(newer), unchanged=unchanged, closed=closed)
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
