from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import select

from consortium.audit.models import AuditEntry
from consortium.database import db, transaction
from consortium.errors import Conflict, NotFound
from consortium.people import service as people
from consortium.people.domain import Office, OfficeRefused, RoleRefused, RoleWords, Side, Term
from consortium.people.models import Appointment, Person, Role
from consortium.people.service import offices, roles
from consortium.tenancy import as_tenant
from consortium.tenants.models import Tenant
from tests.acts import acts
from tests.factories import NOON, make_lea, make_person, make_tenant
from tests.queries import counting_queries

BY = "coordinator@example.org"
NURSE = RoleWords(label="School nurse", side=Side.LABOR)


@pytest.fixture
def catalogue(tenant: Tenant) -> None:
    with transaction():
        roles.seed_catalogue()


@pytest.fixture
def ada(tenant: Tenant) -> Person:
    return make_person("ada@example.org", "Ada")


@pytest.mark.usefixtures("catalogue")
def test_add_role_comes_last_with_a_code_of_its_name() -> None:
    with transaction():
        role = roles.add_role(NURSE, by=BY)

    assert roles.roles()[-1] is role
    assert (role.code, role.label, role.side) == ("school_nurse", "School nurse", Side.LABOR)
    assert acts() == ["add_role"]


@pytest.mark.usefixtures("catalogue")
@pytest.mark.parametrize("label", ["superintendent", "Superintendent ", "Super—intendent"])
def test_add_role_refuses_a_name_in_use(label: str) -> None:
    with transaction():
        roles.add_role(RoleWords(label="Super intendent", side=Side.OTHER), by=BY)

    with pytest.raises(RoleRefused, match="There is already a role") as no, transaction():
        roles.add_role(RoleWords(label=label, side=Side.OTHER), by=BY)

    assert no.value.field == "label"


@pytest.mark.usefixtures("tenant")
def test_change_role_renames_and_moves_to_another_side_and_keeps_the_code() -> None:
    with transaction():
        role = roles.add_role(NURSE, by=BY)
        roles.change_role(role.id, RoleWords(label="Nurse", side=Side.MANAGEMENT), was=NURSE, by=BY)

    db.session.expire_all()
    assert (role.code, role.label, role.side) == ("school_nurse", "Nurse", Side.MANAGEMENT)
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.act == "change_role")).one()
    assert entry.before == {"label": "School nurse", "side": "labor", "one_holder": False}
    assert entry.after == {"label": "Nurse", "side": "management", "one_holder": False}


@pytest.mark.usefixtures("tenant")
def test_change_role_shows_both_versions_to_the_one_who_came_second() -> None:
    with transaction():
        role = roles.add_role(NURSE, by=BY)
        roles.change_role(role.id, RoleWords(label="Nurse", side=Side.LABOR), was=NURSE, by=BY)

    with pytest.raises(Conflict) as no, transaction():
        roles.change_role(
            role.id, RoleWords(label="Health aide", side=Side.LABOR), was=NURSE, by=BY
        )

    assert no.value.versions == (("Name", "Nurse", "Health aide"), ("Side", "Labor", "Labor"))
    with pytest.raises(Conflict) as no, transaction():
        roles.change_role(role.id, replace(NURSE, one_holder=True), was=NURSE, by=BY)
    assert no.value.versions[-1] == ("Holders at a time", "Several", "One")


@pytest.mark.usefixtures("tenant")
def test_a_retired_role_is_given_to_nobody_until_it_is_restored(ada: Person) -> None:
    with transaction():
        role = roles.add_role(NURSE, by=BY)
        roles.retire_role(role.id, by=BY)
    assert role.retired_at == NOON
    assert roles.roles() == []
    assert roles.retired_roles() == [role]
    with pytest.raises(RoleRefused, match="no role “school_nurse”"), transaction():
        offices.hold_office(
            ada, Office(role_code="school_nurse", lea_id=None), Term(begins_on=NOON.date()), by=BY
        )

    with transaction():
        roles.restore_role(role.id, by=BY)

    assert roles.roles() == [role]
    assert acts() == ["add_role", "retire_role", "restore_role"]


@pytest.mark.usefixtures("tenant")
def test_a_role_of_another_consortium_is_not_found() -> None:
    with as_tenant(make_tenant("hillside").id), transaction():
        theirs = roles.add_role(NURSE, by=BY).id

    with pytest.raises(NotFound):
        roles.get_role(theirs)
    with pytest.raises(NotFound):
        roles.change_role(theirs, NURSE, was=NURSE, by=BY)


def hold(person: Person, begins: str, ends: str | None = None, **office: str) -> Appointment:
    chosen = Office(**{"role_code": "union_leader", "lea_id": "3400001", **office})  # type: ignore[arg-type]
    term = Term(
        begins_on=date.fromisoformat(begins), ends_on=date.fromisoformat(ends) if ends else None
    )
    with transaction():
        return offices.hold_office(person, chosen, term, by=BY)


