"""Months and their state: closed, to be closed, running."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum, auto

from sqlalchemy import func, select

from consortium.database import db
from consortium.errors import NotFound
from consortium.words import Sentence, say
from events.ledger import service as ledger
from events.ledger.domain import Month, month_of, month_words, months_between
from events.ledger.models import JournalEntry, MonthClosing


class MonthState(StrEnum):
    """Where a month stands."""

    CLOSED = auto()
    ENDED = auto()
    RUNNING = auto()


STATE_WORDS = {
    MonthState.CLOSED: say("Closed"),
    MonthState.ENDED: say("Open, to be closed"),
    MonthState.RUNNING: say("Running"),
}


@dataclass(frozen=True, kw_only=True)
class MonthShown:
    """A month, and what can be done with it now."""

    month: Month
    state: MonthState
    closing: MonthClosing | None
    closes_next: bool
    reopens: bool

    @property
    def words(self) -> Sentence:
        """The month as people say it."""
        return month_words(self.month)


def months_shown() -> Sequence[MonthShown]:
    """Return every month from the first entry to now, the newest first."""
    today = ledger.today()
    first = db.session.scalars(select(func.min(JournalEntry.on))).one()
    if first is None:
        return []
    closed = {month_of(row.until): row for row in _closings() if row.reopened_at is None}
    turn, until = ledger.next_to_close(), ledger.closed_until()
    last_closed = month_of(until) if until else None
    shown = []
    for month in months_between(first, max(today, first)):
        ended = month < month_of(today)
        covered = last_closed is not None and month <= last_closed
        state = MonthState.CLOSED if covered else MonthState.ENDED if ended else MonthState.RUNNING
        shown.append(
            MonthShown(
                month=month,
                state=state,
                closing=closed.get(month),
                closes_next=month == turn,
                reopens=month == last_closed,
            )
        )
    return shown[::-1]


def reopened() -> Sequence[MonthClosing]:
    """Return closings that were undone, the newest first."""
    return [row for row in _closings() if row.reopened_at is not None]


def get_month(year: int, month: int) -> MonthShown:
    """Return a month of the books. Raises ``NotFound`` for one that they do not have."""
    for one in months_shown():
        if one.month == (year, month):
            return one
    raise NotFound(say("The books have no such month."))


def _closings() -> Sequence[MonthClosing]:
    return db.session.scalars(
        select(MonthClosing).order_by(MonthClosing.closed_at.desc(), MonthClosing.id)
    ).all()
