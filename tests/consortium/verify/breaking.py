"""Break a database by hand, as no act of the application can."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import text

from consortium.database import db
from consortium.invariants import checks
from consortium.verify.service import examine


def violations(code: str) -> list[str]:
    """Return what one check finds."""
    db.session.flush()
    (check,) = (check for check in checks() if check.code == code)
    return [*examine(check).violations]


def everything() -> dict[str, tuple[str, ...]]:
    """Return what all checks find, by the code of the check."""
    db.session.flush()
    found = {check.code: examine(check).violations for check in checks()}
    return {code: said for code, said in found.items() if said}


@contextmanager
def without(table: str, rule: str, *, index: bool = False) -> Iterator[None]:
    """Let the database not hold one of its rules; the test's rollback brings it back."""
    db.session.flush()
    connection = db.session.connection()
    if index:
        connection.execute(text(f"DROP INDEX {rule}"))
    elif connection.dialect.name == "postgresql":
        connection.execute(text(f'ALTER TABLE "{table}" DROP CONSTRAINT {rule}'))
    else:
        connection.execute(text("PRAGMA ignore_check_constraints = ON"))
        connection.execute(text("PRAGMA defer_foreign_keys = ON"))
    try:
        yield
        db.session.flush()
    finally:
        if connection.dialect.name == "sqlite":
            connection.execute(text("PRAGMA ignore_check_constraints = OFF"))
