"""Break the books by hand, as neither an act nor the database would let anyone."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import text

from consortium.database import db
from events.ledger.models import JournalLine, guard_statements
from events.ledger.models.journal import JournalEntry

NAMES = {
    "sqlite": (
        ("journal_entry_no_update", ""),
        ("journal_entry_no_delete", ""),
        ("journal_line_no_update", ""),
        ("journal_line_no_delete", ""),
        ("journal_entry_month_open", ""),
    ),
    "postgresql": (
        ("journal_entry_never_changes", JournalEntry.__tablename__),
        ("journal_line_never_changes", JournalLine.__tablename__),
        ("journal_entry_month_open", JournalEntry.__tablename__),
        ("journal_entry_balanced", JournalEntry.__tablename__),
        ("journal_line_balanced", JournalLine.__tablename__),
    ),
}


def take_down_guards() -> None:
    """Let the database guard nothing any more."""
    db.session.flush()
    connection = db.session.connection()
    for name, table in NAMES[connection.dialect.name]:
        where = f" ON {table}" if table else ""
        connection.execute(text(f"DROP TRIGGER {name}{where}"))


@contextmanager
def without_guards() -> Iterator[None]:
    """Let the database guard nothing inside the block."""
    take_down_guards()
    yield
    db.session.flush()
    connection = db.session.connection()
    for statement in guard_statements(connection.dialect.name):
        connection.exec_driver_sql(statement)
