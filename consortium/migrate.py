"""Bring a database to the newest schema, and say whether it is there."""

from collections.abc import Iterator
from contextlib import contextmanager

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, text
from sqlalchemy.engine import Connection

from consortium import schema  # noqa: F401  (every table must be known)
from consortium.database import Base
from consortium.settings import ROOT
from consortium.tenancy import owned_tables

FOLDER = ROOT / "consortium" / "migrations"


class NewerSchema(Exception):
    """The database has migrations that this version does not know."""

    def __init__(self) -> None:
        super().__init__(
            "The database was made by a newer version of Consortium, so this one leaves it alone. "
            "Start that version or a newer one."
        )


class BrokenLinks(Exception):
    """A migration left rows that refer to nothing; nothing of it was kept."""


@contextmanager
def migrating(engine: Engine) -> Iterator[Connection]:
    """Give a connection on which tables may be made anew without their rows' children going too.

    SQLite alters most of a table by copying it and dropping the old one, which would delete,
    link by link, whatever refers to its rows. So links are let go meanwhile and looked through at
    the end. Raises ``BrokenLinks``.
    """
    with engine.connect() as connection:
        lite = connection.dialect.name == "sqlite"
        plain = connection.connection.dbapi_connection
        if lite and plain is not None:
            plain.execute("PRAGMA foreign_keys = OFF")
        try:
            with connection.begin():
                yield connection
                broken = lite and connection.exec_driver_sql("PRAGMA foreign_key_check").first()
                if broken:
                    raise BrokenLinks(f"rows of {broken[0]} refer to nothing in {broken[2]}")
        finally:
            if lite and plain is not None:
                plain.execute("PRAGMA foreign_keys = ON")


def upgrade(connection: Connection) -> None:
    """Apply every migration that is missing, inside the transaction that ``migrating`` opened.

    Raises ``NewerSchema``.
    """
    is_current(connection)
    command.upgrade(_config(connection), "head")


def write_migration(connection: Connection, message: str, number: str) -> None:
    """Write the migration that leads from the database as it is to the models (for developers)."""
    command.revision(_config(connection), message=message, autogenerate=True, rev_id=number)


def is_current(connection: Connection) -> bool:
    """Tell whether the database stands at the newest migration. Raises ``NewerSchema``."""
    ours = ScriptDirectory(str(FOLDER))
    theirs = set(MigrationContext.configure(connection).get_current_heads())
    if not theirs <= {script.revision for script in ours.walk_revisions()}:
        raise NewerSchema
    return theirs == set(ours.get_heads())


def differences(connection: Connection) -> list[str]:
    """Return what a migrated database and the models say differently; empty when they agree."""
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    found = [repr(change) for change in compare_metadata(context, Base.metadata)]
    if connection.dialect.name == "postgresql":
        walled = set(connection.scalars(text("SELECT tablename FROM pg_policies")))
        found += [f"no wall around {table}" for table in owned_tables() if table not in walled]
    return found


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes["connection"] = connection
    return config
