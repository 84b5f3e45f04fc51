"""Look through the whole database for what must never be, changing nothing."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from time import monotonic

from sqlalchemy import text

from consortium.audit import service as audit
from consortium.database import db, end_reading
from consortium.tenancy import for_every_tenant
from consortium.verify.domain import Check, Finding

ACT, SUBJECT = "verify", "installation:verify"
MOST_TOLD = 1000
"""Violations of one check that are told; a broken rule breaks everywhere."""


def verify(checks: Iterable[Check]) -> list[Finding]:
    """Return what each check finds in a look of its own at the database.

    Each look is one moment, and none holds the database long: a file that is read cannot be
    written, and a long look keeps a server from cleaning up.
    """
    found = []
    for check in checks:
        with _only_looking():
            found.append(examine(check))
    return found


def examine(check: Check) -> Finding:
    """Return what one check finds as the database stands in the current transaction."""
    began = monotonic()
    with for_every_tenant():
        violations = []
        for violation in check.find():
            violations.append(violation)
            if len(violations) == MOST_TOLD:
                break
    return Finding(
        code=check.code,
        words=check.words,
        violations=tuple(violations),
        seconds=monotonic() - began,
    )


def remember(findings: Iterable[Finding], *, by: str) -> None:
    """Keep how a verification ended, so that ``doctor`` can say it."""
    counts = {each.code: len(each.violations) for each in findings}
    violated = {code: n for code, n in counts.items() if n}
    audit.record(ACT, SUBJECT, by=by, after={"checks": len(counts), "violations": violated})


@contextmanager
def _only_looking() -> Iterator[None]:
    """Let nothing be written inside the block, whatever a check may do, and see one moment."""
    end_reading()
    sqlite = db.engine.dialect.name == "sqlite"
    # PostgreSQL is told when the transaction begins: its first statement already names a tenant.
    wanted = {} if sqlite else {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    connection = db.session.connection(execution_options=wanted)
    if sqlite:
        connection.exec_driver_sql("PRAGMA query_only = ON")
    else:
        connection.execute(text("SET LOCAL statement_timeout = '60s'"))
    try:
        yield
    finally:
        if sqlite:
            connection.exec_driver_sql("PRAGMA query_only = OFF")
        db.session.expunge_all()
        end_reading()
