"""How a database means to look things up: one path through an index, or all rows."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import event

from consortium.database import db


def plans_of(act: Callable[[], object]) -> list[str]:
    """Return the steps by which SQLite runs the act's statements; none on another database."""
    if db.engine.dialect.name != "sqlite":
        act()
        return []
    said: list[tuple[str, Any]] = []

    def listen(_conn: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
        said.append((statement, values))

    connection = db.session.connection()
    event.listen(connection, "before_cursor_execute", listen)
    try:
        act()
    finally:
        event.remove(connection, "before_cursor_execute", listen)
    steps: list[str] = []
    for statement, values in said:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
        steps += [row.detail for row in plan]
    return steps
