"""How alembic reaches the database: the URL and the tables come from the application."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import JSON, Enum, create_engine
from sqlalchemy.engine import Connection
from sqlalchemy.types import TypeDecorator

from consortium import schema  # noqa: F401  (every table must be known)
from consortium.database import Base, UtcMoment

config = context.config


def render_item(kind: str, item: object, _autogen_context: object) -> str | Literal[False]:
    """Write our column types as plain SQLAlchemy, so that old migrations outlive our code."""
    if kind == "type" and isinstance(item, UtcMoment):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{type(item.impl_instance).__name__}()"
    if kind == "type" and isinstance(item, JSON):
        return "JSON"
    if kind == "type" and isinstance(item, Enum):
        return "sa.String(length=40)"
    return False


def process_revision(_context: object, _revision: object, directives: list[Any]) -> None:
    """Leave no empty migration behind."""
    if directives and directives[0].upgrade_ops.is_empty():
        directives[:] = []


# SQLite cannot alter most of a table in place; alembic copies it instead.
OPTIONS: dict[str, Any] = {
    "target_metadata": Base.metadata,
    "render_as_batch": True,
    "compare_type": True,
    "render_item": render_item,
    "process_revision_directives": process_revision,
}


def run() -> None:
    """Migrate on the connection we were given, or on one of our own."""
    given = config.attributes.get("connection")
    if given is not None:
        _migrate(given)
        return
    engine = create_engine(config.get_main_option("sqlalchemy.url") or "")
    try:
        with engine.begin() as connection:
            _migrate(connection)
    finally:
        engine.dispose()


def _migrate(connection: Connection) -> None:
    context.configure(connection=connection, **OPTIONS)
    with context.begin_transaction():
        context.run_migrations()


run()
