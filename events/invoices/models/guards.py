"""What the database itself refuses: to change or lose a paper that was issued.

The table gets these statements when it is made, and a migration runs the same ones.
"""

from sqlalchemy import Table, event
from sqlalchemy.schema import DDL

from events.invoices.models.invoices import Document

DIALECTS = ("sqlite", "postgresql")


def guard_statements(dialect: str, table: str = "document") -> tuple[str, ...]:
    """Return the statements that put up a table's guard on ``sqlite`` or ``postgresql``."""
    never_changed = f"ck_{table}_never_changed"
    if dialect == "sqlite":
        return tuple(
            f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{never_changed}'); END"
            for act in ("UPDATE", "DELETE")
        )
    refuse = (
        "RAISE EXCEPTION USING ERRCODE = 'check_violation', "
        f"CONSTRAINT = '{never_changed}', MESSAGE = '{never_changed}';"
    )
    function = (
        f"CREATE OR REPLACE FUNCTION {table}_refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        f"$guard$ BEGIN {refuse} RETURN NULL; END $guard$"
    )
    trigger = (
        f"CREATE TRIGGER {table}_never_changed BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_refuse_change()"
    )
    return (function, trigger)


def keep_for_good(table: Table) -> None:
    """Let the database refuse to change or lose rows of a table, from when it is made."""
    for dialect in DIALECTS:
        for statement in guard_statements(dialect, table.name):
            guard = DDL(statement).execute_if(dialect=dialect)  # type: ignore[no-untyped-call]
            event.listen(table, "after_create", guard)


keep_for_good(Document.__table__)  # type: ignore[arg-type]
