"""The database handle, the declarative base, and the one way to commit."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from enum import Enum
from typing import Annotated, Any
from uuid import UUID

import structlog
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    JSON,
    BigInteger,
    DateTime,
    Dialect,
    Engine,
    Index,
    MetaData,
    event,
    select,
    text,
)
from sqlalchemy import Enum as EnumType
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import DeclarativeBase, InstrumentedAttribute, mapped_column, registry
from sqlalchemy.pool import ConnectionPoolEntry, Pool
from sqlalchemy.sql.schema import ColumnCollectionConstraint
from sqlalchemy.types import TypeDecorator

from consortium.ids import new_id
from consortium.turns import Turns

CONSTRAINT_NAMES = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
}

# The WAL data race (two connections can corrupt the file) is mended from these versions on.
WAL_MENDED = (3, 51, 3)
WAL_BACKPORTS = ((3, 50, 7), (3, 44, 6))


# PostgreSQL: lock not available, statement cancelled by its time limit, deadlock.
HELD = frozenset({"55P03", "57014", "40P01"})


class UtcMoment(TypeDecorator[datetime]):
    """An instant: aware in, aware UTC out, on both databases."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store UTC; a naive moment is a bug, not a guess."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Give the instant back in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


Id = Annotated[UUID, mapped_column(primary_key=True, default=new_id)]
Moment = Annotated[datetime, mapped_column(UtcMoment)]
# Whole US cents; a county office's bill for a year passes what 32 bits hold.
Cents = Annotated[int, mapped_column(BigInteger)]
# Wall time: what the clock on the wall shows. It means nothing without the zone beside it.
WallTime = Annotated[datetime, mapped_column(DateTime(timezone=False))]

# Plain JSON data; JSONB on PostgreSQL.
Json = JSON().with_variant(JSONB(), "postgresql")


ENUM_AS_TEXT = EnumType(
    Enum,
    native_enum=False,
    length=40,
    values_callable=lambda kind: [member.value for member in kind],
)


class Base(DeclarativeBase):
    """Every table's base; constraint names are chosen here, so that code can name them."""

    registry = registry(
        metadata=MetaData(naming_convention=CONSTRAINT_NAMES),
        type_annotation_map={Enum: ENUM_AS_TEXT},
    )


db = SQLAlchemy(model_class=Base)

_log = structlog.get_logger()
_writing: ContextVar[bool] = ContextVar("writing", default=False)


def expect_writes(*, expected: bool = True) -> None:
    """Say that the next database transaction will write.

    SQLite then takes its write lock at the start (``BEGIN IMMEDIATE``), where waiting is
    possible, and not in the middle, where it is an error.
    """
    _writing.set(expected)


@contextmanager
def transaction() -> Iterator[None]:
    """Commit what the block did, or none of it.

    Only entry points (routes, jobs, commands) open one; services flush.
    """
    before = _writing.get()
    _writing.set(True)
    try:
        yield
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise
    finally:
        _writing.set(before)


@contextmanager
def if_possible() -> Iterator[None]:
    """Commit what the block did, or go on without it: where the disk is full, people still read.

    For what is only counted beside something that people ask for.
    """
    try:
        with transaction():
            yield
    except OperationalError:
        _log.warning("not counted", exc_info=True)


def end_reading() -> None:
    """Let go of what a long look at the database holds, before a write or a long calculation.

    SQLite cannot turn a reader into a writer, and a reader keeps PostgreSQL from cleaning up.
    """
    db.session.rollback()


def be_patient(seconds: int) -> None:
    """Wait longer than usual for rows that others hold, until the transaction ends.

    For a row where people stand in line in order and nobody holds it long. SQLite, where one
    transaction writes at a time, has no such rows.
    """
    if db.session.connection().dialect.name == "postgresql":
        db.session.execute(text(f"SET LOCAL lock_timeout = '{int(seconds)}s'"))


