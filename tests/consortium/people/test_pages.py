from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from consortium.database import db, transaction
from consortium.people.domain import Office, RoleWords, Side, Term
from consortium.people.models import Appointment, Person, Role
from consortium.people.service import offices, roles
from consortium.tenancy import as_tenant
from consortium.tenants.models import Tenant
from tests.browser import Browser
from tests.factories import make_lea, make_person, make_tenant
from tests.queries import counting_queries

BY = "coordinator@example.org"


@pytest.fixture
def at_desk(client: Browser, coordinator: Person) -> Browser:
    """A browser at which the coordinator is signed in."""
    client.sign_in(coordinator.email)
    return client


@pytest.fixture
def nurse(tenant: Tenant) -> Role:
    with transaction():
        return roles.add_role(RoleWords(label="School nurse", side=Side.LABOR), by=BY)


@pytest.fixture
def ada(tenant: Tenant) -> Person:
    return make_person("ada@example.org", "Ada Nowak")


def rows(text: str) -> list[list[str]]:
    page = BeautifulSoup(text, "html.parser")
    return [
        [" ".join(cell.get_text(" ").split()) for cell in row.find_all(["th", "td"])]
        for row in page.select("tbody tr")
    ]


def errors(text: str) -> list[str]:
    summary = BeautifulSoup(text, "html.parser").select("#error-summary li")
    return [" ".join(item.get_text(" ").split()) for item in summary]


def test_a_role_is_added_renamed_retired_and_used_again(at_desk: Browser, tenant: Tenant) -> None:
    at_desk.post("/lakeshore/settings/roles", data={"label": "School nurse", "side": "labor"})
    role = db.session.scalars(select(Role)).one()
    page = at_desk.get("/lakeshore/settings/roles").text
    assert rows(page) == [
        ["School nurse", "Labor", "school_nurse", "Edit : School nurse Retire : School nurse"]
    ]

    form = BeautifulSoup(at_desk.get(f"/lakeshore/settings/roles/{role.id}").text, "html.parser")
    was = {field["name"]: field["value"] for field in form.select("input[type=hidden]")}
    assert (was["was_label"], was["was_side"]) == ("School nurse", "labor")
    answer = at_desk.post(
        f"/lakeshore/settings/roles/{role.id}",
        data={**was, "label": "Health officer", "side": "management"},
    )
    assert answer.location == "/lakeshore/settings/roles"
    page = at_desk.get("/lakeshore/settings/roles").text
    assert rows(page)[0][:3] == ["Health officer", "Management", "school_nurse"]

    at_desk.post(f"/lakeshore/settings/roles/{role.id}/retire")
    page = at_desk.get("/lakeshore/settings/roles").text
    assert rows(page) == [["Health officer", "Management", "Use again : Health officer"]]
    at_desk.post(f"/lakeshore/settings/roles/{role.id}/restore")
    assert [role.label for role in roles.roles()] == ["Health officer"]


def test_a_role_form_explains_itself_and_keeps_the_input(at_desk: Browser, nurse: Role) -> None:
    taken = at_desk.post(
        "/lakeshore/settings/roles", data={"label": "school NURSE", "side": "other"}
    )
    empty = at_desk.post("/lakeshore/settings/roles", data={"label": ""})

    assert (taken.status_code, empty.status_code) == (422, 422)
    assert errors(taken.text) == ["There is already a role “school NURSE”."]
    assert 'value="school NURSE"' in taken.text
    assert errors(empty.text) == ["Enter the role's name.", "Choose a side."]
    assert len(roles.roles()) == 1


def test_a_role_changed_meanwhile_shows_both_versions(at_desk: Browser, nurse: Role) -> None:
    was = {"was_label": "School nurse", "was_side": "labor"}
    at_desk.post(
        f"/lakeshore/settings/roles/{nurse.id}", data={**was, "label": "Nurse", "side": "labor"}
    )

    answer = at_desk.post(
        f"/lakeshore/settings/roles/{nurse.id}", data={**was, "label": "Aide", "side": "other"}
    )

    assert answer.status_code == 409
    assert rows(answer.text) == [["Name", "Nurse", "Aide"], ["Side", "Labor", "Neither side"]]


def test_a_role_of_another_consortium_is_not_there(at_desk: Browser) -> None:
    with as_tenant(make_tenant("hillside").id), transaction():
        theirs = roles.add_role(RoleWords(label="Nurse", side=Side.LABOR), by=BY).id

    assert at_desk.get(f"/lakeshore/settings/roles/{theirs}").status_code == 404
    assert at_desk.post(f"/lakeshore/settings/roles/{theirs}/retire").status_code == 404


def office(**values: str) -> dict[str, str]:
    return {
        "role": "school_nurse",
        "lea": "",
        "begins_on": "2025-07-01",
        "ends_on": "",
        **values,
    }


