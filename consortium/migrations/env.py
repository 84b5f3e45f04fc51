"""How alembic reaches the database: the URL and the tables come from the application."""

from alembic import context
from sqlalchemy import JSON, Enum, create_engine

from consortium import schema
from consortium.database import UtcMoment

config = context.config


def render_item(kind, item, _autogen_context):
    """Write our column types as plain SQLAlchemy, so that old migrations outlive our code."""
    if kind == "type" and isinstance(item, UtcMoment):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, JSON):
        return "JSON"
    if kind == "type" and isinstance(item, Enum):
        return "sa.String(length=40)"
    return False


def process_revision(_context, _revision, directives):
    """Leave no empty migration behind."""
    if directives and directives[0].upgrade_ops.is_empty():
        directives[:] = []


# SQLite cannot alter most of a table in place; alembic copies it instead.
OPTIONS = {"target_metadata": schema.Base.metadata, "render_as_batch": True, "compare_type": True,
    "render_item": render_item, "process_revision_directives": process_revision}


def run() -> None:
    """Migrate on the connection we were given, or on one of our own."""
    given = config.attributes.get("connection")
    if given is not None:
        _migrate(given)
        return
    engine = create_engine(config.get_main_option("sqlalchemy.url"))
    try:
        with engine.begin() as connection:
            _migrate(connection)
    finally:
        engine.dispose()


def _migrate(connection) -> None:
    context.configure(connection=connection, **OPTIONS)
    with context.begin_transaction():
        context.run_migrations()


run()
