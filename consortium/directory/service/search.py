"""Find an LEA: by part of its name, by its ZIP code, by its id, by its state."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby, takewhile
from operator import itemgetter

from sqlalchemy import ColumnElement, and_, case, exists, func, literal, or_, select
from sqlalchemy.orm import joinedload

from consortium.database import db
from consortium.directory.domain import (
    APART,
    LEA_ID,
    STATES,
    AsTyped,
    Meaning,
    Reading,
    meanings,
    other_spellings,
    zip_meant,
)
from consortium.directory.models import Lea
from consortium.errors import NotFound
from consortium.words import say

MOST_FOUND = 20
SHORTEST_PART = 3  # letters that count in the midst of a word too
_RANKS_AS_TYPED = {AsTyped.WHOLE: 1, AsTyped.BEGINNING: 2}  # of ``_ranks``
KEPT = 1024  # conditions on words kept for the next search; building them costs as much as a scan


def find_leas(text: str, state: str | None = None, limit: int = MOST_FOUND) -> list[Lea]:
    """Return the LEAs that a person may mean by part of a name, the best guess first.

    Words count in any order, in the name or the city; case and accents do not, nor how a
    word is shortened. A state in the text narrows the search like ``state`` does. A ZIP code gives
    the LEAs whose office is there, by name. With no text the largest LEAs of the state come; with
    neither, nothing.
    """
    found: list[Lea] = []
    if state and state not in STATES:
        return found
    if in_zip := _in_zip(zip_meant(text), state):
        return in_zip[:limit]
    for meaning in meanings(text):
        nothing_asked = not (meaning.readings[0].words or state)
        elsewhere = state and meaning.state not in {None, state}
        if nothing_asked or elsewhere:
            continue
        others = _meant(meaning, state, limit + len(found))
        found += [lea for lea in others if lea not in found]
        if len(found) >= limit or (found and meaning.settles):
            break
    return found[:limit]


def has_zips() -> bool:
    """Tell whether the directory knows any ZIP code; not every list names them."""
    return db.session.scalar(select(exists().where(Lea.zip != ""))) or False


def _in_zip(code: str, state: str | None) -> list[Lea]:
    if not code:
        return []
    statement = select(Lea).where(Lea.zip == code)
    if state:
        statement = statement.where(Lea.state == state)
    return _by_name(db.session.scalars(statement))


def _meant(meaning: Meaning, state: str | None, limit: int) -> list[Lea]:
    """Return what fits the meaning; what fits a looser reading only where that one counts."""
    found: list[Lea] = []
    for reading, fits in groupby(_matching(meaning, state, limit), key=itemgetter(1)):
        tighter = takewhile(reading.__ne__, meaning.readings)
        if found and any(one.settles for one in tighter):
            break
        found += [lea for lea, _ in fits]
    return found


def _matching(meaning: Meaning, state: str | None, limit: int) -> Iterator[tuple[Lea, Reading]]:
    """Give what the readings find, by how it matches, then open ones first, large ones first."""
    ranks = [rank for reading in meaning.readings for rank in _ranks(reading.words)]
    if meaning.as_typed:
        ranks = ranks[: _RANKS_AS_TYPED[meaning.as_typed]]
    *better, any_match = ranks  # the last reading finds whatever those before it find
    numbers = [(matches, number) for number, matches in enumerate(better)]
    rank = (case(*numbers, else_=len(better)) if better else literal(0)).label("rank")
    statement = (
        select(Lea, rank)
        .where(any_match)
        .order_by(rank, Lea.open.desc(), func.coalesce(Lea.enrollment, -1).desc(), Lea.id)
        .limit(limit)
    )
    for code in filter(None, (state, meaning.state)):
        statement = statement.where(Lea.state == code)
    for lea, number in db.session.execute(statement):
        yield lea, meaning.readings[number * len(meaning.readings) // len(ranks)]


def _ranks(words: Sequence[str]) -> tuple[ColumnElement[bool], ...]:
    """Tell a match from the next best: whole name, its beginning, words of it, of the city, any."""
    phrase = " ".join(words)
    return (
        _starts(phrase + APART),
        _starts(phrase),
        and_(True, *map(_begins_in_name, words)),
        and_(True, *map(_begins, words)),
        and_(True, *map(_contains, sorted(words, key=_cost))),
    )


def _cost(word: str) -> tuple[int, int]:
    """Rank what tells most for least first: the databases look at the rest only where it fits."""
    return len(other_spellings(word)), -len(word)


@lru_cache(KEPT)
def _contains(word: str) -> ColumnElement[bool]:
    # One letter or two stand in most names: they count only where a word begins with them.
    others = other_spellings(word)
    part = _begins(word) if len(word) < SHORTEST_PART else _holds(word)
    in_city = (_holds(f"{APART}{other}{APART}") for other in others)
    return or_(part, *map(_stands_in_name, others), *in_city)


@lru_cache(KEPT)
def _begins(word: str) -> ColumnElement[bool]:
    return or_(_begins_in_name(word), _holds(APART + word))


@lru_cache(KEPT)
def _begins_in_name(word: str) -> ColumnElement[bool]:
    others = map(_stands_in_name, other_spellings(word))
    return or_(_starts(word), _holds(f" {word}"), *others)


def _stands_in_name(word: str) -> ColumnElement[bool]:
    """Tell whether this is one of several words of the name, whole."""
    return or_(_starts(f"{word} "), _holds(f" {word} "), _holds(f" {word}{APART}"))


def _starts(part: str) -> ColumnElement[bool]:
    return Lea.search_text.startswith(part, autoescape=True)


def _holds(part: str) -> ColumnElement[bool]:
    return Lea.search_text.contains(part, autoescape=True)


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


def _by_name(leas: Iterable[Lea]) -> list[Lea]:
    # Sorted here, since the databases collate differently.
    return sorted(leas, key=lambda lea: (lea.search_text, lea.id))
