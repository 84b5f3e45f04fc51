"""What a worker does for each row found: apart from the others, for its own consortium."""

from uuid import UUID

from sqlalchemy import select

from consortium import jobs
from consortium.audit import service as audit
from consortium.audit.models import AuditEntry
from consortium.database import db
from consortium.tenancy import current_tenant, for_every_tenant
from consortium.tenants.models import Tenant
from tests.factories import make_tenant


def done() -> list[tuple[UUID | None, str]]:
    """Return what the acts left behind."""
    with for_every_tenant():
        entries = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    return [(entry.tenant_id, entry.subject) for entry in entries]


def act(name: str) -> int:
    """Leave a trace, then fail as the name says."""
    audit.record("try", name, by="worker")
    if name == "broken":
        raise ZeroDivisionError
    if name == "taken":
        raise LookupError
    return len([subject for _, subject in done() if subject == name]) <= len(name)


def test_each_is_a_transaction_of_its_own_for_its_tenant(tenant: Tenant) -> None:
    there = make_tenant("hillside").id
    db.session.commit()
    found = [(tenant.id, "a"), (there, "broken"), (there, "taken"), (there, "b")]

    assert jobs.one_by_one(lambda: found, act, passing=LookupError) == 2
    assert done() == [(tenant.id, "a"), (there, "b")]
    assert current_tenant() == tenant.id


def test_one_row_is_worked_on_until_nothing_is_left_or_its_turn_is_over(tenant: Tenant) -> None:
    found = [(tenant.id, "abc"), (tenant.id, "abcdefgh")]

    assert jobs.one_by_one(lambda: found, act, most=5) == 3 + 5
    assert [subject for _, subject in done()] == ["abc"] * 4 + ["abcdefgh"] * 5
