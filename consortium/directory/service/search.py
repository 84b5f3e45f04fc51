"""Find an LEA: by part of its name, by its id, by its state."""

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, and_, case, func, literal, or_, select
from sqlalchemy.orm import joinedload

from consortium.database import db
from consortium.directory.domain import APART, LEA_ID, STATES, Reading, readings
from consortium.directory.models import Lea
from consortium.errors import NotFound
from consortium.words import say

MOST_FOUND = 20


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
