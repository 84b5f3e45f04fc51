"""What the database itself refuses: to change what a paper said when it was issued.

A table gets these statements when it is made; its migration runs its own, frozen copy of them.
"""

from sqlalchemy import Table, event
from sqlalchemy.schema import DDL

DIALECTS = ("sqlite", "postgresql")


def keep_as_said(table: Table, columns: tuple[str, ...]) -> None:
    """Let the database refuse to change these columns of a table's rows, from when it is made.

    What else a row holds may change: whose it is, whether it stands. A change that is refused
    names the constraint ``ck_<table>_never_changed``.
    """
    for dialect in DIALECTS:
        for statement in _statements(dialect, table.name, columns):
            guard = DDL(statement).execute_if(dialect=dialect)  # type: ignore[no-untyped-call]
            event.listen(table, "after_create", guard)


def _statements(dialect: str, table: str, columns: tuple[str, ...]) -> tuple[str, ...]:
    never_changed = f"ck_{table}_never_changed"
    if dialect == "sqlite":
        changed = " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in columns)
        trigger = (
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE ON {table} WHEN {changed} "
            f"BEGIN SELECT RAISE(ABORT, '{never_changed}'); END"
        )
        return (trigger,)
    changed = " OR ".join(f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in columns)
    refuse = (
        "RAISE EXCEPTION USING ERRCODE = 'check_violation', "
        f"CONSTRAINT = '{never_changed}', MESSAGE = '{never_changed}';"
    )
    function = (
        f"CREATE OR REPLACE FUNCTION {table}_refuse_change() RETURNS trigger LANGUAGE plpgsql "
        f"AS $guard$ BEGIN IF {changed} THEN {refuse} END IF; RETURN NEW; END $guard$"
    )
    trigger = (
        f"CREATE TRIGGER {table}_never_changed BEFORE UPDATE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_refuse_change()"
    )
    return (function, trigger)
