"""What the database itself refuses: to change or lose a paper that was issued.

The table gets these statements when it is made, and a migration runs the same ones.
"""

from sqlalchemy import event
from sqlalchemy.schema import DDL

from events.invoices.models.invoices import Document

NEVER_CHANGED = "ck_document_never_changed"
DIALECTS = ("sqlite", "postgresql")


def guard_statements(dialect: str) -> tuple[str, ...]:
    """Return the statements that put up the guard on ``sqlite`` or ``postgresql``."""
    if dialect == "sqlite":
        return tuple(
            f"CREATE TRIGGER document_no_{act.lower()} BEFORE {act} ON document "
            f"BEGIN SELECT RAISE(ABORT, '{NEVER_CHANGED}'); END"
            for act in ("UPDATE", "DELETE")
        )
    refuse = (
        "RAISE EXCEPTION USING ERRCODE = 'check_violation', "
        f"CONSTRAINT = '{NEVER_CHANGED}', MESSAGE = '{NEVER_CHANGED}';"
    )
    function = (
        "CREATE OR REPLACE FUNCTION document_refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        f"$guard$ BEGIN {refuse} RETURN NULL; END $guard$"
    )
    trigger = (
        "CREATE TRIGGER document_never_changed BEFORE UPDATE OR DELETE ON document "
        "FOR EACH ROW EXECUTE FUNCTION document_refuse_change()"
    )
    return (function, trigger)


for _dialect in DIALECTS:
    for _statement in guard_statements(_dialect):
        _guard = DDL(_statement).execute_if(dialect=_dialect)  # type: ignore[no-untyped-call]
        event.listen(Document.__table__, "after_create", _guard)
