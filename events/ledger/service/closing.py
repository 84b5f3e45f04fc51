"""Closing months: what was told to the board and the auditor stays as it was told."""

from datetime import date

from sqlalchemy import func, select, text

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db
from consortium.errors import Refusal
from consortium.tenancy import require_tenant
from consortium.tenants.service.days import today
from consortium.words import dollars, say
from events.ledger.domain import (
    Month,
    first_day,
    last_day,
    month_of,
    month_words,
    next_month,
)
from events.ledger.models import CLOSE_ALONE, JournalEntry, MonthClosing
from events.ledger.service.balances import account_balances


class ClosingRefused(Refusal):
    """The month cannot be closed, or reopened."""


def close_month(year: int, month: int, *, by: str) -> MonthClosing:
    """Close the books up to the end of a month: nothing is posted there any more. Flushes.

    Months close in order. Raises ``ClosingRefused`` for a month that has not ended, is closed,
    or is not the next, and while the books do not balance.
    """
    closing = Month(year, month)
    if closing >= month_of(today()):
        raise ClosingRefused(
            say("%(month)s has not ended yet. Close it when it has.", month=month_words(closing)),
            field="month",
        )
    _hold_the_journal()
    _check_turn(closing)
    _check_balance(last_day(closing))
    row = MonthClosing(
        until=last_day(closing),
        entries=_entries_until(last_day(closing)),
        closed_at=clock.now(),
        closed_by=by,
    )
    db.session.add(row)
    db.session.flush()
    audit.record(
        "close_month",
        f"month:{closing.year}-{closing.month:02d}",
        by=by,
        after={"until": row.until.isoformat(), "entries": row.entries},
    )
    return row


def reopen_month(year: int, month: int, *, by: str, why: str = "") -> MonthClosing:
    """Let entries be posted again into the month that was closed last. Flushes.

    Raises ``ClosingRefused`` when it is not closed, or a later one is closed as well.
    """
    opening = Month(year, month)
    _hold_the_journal()
    row = _last_closing()
    if row is None or month_of(row.until) < opening:
        raise ClosingRefused(
            say("%(month)s is not closed.", month=month_words(opening)), field="month"
        )
    if month_of(row.until) > opening:
        raise ClosingRefused(
            say(
                "Months are reopened from the last one back: reopen %(month)s first.",
                month=month_words(month_of(row.until)),
            ),
            field="month",
        )
    row.reopened_at, row.reopened_by = clock.now(), by
    db.session.flush()
    audit.record(
        "reopen_month",
        f"month:{opening.year}-{opening.month:02d}",
        by=by,
        before={"until": row.until.isoformat(), "entries": row.entries},
        after={"why": why},
    )
    return row


def closed_until() -> date | None:
    """Return the last day of the books that is closed, if any month is."""
    row = _last_closing()
    return row.until if row else None


def next_to_close() -> Month | None:
    """Return the month whose turn it is to be closed, if one has ended and is still open."""
    turn = _turn()
    return turn if turn is not None and turn < month_of(today()) else None


def _turn() -> Month | None:
    """Return the month after the last closed one, or the first that holds something."""
    until = closed_until()
    if until is not None:
        return next_month(month_of(until))
    first = db.session.scalars(select(func.min(JournalEntry.on))).one()
    return month_of(first) if first else None


def _hold_the_journal() -> None:
    """Wait for everyone who posts, and let nobody post until this transaction ends."""
    if db.session.connection().dialect.name == "postgresql":
        db.session.execute(text(CLOSE_ALONE), {"tenant_id": str(require_tenant())})


def _check_turn(closing: Month) -> None:
    until = closed_until()
    if until is not None and until >= first_day(closing):
        raise ClosingRefused(
            say("%(month)s is closed already.", month=month_words(closing)), field="month"
        )
    turn = _turn()
    if turn is not None and turn < closing:
        raise ClosingRefused(
            say(
                "Months are closed in order: close %(first)s before %(month)s.",
                first=month_words(turn),
                month=month_words(closing),
            ),
            field="month",
        )


def _check_balance(until: date) -> None:
    off = sum(account_balances(until).values())
    if off != 0:
        raise ClosingRefused(
            say(
                "The books are off by %(amount)s, so nothing was closed. This is a fault of the "
                "system, not yours: tell whoever runs it to look with the command verify.",
                amount=dollars(off),
            )
        )


def _entries_until(until: date) -> int:
    counted = select(func.count()).select_from(JournalEntry).where(JournalEntry.on <= until)
    return int(db.session.scalar(counted) or 0)


def _last_closing() -> MonthClosing | None:
    statement = (
        select(MonthClosing)
        .where(MonthClosing.reopened_at.is_(None))
        .order_by(MonthClosing.until.desc())
        .limit(1)
    )
    return db.session.scalars(statement).first()
