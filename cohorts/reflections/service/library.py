"""The library: what other partnerships learned, found by words, topic and districts like one's own.

The search compares words as the directory does, so that both databases find the same.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from cohorts.learning import service as learning
from cohorts.learning.models import Partnership
from cohorts.learning.service.coaching import assigned_to
from cohorts.reflections.domain import (
    PLACES,
    SIZES,
    TOPICS,
    Like,
    like,
    may_report,
    search_words,
)
from cohorts.reflections.models import Lesson
from consortium.database import db
from consortium.directory.domain import STATES, folded
from consortium.directory.models import Lea
from consortium.errors import NotFound
from consortium.paging import PAGE_SIZE, Filter, Page, last_page
from consortium.tenants.service.days import begins
from consortium.words import say

Period = tuple[date, date]


@dataclass(frozen=True, kw_only=True)
class Wanted(Filter):
    """What someone looks for; empty parts ask nothing."""

    q: str = ""
    topic: str = ""
    size: str = ""
    place: str = ""
    state: str = ""


@dataclass(frozen=True, kw_only=True)
class Shelf:
    """What the library shows someone."""

    found: Page[Lesson]
    like: Like | None
    """What makes a district like the reader's own; nothing for who belongs to none."""
    states: Sequence[str]
    """The states of which there are lessons."""


@dataclass(frozen=True, kw_only=True)
class Story:
    """A lesson that both sides let reports tell; names only of who agreed to be named."""

    title: str
    topic: str
    body: str
    partnership: str
    state: str
    names: tuple[str, ...]


def require_library(person_id: UUID | None, *, hosts: bool) -> Sequence[Partnership]:
    """Return the reader's own partnerships.

    Raises ``NotFound`` for who belongs to none, coaches nobody and does not work here.
    """
    own = learning.partnerships_of_person(person_id) if person_id is not None else []
    coaches = person_id is not None and bool(assigned_to(person_id))
    if not (own or coaches or hosts):
        raise NotFound(say("The library is for people of partnerships and those who help them."))
    return own


def look_up(wanted: Wanted, number: int, person_id: UUID | None, *, hosts: bool) -> Shelf:
    """Return what fits, the title's matches first, then the newest. Raises ``NotFound``."""
    own = require_library(person_id, hosts=hosts)
    fitting = _fitting(wanted)
    total = db.session.scalar(select(func.count()).select_from(fitting.subquery())) or 0
    number = min(max(number, 1), last_page(total))
    rows = fitting.order_by(*_order(wanted)).limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE)
    ids = list(db.session.scalars(rows))
    return Shelf(
        found=Page(items=_loaded(ids), total=total, number=number),
        like=_like(own),
        states=_states(),
    )


def published_lesson(lesson_id: UUID, person_id: UUID | None, *, hosts: bool) -> Lesson:
    """Return a lesson of the library. Raises ``NotFound`` unless both sides show it now."""
    require_library(person_id, hosts=hosts)
    found = _loaded([lesson_id])
    if not found or found[0].published_at is None:
        raise NotFound(say("This lesson is not in the library. It may have been taken back."))
    return found[0]


def stories_among(
    partnership_ids: Collection[UUID], period: Period, *, most: int
) -> Sequence[Story]:
    """Return the newest lessons of these partnerships that both sides let reports tell."""
    first, last = period
    statement = select(Lesson.id).where(
        Lesson.partnership_id.in_(partnership_ids),
        Lesson.removed_at.is_(None),
        Lesson.published_at >= begins(first),
        Lesson.published_at < begins(last + timedelta(days=1)),
    )
    newest = statement.order_by(Lesson.published_at.desc(), Lesson.id)
    ids = db.session.scalars(newest).all()
    parts = (_loaded(ids[first : first + PAGE_SIZE]) for first in range(0, len(ids), PAGE_SIZE))
    told = (one for part in parts for one in part if may_report(one.agreed, one.text.digest))
    return [
        Story(
            title=one.title,
            topic=TOPICS[one.topic],
            body=one.body,
            partnership=one.partnership.title,
            state=one.partnership.state,
            names=one.names,
        )
        for one in islice(told, most)
    ]


def _fitting(wanted: Wanted) -> Select[UUID]:
    statement = (
        select(Lesson.id)
        .join(Partnership, Partnership.id == Lesson.partnership_id)
        .join(Lea, Lea.id == Partnership.lea_id)
        .where(Lesson.published_at.is_not(None), Lesson.removed_at.is_(None))
    )
    for word in search_words(wanted.q):
        in_text = Lesson.search_text.contains(word, autoescape=True)
        statement = statement.where(or_(in_text, Lea.search_text.contains(word, autoescape=True)))
    if wanted.topic in TOPICS:
        statement = statement.where(Lesson.topic == wanted.topic)
    if wanted.state in STATES:
        statement = statement.where(Partnership.state == wanted.state)
    if wanted.place in PLACES:
        statement = statement.where(Lea.locale.startswith(wanted.place, autoescape=True))
    if wanted.size in SIZES:
        _, least, most = SIZES[wanted.size]
        statement = statement.where(Lea.enrollment >= least)
        if most is not None:
            statement = statement.where(Lea.enrollment <= most)
    return statement


def _order(wanted: Wanted) -> tuple[ColumnElement[Any], ...]:
    newest: tuple[ColumnElement[Any], ...] = (Lesson.published_at.desc(), Lesson.id.asc())
    words = search_words(wanted.q)
    if not words:
        return newest
    # The text that is searched begins with the title, as ``search_text`` writes it.
    begins = Lesson.search_text.startswith(f" {folded(wanted.q)}", autoescape=True)
    in_title = and_(*(func.lower(Lesson.title).contains(word, autoescape=True) for word in words))
    return (case((begins, 0), (in_title, 1), else_=2), *newest)


def _loaded(ids: Sequence[UUID]) -> list[Lesson]:
    """Return these lessons in this order, with who shows them, in two queries."""
    statement = (
        select(Lesson)
        .where(Lesson.id.in_(ids), Lesson.removed_at.is_(None))
        .options(
            selectinload(Lesson.agreements),
            joinedload(Lesson.partnership).joinedload(Partnership.lea),
        )
    )
    found = {one.id: one for one in db.session.scalars(statement).unique()}
    return [found[one] for one in ids if one in found]


def _like(own: Sequence[Partnership]) -> Like | None:
    if not own:
        return None
    lea = db.session.get(Lea, own[0].lea_id)
    return like(lea.enrollment, lea.locale) if lea else None


def _states() -> Sequence[str]:
    statement = (
        select(Partnership.state)
        .join(Lesson, Lesson.partnership_id == Partnership.id)
        .where(Lesson.published_at.is_not(None), Lesson.removed_at.is_(None))
        .distinct()
        .order_by(Partnership.state)
    )
    return db.session.scalars(statement).all()
