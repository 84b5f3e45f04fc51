"""One act at a time changes who has a place in an institute's sessions.

A place that comes free goes on to who waits, and what that person leaves goes on to the next: one
act may touch many sessions and many people's agendas. So such acts take turns, institute by
institute; each takes but milliseconds. The turn comes after a team, the institute and a seat in the
order of locks, and before sessions and notices. SQLite has one writer anyway.
"""

from uuid import UUID

from sqlalchemy import ColumnElement, func, select

from consortium.database import be_patient, db
from events.institutes.service.cancelling import takes_place
from events.schedule.models import Session

PATIENCE = 12
"""Seconds to stand in line: when choosing opens many do, and each takes but an instant."""


def take_turn(institute_id: UUID) -> None:
    """Let everyone else who changes places in this institute's sessions wait for this act.

    The institute is held first, as by everyone who writes a row that belongs to it: who has it to
    themselves, such as for loading a file, takes the turn then, and would wait for one who has it.
    """
    if _has_locks():
        be_patient(PATIENCE)
        takes_place(institute_id)
        db.session.execute(select(func.pg_advisory_xact_lock(_key(institute_id))))


def hold_sessions(institute_id: UUID) -> None:
    """Let nobody change the institute's sessions or places in them until this act is done.

    The sessions are read anew, in one order: people chose and others wrote since they were read.
    Check-ins and files that only refer to a session do not wait.
    """
    take_turn(institute_id)
    held = select(Session).where(Session.institute_id == institute_id).order_by(Session.id)
    anew = held.with_for_update(key_share=True).execution_options(populate_existing=True)
    db.session.scalars(anew).all()


def turn_is_free(institute_id: UUID) -> bool:
    """Take the turn if nobody has it, and tell whether; for who holds sessions already."""
    if not _has_locks():
        return True
    return bool(db.session.scalar(select(func.pg_try_advisory_xact_lock(_key(institute_id)))))


def _key(institute_id: UUID) -> ColumnElement[int]:
    return func.hashtextextended(f"choices {institute_id}", 0)


def _has_locks() -> bool:
    return db.session.get_bind().dialect.name == "postgresql"
