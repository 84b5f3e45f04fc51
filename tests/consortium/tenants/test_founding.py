import pytest
from sqlalchemy import func, select

from consortium.access import StaffRole
from consortium.audit.models import AuditEntry
from consortium.database import db, transaction
from consortium.people.domain import CATALOGUE, NotAnAddress, Side
from consortium.people.service import roles
from consortium.tenancy import as_tenant
from consortium.tenants import service as tenants
from consortium.tenants.domain.colours import Unreadable
from consortium.tenants.domain.consortia import Charter, ConsortiumRefused
from consortium.tenants.models import Tenant
from consortium.tenants.service import staff
from tests.factories import NOON


def charter(**values: object) -> Charter:
    return Charter(
        **{
            "name": "Garden Coast Partnership",
            "slug": "garden-coast",
            "states": ("NJ",),
            "reply_address": "hello@garden.example.org",
            **values,
        }  # type: ignore[arg-type]
    )


def found(
    owner_email: str = "owner@example.org", owner_name: str = "Olive Owner", **values: object
) -> Tenant:
    with transaction():
        return tenants.found_consortium(
            charter(**values), owner_email=owner_email, owner_name=owner_name, by="command:init"
        )


def test_found_consortium_begins_with_roles_goals_and_an_owner() -> None:
    tenant = found(owner_email="Owner@Example.ORG", states=("new jersey", "DE"))

    stored = tenants.get_by_slug("garden-coast")
    assert stored.id == tenant.id
    assert (stored.name, stored.states, stored.time_zone) == (
        "Garden Coast Partnership",
        ["NJ", "DE"],
        "America/New_York",
    )
    assert stored.created_at == NOON
    assert len(stored.goals) == 12
    with as_tenant(tenant.id):
        assert [role.code for role in roles.roles()] == [kind.code for kind in CATALOGUE]
        assert roles.get_role_by_code("teacher").side is Side.LABOR
        (owner,) = staff.staff()
        assert (owner.person.email, owner.person.name) == ("owner@example.org", "Olive Owner")
        assert (owner.role, owner.began_at, owner.ended_at) == (StaffRole.OWNER, NOON, None)
    (entry,) = db.session.scalars(select(AuditEntry)).all()
    assert (entry.act, entry.actor, entry.tenant_id) == (
        "found_consortium",
        "command:init",
        tenant.id,
    )
    assert entry.after["slug"] == "garden-coast"


def test_found_consortium_refuses_an_address_that_is_taken() -> None:
    found()

    with pytest.raises(ConsortiumRefused, match="Another consortium has the address") as no:
        found(name="Another")

    assert no.value.field == "slug"
    assert db.session.scalar(select(func.count()).select_from(Tenant)) == 1


@pytest.mark.parametrize(
    ("values", "refusal", "field"),
    [
        ({"slug": "admin"}, ConsortiumRefused, "slug"),
        ({"name": "x"}, ConsortiumRefused, "name"),
        ({"name": "Garden\x00Coast"}, ConsortiumRefused, "name"),
        ({"name": "Garden\ud800Coast"}, ConsortiumRefused, "name"),
        ({"owner_name": "Nora\x1b[2J"}, ConsortiumRefused, "owner_name"),
        ({"states": ()}, ConsortiumRefused, "states"),
        ({"time_zone": "Mars/Olympus"}, ConsortiumRefused, "time_zone"),
        ({"brand_colour": "#ffff00"}, Unreadable, "brand_colour"),
        ({"reply_address": "nobody"}, NotAnAddress, "reply_address"),
        ({"owner_email": "nobody"}, NotAnAddress, "owner_email"),
    ],
)
def test_found_consortium_names_the_value_that_is_wrong_and_keeps_nothing(
    values: dict[str, object], refusal: type[ConsortiumRefused], field: str
) -> None:
    with pytest.raises(refusal) as no:
        found(**values)  # type: ignore[arg-type]

    assert no.value.field == field
    assert db.session.scalar(select(func.count()).select_from(Tenant)) == 0


def test_two_consortia_see_nothing_of_each_others_staff() -> None:
    ours = found()
    theirs = found(slug="hillside", owner_email="hill@example.org")

    with as_tenant(ours.id):
        assert [member.person.email for member in staff.staff()] == ["owner@example.org"]
    with as_tenant(theirs.id):
        assert [member.person.email for member in staff.staff()] == ["hill@example.org"]
    assert [tenant.slug for tenant in tenants.consortia()] == ["garden-coast", "hillside"]
