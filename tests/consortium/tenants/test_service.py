from collections.abc import Iterator
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from consortium.access import Permission, StaffRole
from consortium.audit.models import AuditEntry
from consortium.database import db, transaction
from consortium.errors import Conflict, NotFound
from consortium.outbox.models import OutboxEmail
from consortium.outbox.service import SUPERSEDED
from consortium.people import service as people
from consortium.tenants import service as tenants
from consortium.tenants.domain.consortia import ConsortiumRefused, PartnerRole, Profile
from consortium.tenants.models import Tenant
from consortium.tenants.service import partners, profile, staff
from tests.acts import acts
from tests.factories import NOON, make_person

BY = "owner@example.org"


@pytest.fixture
def request_context(app: Flask) -> Iterator[None]:
    """Mails name addresses, which take a request."""
    with app.test_request_context():
        yield


def as_stored(tenant: Tenant, **values: object) -> Profile:
    return Profile(
        **{
            "name": tenant.name,
            "states": tuple(tenant.states),
            "time_zone": tenant.time_zone,
            "brand_colour": tenant.brand_colour,
            "reply_address": tenant.reply_address,
            **values,
        }  # type: ignore[arg-type]
    )


def test_change_profile_stores_and_records_only_what_changed(tenant: Tenant) -> None:
    with transaction():
        profile.change_profile(
            tenant, as_stored(tenant, name="New Name", states=("NJ", "PA")), version=1, by=BY
        )

    db.session.expire_all()
    assert (tenant.name, tenant.states, tenant.version) == ("New Name", ["NJ", "PA"], 2)
    (entry,) = db.session.scalars(select(AuditEntry)).all()
    assert (entry.act, entry.actor, entry.subject) == (
        "change_profile",
        BY,
        f"consortium:{tenant.id}",
    )
    assert entry.before == {"name": "Lakeshore Partnership", "states": ["NJ"]}
    assert entry.after == {"name": "New Name", "states": ["NJ", "PA"]}


def test_change_profile_shows_both_versions_to_the_one_who_came_second(tenant: Tenant) -> None:
    with transaction():
        profile.change_profile(tenant, as_stored(tenant, name="First"), version=1, by=BY)

    with pytest.raises(Conflict) as refused, transaction():
        profile.change_profile(tenant, as_stored(tenant, name="Second"), version=1, by=BY)

    assert refused.value.versions == (("Name", "First", "Second"),)
    db.session.expire_all()
    assert tenant.name == "First"
    assert acts() == ["change_profile"]


def test_change_profile_takes_a_stale_page_that_says_what_is_stored(tenant: Tenant) -> None:
    with transaction():
        profile.change_profile(tenant, as_stored(tenant, name="Same"), version=1, by=BY)
    with transaction():
        profile.change_profile(tenant, as_stored(tenant, name="Same"), version=1, by="x@y.org")

    assert acts() == ["change_profile"]


def test_change_goals_replaces_the_list(tenant: Tenant) -> None:
    with transaction():
        profile.change_goals(tenant, ["Attendance", "Literacy"], version=1, by=BY)

    db.session.expire_all()
    assert tenant.goals == ["Attendance", "Literacy"]
    assert acts() == ["change_goals"]


def names() -> list[str]:
    db.session.expire_all()
    return [partner.name for partner in partners.partners()]


def test_partners_are_added_moved_and_removed_each_with_one_record(tenant: Tenant) -> None:
    with transaction():
        for name in ("NJEA", "NJSBA", "NJASA"):
            partners.add_partner(name, PartnerRole.CO_HOST, by=BY)
    njasa = partners.partners()[2]

    with transaction():
        partners.move_partner(njasa.id, up=True, by=BY)
    assert names() == ["NJEA", "NJASA", "NJSBA"]
    with transaction():
        partners.move_partner(njasa.id, up=True, by=BY)
        partners.move_partner(njasa.id, up=True, by=BY)
    assert names() == ["NJASA", "NJEA", "NJSBA"]
    with transaction():
        partners.remove_partner(njasa.id, by=BY)

    assert names() == ["NJEA", "NJSBA"]
    assert [partner.position for partner in partners.partners()] == [0, 1]
    assert acts() == ["add_partner"] * 3 + ["move_partner"] * 2 + ["remove_partner"]