@pytest.mark.usefixtures("nurse")
def test_an_office_is_written_down_and_left(at_desk: Browser, ada: Person) -> None:
    make_lea("3400001", "Bay Harbor", search_text="bay harbor|somewhere")
    assert "No office is written down yet." in at_desk.get(f"/lakeshore/people/{ada.id}").text

    answer = at_desk.post(f"/lakeshore/people/{ada.id}/offices", data=office(lea="bay harb"))

    assert answer.location == f"/lakeshore/people/{ada.id}"
    (held,) = offices.offices_of(ada)
    page = at_desk.get(f"/lakeshore/people/{ada.id}").text
    assert rows(page) == [
        [
            "School nurse Labor",
            "Bay Harbor, NJ",
            "Tuesday, July 1, 2025",
            "Open Enter the last day : School nurse",
            "In office",
        ]
    ]
    leave = f"/lakeshore/people/{ada.id}/offices/{held.id}/leave"
    assert "Ada Nowak: School nurse, Bay Harbor, since Tuesday, July 1, 2025." in " ".join(
        BeautifulSoup(at_desk.get(leave).text, "html.parser").get_text().split()
    )
    early = at_desk.post(leave, data={"ends_on": "2025-06-30"})
    assert early.status_code == 422
    assert errors(early.text) == ["The last day lies before the first day."]
    at_desk.post(leave, data={"ends_on": "2025-12-31"})
    page = at_desk.get(f"/lakeshore/people/{ada.id}").text
    assert rows(page)[0][3:] == ["Wednesday, December 31, 2025", "Former"]


@pytest.mark.usefixtures("nurse")
def test_several_leas_of_one_name_are_offered_to_choose_from(at_desk: Browser, ada: Person) -> None:
    make_lea("1200001", "Clay County", state="FL", search_text="clay county|green|cove")
    make_lea("0100001", "Clay County", state="AL", search_text="clay county|ashland")
    path = f"/lakeshore/people/{ada.id}/offices"

    asked = at_desk.post(path, data=office(lea="Clay County"))

    assert asked.status_code == 422
    assert errors(asked.text) == ["Several LEAs match. Choose the one you mean."]
    page = BeautifulSoup(asked.text, "html.parser")
    offered = {field["value"] for field in page.select("input[name=lea_id]")}
    assert offered == {"1200001", "0100001"}
    at_desk.post(path, data=office(lea="Clay County", lea_id="0100001"))
    assert db.session.scalars(select(Appointment.lea_id)).all() == ["0100001"]


@pytest.mark.usefixtures("nurse")
def test_an_lea_is_found_by_its_number_and_a_choice_that_does_not_fit_is_asked_again(
    at_desk: Browser, ada: Person
) -> None:
    make_lea("1200001", "Clay County", state="FL", search_text="clay county|green|cove")
    make_lea("3400001", "Bay Harbor", search_text="bay harbor|somewhere")
    path = f"/lakeshore/people/{ada.id}/offices"

    at_desk.post(path, data=office(lea="1200001", lea_id="3400001"))

    assert db.session.scalars(select(Appointment.lea_id)).all() == ["1200001"]


@pytest.mark.usefixtures("nurse")
@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"lea": "nowhere"}, "We know no LEA like “nowhere”. Try fewer letters."),
        ({"lea": "9999999"}, "We know no LEA like “9999999”. Try fewer letters."),
        ({"begins_on": ""}, "Enter the first day."),
        ({"begins_on": "yesterday"}, "Write the day like 2027-06-21."),
        ({"ends_on": "2020-01-01"}, "The last day lies before the first day."),
        ({"role": "emperor"}, "Not a valid choice."),
    ],
)
def test_an_office_that_makes_no_sense_is_explained(
    at_desk: Browser, ada: Person, values: dict[str, str], sentence: str
) -> None:
    answer = at_desk.post(f"/lakeshore/people/{ada.id}/offices", data=office(**values))

    assert answer.status_code == 422
    assert sentence in errors(answer.text)
    assert offices.offices_of(ada) == []


def test_a_facilitator_reads_offices_and_writes_none(
    client: Browser, ada: Person, nurse: Role
) -> None:
    client.sign_in(make_person("fay@example.org", staff="facilitator").email)

    page = client.get(f"/lakeshore/people/{ada.id}")

    assert page.status_code == 200
    assert "Add an office" not in page.text
    assert client.post(f"/lakeshore/people/{ada.id}/offices", data=office()).status_code == 403


def test_people_of_another_consortium_are_not_there(at_desk: Browser) -> None:
    with as_tenant(make_tenant("hillside").id):
        stranger = make_person("bo@example.org").id

    assert at_desk.get(f"/lakeshore/people/{stranger}").status_code == 404


def test_pages_ask_the_same_number_of_questions_for_three_rows_as_for_one(
    at_desk: Browser, ada: Person, nurse: Role
) -> None:
    paths = (f"/lakeshore/people/{ada.id}", "/lakeshore/settings/roles")

    def questions() -> list[int]:
        numbers = []
        for path in paths:
            with counting_queries() as count:
                at_desk.get(path)
            numbers.append(len(count))
        return numbers

    def hold(**office: Any) -> None:
        with transaction():
            offices.hold_office(ada, Office(**office), Term(begins_on=date(2025, 7, 1)), by=BY)

    make_lea("3400001", "Bay Harbor")
    hold(role_code="school_nurse", lea_id="3400001")
    questions()
    one = questions()
    for n, label in enumerate(("Aide", "Cook")):
        lea = make_lea(f"340001{n}", label)
        with transaction():
            role = roles.add_role(RoleWords(label=label, side=Side.LABOR), by=BY)
        hold(role_code=role.code, lea_id=lea.id)

    assert questions() == one
