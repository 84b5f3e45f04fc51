"""Reminders that go out by themselves, on the days before a deadline that the host has set."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from consortium import clock
from consortium.database import db, hold
from consortium.outbox import service as outbox
from consortium.outbox.models import OutboxEmail
from events.board import emails
from events.board.domain.reminders import Kind, Reminder
from events.board.domain.rules import ASKED_LATELY, deadline_of, due_on
from events.board.service.reminders import MOST_AT_ONCE, reminders_due, send
from events.institutes import service as institutes
from events.institutes.domain import REMINDER_DAYS, Due, Status
from events.institutes.models import Institute

BY = "worker"


def institutes_with_rules() -> Sequence[tuple[UUID, UUID]]:
    """Return tenant and id of every published institute; the rules of each decide the rest."""
    statement = (
        select(Institute.tenant_id, Institute.id)
        .where(Institute.status == Status.PUBLISHED)
        .order_by(Institute.id)
    )
    return [(row.tenant_id, row.id) for row in db.session.execute(statement)]


def remind_by_rule(institute_id: UUID) -> int:
    """Promise the reminders that are due at this moment, up to ``MOST_AT_ONCE``; return how many.

    Doing it again is safe: a person gets one mail of a kind for each planned day. A mail not yet
    sent is dropped when the fact changes, as all reminders are.
    """
    institute = _institute(institute_id)
    planned = {} if institute is None else _planned(institute)
    if institute is None or not planned:
        return 0
    hold(Institute.id, institute.id)  # another worker's turn ends first
    plan = reminders_due(institute, asked_before=clock.now() - ASKED_LATELY)
    done = 0
    for kind, on in planned.items():
        wanted = plan.of(kind)
        missing = _not_sent(institute, wanted, on)[:MOST_AT_ONCE]
        if missing:
            send(institute, missing, on, by=BY)
        if wanted and _is_past(institute, kind):
            _tell_host(institute, wanted, on)
        done += len(missing)
    return done


def _institute(institute_id: UUID) -> Institute | None:
    statement = (
        select(Institute)
        .where(Institute.id == institute_id)
        .options(
            selectinload(Institute.roles),
            selectinload(Institute.days),
            selectinload(Institute.deadlines),
        )
    )
    return db.session.scalar(statement)


def _planned(institute: Institute) -> dict[Kind, date]:
    """Return the planned day of each kind that is due now."""
    found = {}
    for kind in Kind:
        due = _deadline(institute, kind)
        days = institute.reminder_days.get(kind.value, REMINDER_DAYS[kind.value])
        on = due and due_on(kind, days, due, zone=institute.zone, now=clock.now())
        if on:
            found[kind] = on
    return found


def _deadline(institute: Institute, kind: Kind) -> Due | None:
    return deadline_of(kind, institute.dues, institutes.first_day_of(institute))


def _is_past(institute: Institute, kind: Kind) -> bool:
    due = _deadline(institute, kind)
    return due is not None and clock.now() >= due.passes_at(institute.zone)


def _not_sent(institute: Institute, wanted: Sequence[Reminder], on: date) -> list[Reminder]:
    """Leave out whoever got this kind for the planned day already."""
    by_key = {reminder.key(institute.id, on): reminder for reminder in wanted}
    statement = select(OutboxEmail.dedupe_key).where(OutboxEmail.dedupe_key.in_(by_key))
    sent = set(db.session.scalars(statement))
    return [reminder for key, reminder in by_key.items() if key not in sent]


def _tell_host(institute: Institute, late: Sequence[Reminder], on: date) -> None:
    outbox.promise(
        emails.incomplete(institute, late),
        about=f"incomplete:{institute.id}",
        dedupe_key=f"incomplete:{institute.id}:{on.isoformat()}",
    )
