"""Row-level tenancy: a query or a write outside the current tenant cannot happen.

Three walls: ORM statements are scoped here (or raise), composite foreign keys refuse a link
across tenants, and on PostgreSQL row-level security hides every other tenant's rows from the
connection itself.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Any, cast
from uuid import UUID

from sqlalchemy import (
    Engine,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Table,
    UniqueConstraint,
    event,
)
from sqlalchemy.engine import Connection
from sqlalchemy.orm import (
    LoaderCriteriaOption,
    Mapped,
    Mapper,
    ORMExecuteState,
    Session,
    declared_attr,
    mapped_column,
    with_loader_criteria,
)

from consortium.database import Base

_current: ContextVar[UUID | None] = ContextVar("current_tenant", default=None)
_everything: ContextVar[bool] = ContextVar("every_tenant", default=False)


class OutsideTenant(RuntimeError):
    """Tenant-owned rows were touched with no tenant, or with the wrong one. A bug."""


def require_tenant() -> UUID:
    """Return the current tenant's id; raise ``OutsideTenant`` when none is chosen."""
    tenant_id = _current.get()
    if tenant_id is None:
        raise OutsideTenant("no tenant has been chosen")
    return tenant_id


def current_tenant() -> UUID | None:
    """Return the current tenant's id, or ``None`` outside any tenant."""
    return _current.get()


class TenantOwned:
    """Mixin for every table whose rows belong to one consortium.

    Such a table has ``UNIQUE (tenant_id, id)``, so that others can refer to it together with
    the tenant and the database refuses a link from one tenant's row to another's. Each link has
    an index that begins with the tenant, as every statement names it: without one, SQLite goes
    through all of a tenant's rows for a team's seats.
    """

    tenant_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.id"), default=require_tenant)

    @declared_attr.directive
    def __table_args__(cls) -> tuple[Any, ...]:  # noqa: N805
        return (UniqueConstraint("tenant_id", "id"), *getattr(cls, "__more_table_args__", ()))


def linked(column: str, *, to: str, cascade: bool = False) -> ForeignKeyConstraint:
    """Link a column to another table's id, of the same tenant: the database refuses any other.

    ``cascade``: the row goes with the one to which it is linked.
    """
    there = [f"{to}.tenant_id", f"{to}.id"]
    return ForeignKeyConstraint(
        ["tenant_id", column], there, ondelete="CASCADE" if cascade else None
    )


@event.listens_for(TenantOwned, "instrument_class", propagate=True)
def _index_links(mapper: Mapper[Any], _class: type) -> None:
    table = cast("Table", mapper.local_table)
    for link in table.foreign_key_constraints:
        names = [name for name in link.column_keys if name != "tenant_id"]
        if names and not _indexed(table, ("tenant_id", *names)):
            Index(None, *(table.c[name] for name in ("tenant_id", *names)))


def _indexed(table: Table, names: tuple[str, ...]) -> bool:
    """Tell whether all rows can be found by these columns."""
    partial = ("postgresql", "sqlite")
    known = [
        tuple(index.columns.keys())
        for index in table.indexes
        if not any(index.dialect_options[name].get("where") is not None for name in partial)
    ]
    known += [
        tuple(one.columns.keys()) for one in table.constraints if isinstance(one, UniqueConstraint)
    ]
    return names in (columns[: len(names)] for columns in known)


def owned_tables() -> list[str]:
    """Name every table whose rows belong to one consortium."""
    owned = (m for m in Base.registry.mappers if issubclass(m.class_, TenantOwned))
    return sorted(str(mapper.local_table) for mapper in owned)


@contextmanager
def as_tenant(tenant_id: UUID) -> Iterator[None]:
    """Work for one tenant inside the block."""
    token = _current.set(tenant_id)
    try:
        yield
    finally:
        _current.reset(token)


@contextmanager
def for_every_tenant() -> Iterator[None]:
    """Read across tenants inside the block; only workers and operators' commands may.

    The one exception tells whether someone works for any consortium at all (``tenants.service``).
    """
    token = _everything.set(True)
    try:
        yield
    finally:
        _everything.reset(token)


@event.listens_for(Session, "do_orm_execute")
def _scope_statement(state: ORMExecuteState) -> None:
    if _everything.get() or state.is_column_load:
        return
    tenant_id = _current.get()
    if tenant_id is None and any(issubclass(m.class_, TenantOwned) for m in state.all_mappers):
        require_tenant()
    state.statement = state.statement.options(_rows_of(tenant_id))


@lru_cache(maxsize=1000)
def _rows_of(tenant_id: UUID | None) -> LoaderCriteriaOption:
    # Made once for each tenant: making it takes as long as many a statement that it is for. Loading
    # what belongs to a row is a statement of its own and is scoped anew: nothing is handed on.
    return with_loader_criteria(
        TenantOwned,
        lambda cls: cls.tenant_id == tenant_id,
        include_aliases=True,
        propagate_to_loaders=False,
    )


@event.listens_for(Session, "before_flush")
def _guard_writes(session: Session, *_: Any) -> None:
    for row in (*session.new, *session.dirty, *session.deleted):
        if isinstance(row, TenantOwned) and row.tenant_id not in (None, require_tenant()):
            raise OutsideTenant(f"{row!r} belongs to another tenant")


def walls(table: str) -> tuple[str, ...]:
    """Return PostgreSQL's statements that hide a table's rows from every other tenant.

    A connection that named no tenant sees no rows; ``*`` is said only inside
    ``for_every_tenant``. FORCE binds the table's owner too; superusers pass, so the
    application must not be one.
    """
    said = "current_setting('consortium.tenant', true)"
    own = f"CASE WHEN {said} = '*' THEN true ELSE tenant_id = NULLIF({said}, '')::uuid END"
    return (
        f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY',
        f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY',
        f'CREATE POLICY own_tenant ON "{table}" USING ({own}) WITH CHECK ({own})',
    )


@event.listens_for(Engine, "begin")
def _forget_tenant(connection: Connection) -> None:
    connection.info["tenant_said"] = None


@event.listens_for(Engine, "rollback_savepoint")
def _forget_tenant_said_in_savepoint(connection: Connection, *_: Any) -> None:
    connection.info["tenant_said"] = None


@event.listens_for(Engine, "before_cursor_execute")
def _say_tenant(connection: Connection, _cursor: Any, statement: str, *_: Any) -> None:
    if connection.dialect.name != "postgresql" or statement.startswith("ROLLBACK"):
        return  # a failed transaction takes nothing but the rollback itself
    wanted = "*" if _everything.get() else str(_current.get() or "")
    if connection.info.get("tenant_said") == wanted:
        return
    connection.info["tenant_said"] = wanted
    cursor = connection.connection.cursor()
    cursor.execute("SELECT set_config('consortium.tenant', %s, true)", (wanted,))
    cursor.close()