def test_add_partner_refuses_a_name_that_is_there(tenant: Tenant) -> None:
    with transaction():
        partners.add_partner("NJ Union", PartnerRole.PARTNER, by=BY)

    with pytest.raises(ConsortiumRefused, match="already in the list"), transaction():
        partners.add_partner("nj  union", PartnerRole.FUNDER, by=BY)


def test_a_partner_that_is_gone_cannot_be_moved_or_removed(tenant: Tenant) -> None:
    with pytest.raises(NotFound):
        partners.move_partner(uuid4(), up=True, by=BY)
    with pytest.raises(NotFound):
        partners.remove_partner(uuid4(), by=BY)


@pytest.mark.usefixtures("request_context")
def test_appoint_gives_the_role_at_once_and_promises_a_mail(tenant: Tenant) -> None:
    with transaction():
        member = staff.appoint(tenant, "Desk@Example.org", StaffRole.DESK, name="Dee Desk", by=BY)

    standing = tenants.standing_of(people.identity_for("desk@example.org"))
    assert standing.roles == {StaffRole.DESK}
    assert standing.permissions == {Permission.CHECK_IN}
    (mail,) = db.session.scalars(select(OutboxEmail)).all()
    assert (mail.to, mail.subject) == (
        "desk@example.org",
        "You now work for Lakeshore Partnership",
    )
    assert "“Desk helper” at Lakeshore Partnership" in mail.text
    assert "http://localhost/sign-in?next=/lakeshore" in mail.text
    assert mail.html is not None
    assert "Desk helper" in mail.html
    assert member.began_at == NOON
    assert acts() == ["appoint"]


@pytest.mark.usefixtures("request_context")
def test_appoint_refuses_the_same_role_twice_and_allows_another(tenant: Tenant) -> None:
    with transaction():
        staff.appoint(tenant, "a@example.org", StaffRole.DESK, by=BY)
    with (
        pytest.raises(ConsortiumRefused, match="already has the role “Desk helper”"),
        transaction(),
    ):
        staff.appoint(tenant, "a@example.org", StaffRole.DESK, by=BY)
    with transaction():
        staff.appoint(tenant, "a@example.org", StaffRole.VIEWER, by=BY)

    assert [member.role for member in staff.staff()] == [StaffRole.DESK, StaffRole.VIEWER]
    assert acts() == ["appoint", "appoint"]


@pytest.mark.usefixtures("request_context")
def test_end_takes_the_role_at_once_and_drops_the_unsent_welcome(tenant: Tenant) -> None:
    with transaction():
        member = staff.appoint(tenant, "a@example.org", StaffRole.COORDINATOR, by=BY)
    with transaction():
        staff.end(member.id, by=BY)

    assert staff.staff() == []
    assert [former.id for former in staff.former_staff()] == [member.id]
    assert tenants.standing_of(people.identity_for("a@example.org")).permissions == frozenset()
    assert db.session.scalars(select(OutboxEmail.outcome)).all() == [SUPERSEDED]
    assert acts() == ["appoint", "end"]
    with pytest.raises(NotFound):
        staff.end(member.id, by=BY)


def test_the_last_owner_cannot_be_ended(tenant: Tenant) -> None:
    make_person("one@example.org", staff="owner")
    (one,) = staff.staff()

    with pytest.raises(ConsortiumRefused, match="last owner"), transaction():
        staff.end(one.id, by=BY)

    make_person("two@example.org", staff="owner")
    with transaction():
        staff.end(one.id, by=BY)
    assert [member.person.email for member in staff.staff()] == ["two@example.org"]


def test_find_by_slug_finds_or_not(tenant: Tenant) -> None:
    assert tenants.find_by_slug("lakeshore") is tenant
    assert tenants.find_by_slug("elsewhere") is None
    with pytest.raises(NotFound):
        tenants.get_by_slug("elsewhere")
