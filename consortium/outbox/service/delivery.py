"""Deliver promised mail: claim it, take it in hand, send it, settle it.

Whoever sends holds the row by the number of its attempt. A worker that was asleep longer than its
lease finds the number gone on, and its late settling changes nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select, tuple_, update
from sqlalchemy.orm import InstrumentedAttribute, aliased

from consortium import clock
from consortium.database import db
from consortium.outbox.models import OutboxEmail
from consortium.outbox.service import FAILED, SENT, as_email, mail_lost
from consortium.ports import Email

LEASE = timedelta(seconds=60)
FEW = 10  # so that a worker told to stop, or one that dies, holds up little
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=6)
# A server that was away is asked again soon, so that mail flows shortly after its return.
LONGEST_WAIT_FOR_SERVER = timedelta(minutes=15)
GIVE_UP_AFTER = timedelta(hours=72)
TOO_LATE = "It could not be sent in time; now it would mislead."


@dataclass(frozen=True, kw_only=True)
class Claim:
    """The right to try a mail once: this very attempt, while nobody else changes the lease."""

    id: UUID
    attempt: int
    until: datetime


def claim(*, most: int = FEW, lease: timedelta = LEASE) -> Sequence[Claim]:
    """Claim the mails that are due, for the length of a lease.

    What lapses goes before all that only waits, and the soonest first: a code to sign in. Mails
    to one address go out in the order in which they fall due: while one waits, those behind it
    do too. Otherwise mails that were tried less often come first, so that one that always fails
    holds up no other. Two workers never claim the same mail.
    """
    urgent = _claim(
        OutboxEmail.lapses_at.is_not(None), by=OutboxEmail.lapses_at, most=most, lease=lease
    )
    lasting = _claim(
        and_(OutboxEmail.lapses_at.is_(None), ~_waits_behind_another()),
        by=OutboxEmail.due_at,
        most=most - len(urgent),
        lease=lease,
    )
    return [*urgent, *lasting]


def _claim(
    which: ColumnElement[bool],
    *,
    by: InstrumentedAttribute[Any],
    most: int,
    lease: timedelta,
) -> Sequence[Claim]:
    now = clock.now()
    until = now + lease
    due = (
        select(OutboxEmail.id)
        .where(OutboxEmail.settled_at.is_(None), OutboxEmail.due_at <= now, _is_free(now), which)
        .order_by(OutboxEmail.attempts, by, OutboxEmail.promised_at)
        .limit(most)
        .with_for_update(skip_locked=True, of=OutboxEmail)
    )
    claimed = db.session.execute(
        update(OutboxEmail)
        .where(OutboxEmail.id.in_(due))
        .values(leased_until=until)
        .returning(OutboxEmail.attempts, by, OutboxEmail.promised_at, OutboxEmail.id)
        .execution_options(synchronize_session=False)
    ).all()
    return [
        Claim(id=row_id, attempt=attempts + 1, until=until)
        for attempts, _by, _promised_at, row_id in sorted(claimed)
    ]


def take(claim: Claim, *, host: str) -> Email | None:
    """Take a claimed mail in hand; ``None`` when it must not be sent any more.

    That is so when its facts have changed, when it came too late, when the mail server went
    away, or when another worker has had it in hand meanwhile. Its row's id is the Message-ID,
    so that a mail sent twice around a crash shows as one.
    """
    now = clock.now()
    row = db.session.scalar(
        update(OutboxEmail)
        .where(
            OutboxEmail.id == claim.id,
            OutboxEmail.attempts == claim.attempt - 1,
            OutboxEmail.leased_until == claim.until,
            OutboxEmail.settled_at.is_(None),
        )
        .values(attempts=claim.attempt, leased_until=now + LEASE)
        .returning(OutboxEmail)
        .execution_options(populate_existing=True)
    )
    if row is None:
        return None
    if row.lapses_at is not None and row.lapses_at <= now:
        _settle(row, FAILED, error=TOO_LATE)
        return None
    return as_email(row, message_id=f"<{row.id}@{host}>")


def settle_sent(claim: Claim) -> None:
    """Note that the mail is out, even if someone meanwhile no longer wanted it."""
    row = _row_in_hand(claim)
    if row is not None:
        _settle(row, SENT)


def settle_failed(claim: Claim, error: str) -> None:
    """Note that the mail can never be delivered."""
    row = _row_in_hand(claim)
    if row is not None:
        _give_up(row, error)


def put_back(claim: Claim, error: str, *, longest_wait: timedelta = LONGEST_WAIT) -> None:
    """Let the mail wait: 1, 2, 4 … minutes; after three days of trying it has failed."""
    row = _row_in_hand(claim)
    if row is None or row.settled_at is not None:
        return
    now, end = clock.now(), row.due_at + GIVE_UP_AFTER
    if now >= end:
        _give_up(row, error)
        return
    row.leased_until = min(now + wait_after(claim.attempt, longest_wait), end)
    row.last_error = error


def put_back_all(claim: Claim, error: str) -> None:
    """Let this mail and all others wait, claimed or not: nobody answers where mail is sent."""
    put_back(claim, error, longest_wait=LONGEST_WAIT_FOR_SERVER)
    now = clock.now()
    db.session.execute(
        update(OutboxEmail)
        .where(OutboxEmail.settled_at.is_(None), OutboxEmail.due_at <= now)
        .values(leased_until=now + wait_after(claim.attempt, LONGEST_WAIT_FOR_SERVER))
        .execution_options(synchronize_session=False)
    )


def release(claims: Sequence[Claim]) -> None:
    """Give claimed mails back untried."""
    db.session.execute(
        update(OutboxEmail)
        .where(
            OutboxEmail.id.in_([claim.id for claim in claims]),
            OutboxEmail.leased_until.in_({claim.until for claim in claims}),
        )
        .values(leased_until=None)
        .execution_options(synchronize_session=False)
    )


def wait_after(attempt: int, longest: timedelta) -> timedelta:
    """Return how long a mail waits after its n-th attempt failed."""
    doublings = min(attempt - 1, 16)  # beyond that every wait is the longest one
    return min(FIRST_WAIT * (1 << doublings), longest)


def _is_free(now: datetime) -> ColumnElement[bool]:
    return or_(OutboxEmail.leased_until.is_(None), OutboxEmail.leased_until <= now)


def _waits_behind_another() -> ColumnElement[bool]:
    earlier = aliased(OutboxEmail)
    return (
        select(earlier.id)
        .where(
            earlier.to == OutboxEmail.to,
            earlier.settled_at.is_(None),
            earlier.lapses_at.is_(None),
            tuple_(earlier.due_at, earlier.promised_at, earlier.id)
            < tuple_(OutboxEmail.due_at, OutboxEmail.promised_at, OutboxEmail.id),
        )
        .exists()
    )


def _row_in_hand(claim: Claim) -> OutboxEmail | None:
    return db.session.scalar(
        select(OutboxEmail)
        .where(OutboxEmail.id == claim.id, OutboxEmail.attempts == claim.attempt)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def _give_up(row: OutboxEmail, error: str) -> None:
    _settle(row, FAILED, error=error)
    mail_lost.send(row, why=error)


def _settle(row: OutboxEmail, outcome: str, *, error: str = "") -> None:
    row.settled_at = clock.now()
    row.outcome = outcome
    row.leased_until = None
    row.last_error = error or row.last_error