@pytest.mark.usefixtures("catalogue")
def test_holders_of_names_who_holds_the_office_on_a_day(ada: Person) -> None:
    make_lea("3400001", "Bay Harbor")
    bo = make_person("bo@example.org", "Bo")
    hold(ada, "2024-07-01", "2025-06-30")
    hold(bo, "2025-07-01")

    def holders(day: str) -> list[str]:
        found = offices.holders_of("3400001", "union_leader", date.fromisoformat(day))
        return [person.name for person in found]

    assert holders("2024-06-30") == []
    assert holders("2024-07-01") == ["Ada"]
    assert holders("2025-06-30") == ["Ada"]
    assert holders("2025-07-01") == ["Bo"]
    assert offices.holders_of(None, "union_leader", date(2025, 7, 1)) == []
    assert acts() == ["hold_office", "hold_office"]


@pytest.mark.usefixtures("catalogue")
def test_one_person_may_hold_several_offices_but_not_one_office_twice(ada: Person) -> None:
    make_lea("3400001", "Bay Harbor")
    make_lea("3400002", "Cove")
    hold(ada, "2024-07-01")
    hold(ada, "2024-07-01", lea_id="3400002")
    hold(ada, "2024-07-01", role_code="teacher")
    hold(ada, "2024-07-01", role_code="state_union_officer", lea_id=None)

    with pytest.raises(OfficeRefused, match="holds that office already"):
        hold(ada, "2025-01-01")

    held = [
        (office.role.code, office.lea and office.lea.name) for office in offices.offices_of(ada)
    ]
    assert sorted(held, key=str) == [
        ("state_union_officer", None),
        ("teacher", "Bay Harbor"),
        ("union_leader", "Bay Harbor"),
        ("union_leader", "Cove"),
    ]


@pytest.mark.usefixtures("catalogue")
def test_hold_office_refuses_an_lea_nobody_knows(ada: Person) -> None:
    with pytest.raises(OfficeRefused, match="no LEA with the number 9999999") as no:
        hold(ada, "2024-07-01", lea_id="9999999")

    assert no.value.field == "lea"


@pytest.mark.usefixtures("catalogue")
def test_leave_office_sets_the_last_day_once(ada: Person) -> None:
    make_lea("3400001", "Bay Harbor")
    office = hold(ada, "2024-07-01")

    with pytest.raises(OfficeRefused, match="before the first day"), transaction():
        offices.leave_office(office, date(2024, 6, 30), by=BY)
    with transaction():
        offices.leave_office(office, date(2025, 6, 30), by=BY)

    db.session.expire_all()
    assert office.ends_on == date(2025, 6, 30)
    with pytest.raises(OfficeRefused, match="ended already on 2025-06-30"), transaction():
        offices.leave_office(office, date(2025, 7, 1), by=BY)
    assert acts() == ["hold_office", "leave_office"]


@pytest.mark.usefixtures("catalogue")
def test_an_office_of_someone_else_is_not_found(ada: Person) -> None:
    office = hold(ada, "2024-07-01", role_code="state_chief", lea_id=None)

    with pytest.raises(NotFound):
        offices.get_office(make_person("bo@example.org"), office.id)
    assert offices.get_office(ada, office.id).term == Term(begins_on=date(2024, 7, 1))


def test_get_person_knows_only_people_of_this_consortium(ada: Person) -> None:
    with as_tenant(make_tenant("hillside").id):
        stranger = make_person("bo@example.org").id

    assert people.get_person(ada.id) is ada
    for person_id in (stranger, uuid4()):
        with pytest.raises(NotFound):
            people.get_person(person_id)


def test_person_for_keeps_the_name_that_is_known(ada: Person) -> None:
    with transaction():
        same = people.person_for(people.identity_for("ADA@example.org"), name="Someone Else")

    assert same is ada
    assert same.name == "Ada"


def test_the_same_address_is_one_identity_and_a_person_in_each_consortium(ada: Person) -> None:
    here, identity_id = ada.id, ada.identity_id
    with as_tenant(make_tenant("hillside").id):
        there = make_person("ada@example.org", "Dr. Ada")
        assert (there.identity_id, there.name) == (identity_id, "Dr. Ada")
        assert there.id != here
    assert db.session.scalars(select(Role)).all() == []


def test_people_for_knows_makes_and_leaves_names_as_person_for_does(ada: Person) -> None:
    with as_tenant(make_tenant("hillside").id):
        elsewhere = make_person("bo@example.org", "Bo").identity_id

    with transaction():
        found = people.people_for(
            {"ADA@example.org": "Someone Else", "bo@example.org": "Bo B.", "cy@example.org": "Cy"}
        )

    assert found["ada@example.org"] is ada
    assert {email: person.name for email, person in found.items()} == {
        "ada@example.org": "Ada",
        "bo@example.org": "Bo B.",
        "cy@example.org": "Cy",
    }
    assert found["bo@example.org"].identity_id == elsewhere


def test_people_for_asks_as_often_for_twenty_people_as_for_two(tenant: Tenant) -> None:
    def asked(names: dict[str, str]) -> int:
        with transaction(), counting_queries() as count:
            people.people_for(names)
        return len(count)

    two = asked({f"two{n}@example.org": "" for n in range(2)})

    assert asked({f"twenty{n}@example.org": "" for n in range(20)}) == two
