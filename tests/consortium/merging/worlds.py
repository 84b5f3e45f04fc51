"""A consortium with people to merge, and everything stored of it."""

from typing import Any

from sqlalchemy import select

from consortium.database import Base, db
from consortium.merging.service.moves import written
from consortium.tenancy import TenantOwned, require_tenant

APART = {"merge", "calendar_notice"}
"""The record of merges itself is what a merge leaves behind, and work that waits for the worker."""
COUNTED_UP = {"bill": "version"}
"""A bill follows its team there and back, and counts both."""


def stored() -> dict[str, dict[str, dict[str, Any]]]:
    """Return every row of the current consortium, by table and id."""
    db.session.flush()
    db.session.expire_all()
    owned = [m for m in Base.registry.mappers if issubclass(m.class_, TenantOwned)]
    found = {}
    for mapper in owned:
        table = mapper.local_table
        if str(table) in APART:
            continue
        rows = db.session.execute(
            select(table).where(table.c.tenant_id == require_tenant())
        ).mappings()
        found[str(table)] = {
            str(row["id"]): {
                name: written(value)
                for name, value in row.items()
                if name != COUNTED_UP.get(str(table))
            }
            for row in rows
        }
    return found
