"""Row-level security for a table that a migration makes.

Migrations keep their own copy of the policy: what a table got stays what it got, whatever
``consortium.tenancy`` says later.
"""

from typing import Any

SAID = "current_setting('consortium.tenant', true)"
OWN = f"CASE WHEN {SAID} = '*' THEN true ELSE tenant_id = NULLIF({SAID}, '')::uuid END"


def wall_in(op: Any, table: str) -> None:
    """Hide the table's rows from every other tenant, its owner included."""
    op.execute(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY')
    op.execute(f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY')
    op.execute(f'CREATE POLICY own_tenant ON "{table}" USING ({OWN}) WITH CHECK ({OWN})')
