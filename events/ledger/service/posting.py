"""Posting what happened to money, each thing once, and taking it back."""

from datetime import date, timedelta

from sqlalchemy import exists, func, select

from consortium import clock
from consortium.database import db, translating
from consortium.tenants.service.days import today
from consortium.words import say
from events.ledger.domain import Entry, check_entry, reversed_entry
from events.ledger.models import (
    MONTH_OPEN,
    SOURCE_POSTED,
    JournalEntry,
    JournalLine,
    MonthClosing,
)


class AlreadyPosted(Exception):
    """This was posted before; whoever may come twice (a webhook, a job) has nothing left to do."""

    def __init__(self, source: str) -> None:
        super().__init__(f"{source} is in the journal already")
        self.source = source


class NotPosted(LookupError):
    """What should be reversed was never posted: a bug of ours."""


class _MonthClosed(Exception):
    """The day lies in a month that is closed."""


def post(entry: Entry, *, by: str, on: date | None = None) -> JournalEntry:
    """Write what happened into the journal, and flush.

    It counts for the day ``on``, or for today where the consortium is. If that day lies in a
    closed month it counts for the first open day, and the memo names the real one.
    Raises ``AlreadyPosted`` when the source was posted, and ``BadEntry`` for what no act may post.
    """
    check_entry(entry)
    on = on or today()
    try:
        return _insert(entry, on=on, memo=entry.memo, by=by)
    except _MonthClosed:
        memo = say("%(memo)s (happened on %(day)s)", memo=entry.memo, day=on.isoformat())
        return _insert(entry, on=_first_open_day(), memo=str(memo), by=by)


def post_once(entry: Entry, *, by: str, on: date | None = None) -> bool:
    """Post unless it was posted before; tell whether this call did it."""
    try:
        post(entry, by=by, on=on)
    except AlreadyPosted:
        return False
    return True


def is_posted(source: str) -> bool:
    """Tell whether what has this source is in the journal."""
    return bool(db.session.scalar(select(exists().where(JournalEntry.source == source))))


def reverse(source: str, *, by: str, why: str, on: date | None = None) -> JournalEntry:
    """Take back what was posted under the source, once, by an entry of its own; flush.

    The reversal's source is ``reversal:<source>``. Raises ``NotPosted`` when there is nothing to
    take back and ``AlreadyPosted`` when it was taken back before.
    """
    found = db.session.scalar(select(JournalEntry).where(JournalEntry.source == source))
    if found is None:
        raise NotPosted(source)
    return post(reversed_entry(found.as_entry, source=f"reversal:{source}", memo=why), by=by, on=on)


def _insert(entry: Entry, *, on: date, memo: str, by: str) -> JournalEntry:
    row = JournalEntry(
        on=on,
        kind=entry.kind,
        source=entry.source,
        memo=memo,
        line_count=len(entry.lines),
        by=by,
        posted_at=clock.now(),
        lines=[
            JournalLine(
                position=position,
                account=line.account,
                cents=line.cents,
                payer_id=line.payer_id,
                invoice_id=line.invoice_id,
                institute_id=line.institute_id,
                payment_id=line.payment_id,
            )
            for position, line in enumerate(entry.lines)
        ],
    )
    # The database is asked last and decides: no look before it could know who posts meanwhile.
    with (
        translating(SOURCE_POSTED, into=AlreadyPosted(entry.source)),
        translating(MONTH_OPEN, into=_MonthClosed()),
        db.session.begin_nested(),
    ):
        db.session.add(row)
    return row


def _first_open_day() -> date:
    closed = select(func.max(MonthClosing.until)).where(MonthClosing.reopened_at.is_(None))
    until = db.session.scalars(closed).one()
    if until is None:  # reopened since the database said no: the day is as good as any other
        return today()
    return until + timedelta(days=1)
