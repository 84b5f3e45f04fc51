"""One act at a time changes who has a place in an institute's sessions.

A place that comes free goes on to who waits, and what that person leaves goes on to the next: one
act may touch many sessions and many people's agendas. So such acts take turns, institute by
institute; each takes but milliseconds. The turn comes after a team and a seat in the order of
locks, and before sessions. SQLite has one writer anyway.
"""

from uuid import UUID

from sqlalchemy import ColumnElement, func, select

from consortium.database import be_patient, db

PATIENCE = 12
"""Seconds to stand in line: when choosing opens many do, and each takes but an instant."""


def take_turn(institute_id: UUID) -> None:
    """Let everyone else who changes places in this institute's sessions wait for this act."""
    if _has_locks():
        be_patient(PATIENCE)
        db.session.execute(select(func.pg_advisory_xact_lock(_key(institute_id))))


def turn_is_free(institute_id: UUID) -> bool:
    """Take the turn if nobody has it, and tell whether; for who holds sessions already."""
    if not _has_locks():
        return True
    return bool(db.session.scalar(select(func.pg_try_advisory_xact_lock(_key(institute_id)))))


def _key(institute_id: UUID) -> ColumnElement[int]:
    return func.hashtextextended(f"choices {institute_id}", 0)


def _has_locks() -> bool:
    return db.session.get_bind().dialect.name == "postgresql"