def hold(row_id: InstrumentedAttribute[UUID], *ids: UUID) -> None:
    """Let others who hold one of these rows wait until this transaction ends.

    They are taken in the order of their ids, so that no two wait for each other. On SQLite the
    whole transaction already keeps others from writing.
    """
    held = select(row_id).where(row_id.in_(ids)).order_by(row_id)
    db.session.execute(held.with_for_update(key_share=True))


def only(rows: str) -> dict[str, Any]:
    """Let an index hold only these rows, on both databases: ``Index(…, **only("x IS NULL"))``."""
    return {"postgresql_where": text(rows), "sqlite_where": text(rows)}


def insert_into(model: type["Base"]) -> postgresql.Insert | sqlite.Insert:
    """Begin an INSERT that can say what becomes of a row that is there already."""
    if db.session.get_bind().dialect.name == "postgresql":
        return postgresql.insert(model)
    return sqlite.insert(model)


@contextmanager
def translating(constraint: str, into: Exception) -> Iterator[None]:
    """Raise ``into`` where the database enforces the named constraint."""
    try:
        yield
    except IntegrityError as error:
        if not _violates(error, constraint):
            raise
        raise into from error


def _violates(error: IntegrityError, constraint: str) -> bool:
    """Tell whether the named constraint or unique index raised ``error``.

    SQLite reports a broken unique index by its columns, not by its name, so the name is
    looked up among the tables' indexes.
    """
    said = str(error.orig)
    if constraint in said:
        return True
    for table in Base.metadata.tables.values():
        rules: list[Index | ColumnCollectionConstraint] = [*table.indexes]
        rules += [one for one in table.constraints if isinstance(one, ColumnCollectionConstraint)]
        for index in rules:
            if index.name == constraint:
                columns = ", ".join(f"{table.name}.{column.name}" for column in index.columns)
                return f"UNIQUE constraint failed: {columns}" == said
    return False


def was_held(error: OperationalError) -> bool:
    """Tell whether a statement gave up because others held the database or a row too long."""
    code = getattr(error.orig, "sqlite_errorname", None) or getattr(error.orig, "sqlstate", "")
    return str(code).startswith(("SQLITE_BUSY", "SQLITE_LOCKED")) or code in HELD


def sqlite_journal_mode(version: tuple[int, ...] = sqlite3.sqlite_version_info) -> str:
    """Return the journal mode that is safe with this SQLite; never WAL where it can corrupt."""
    mended = version >= WAL_MENDED or any(
        version[:2] == backport[:2] and version >= backport for backport in WAL_BACKPORTS
    )
    return "WAL" if mended else "TRUNCATE"


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, _record: Any) -> None:
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None  # SQLAlchemy's begin event below says BEGIN, not pysqlite
    for pragma in (
        "busy_timeout = 5000",
        f"journal_mode = {sqlite_journal_mode()}",
        "synchronous = FULL",
        "foreign_keys = ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    if not _writing.get():
        connection.exec_driver_sql("BEGIN")
        return
    _take_turn(connection)
    connection.exec_driver_sql("BEGIN IMMEDIATE")


# SQLite lets one write at a time. Whoever finds it taken sleeps and looks again, up to a tenth of
# a second later, and of many sleepers some never look at the right moment: under a rush they gave
# up after five seconds although everyone writes but for an instant. So the threads of a process
# stand in line here, before they begin, and only the first of them asks the database (beside the
# first of every other process). The turn ends when the connection goes back, after the commit.
WAIT_FOR_TURN = 20.0  # seconds; then the database itself is asked, which waits five more
TURN = "turn"
_turns: dict[str, Turns] = {}


def _take_turn(connection: Connection) -> None:
    if TURN in connection.info:
        return
    turn = _turns.setdefault(str(connection.engine.url), Turns())
    if turn.take(WAIT_FOR_TURN):
        connection.info[TURN] = turn


@event.listens_for(Pool, "checkin")
@event.listens_for(Pool, "invalidate")
def _end_turn(_connection: Any, record: ConnectionPoolEntry, *_: Any) -> None:
    turn = record.info.pop(TURN, None)
    if turn is not None:
        turn.end()
