import csv
import io
from http import HTTPStatus

import pytest
from bs4 import BeautifulSoup
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from consortium.audit.models import AuditEntry
from consortium.database import db
from consortium.tenants.models import Tenant
from events.institutes.models import Institute
from tests.browser import Browser
from tests.events.board.pages import HOME, page_of, rows, text_of
from tests.events.board.rows import keep_seat, store_team
from tests.factories import make_institute, make_person


def test_roster_lists_people_and_keeps_its_filter_in_links(staff: Browser, tenant: Tenant) -> None:
    institute = make_institute()
    crowd = [(f"Person {n:03}", "principal", "confirmed") for n in range(60)]
    store_team(institute, 1, *crowd, ("Una", "union_leader", "invited"), name="Ridge")

    page = page_of(staff, "roster?side=management&page=2&q=person")

    assert rows(page, "People by team")[0] == [
        "Person 050",
        "Principal",
        "Management",
        "Ridge",
        "New Jersey",
        "Confirmed",
        "person.050@example.org",
    ]
    assert "Seats 51 to 60 of 60" in text_of(page.main)
    links = [link["href"] for link in page.main.find_all("a", href=True)]
    assert f"{HOME}/roster?q=person&side=management&page=1" in links
    assert f"{HOME}/roster.xlsx?q=person&side=management" in links


def test_a_kept_seat_is_to_be_named_and_leads_to_nobody(staff: Browser, tenant: Tenant) -> None:
    team = store_team(make_institute(), 1, ("Una", "union_leader", "invited"), name="Ridge")
    keep_seat(team, "principal")

    page = page_of(staff, "roster")

    assert rows(page, "People by team")[1] == [
        "To be named",
        "Principal",
        "Management",
        "Ridge",
        "New Jersey",
        "Kept, nobody named yet",
        "–",
    ]
    assert "Seats 1 to 2 of 2" in text_of(page.main)
    content = staff.get(f"{HOME}/roster.csv?seat=unclaimed").data.decode("utf-8-sig")
    _, kept = csv.reader(io.StringIO(content, newline=""))
    assert kept[:6] == ["", "", "", "Principal", "", "Kept, nobody named yet"]


def test_roster_leads_to_each_person(staff: Browser, institute: Institute) -> None:
    page = page_of(staff, "roster?q=munoz")

    link = page.main.find("a", string="José Muñoz")
    person = BeautifulSoup(staff.get(link["href"]).text, "html.parser")
    assert text_of(person.h1) == "Jose.Munoz"


@pytest.mark.parametrize(("role", "seen"), [("coordinator", True), ("facilitator", False)])
def test_telephone_numbers_are_for_those_who_work_with_the_teams(
    client: Browser, institute: Institute, role: str, *, seen: bool
) -> None:
    make_person("staff@example.org", staff=role)
    client.sign_in("staff@example.org")
    holder = make_person("jose.munoz@example.org")
    holder.phone = "+16095550142"
    db.session.commit()

    for path in (f"{HOME}/roster.csv", f"/lakeshore/people/{holder.id}"):
        assert ("+16095550142" in client.get(path).text) is seen


@pytest.mark.parametrize("number", ["0", "-1", "9999999999999999999999", "two", "²", ""])
def test_roster_takes_any_page_number(staff: Browser, institute: Institute, number: str) -> None:
    page = page_of(staff, f"roster?page={number}")

    assert len(rows(page, "People by team")) == 3


def test_csv_has_the_filtered_people_and_is_recorded(staff: Browser, institute: Institute) -> None:
    response = staff.get(f"{HOME}/roster.csv?q=munoz&side=management")

    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.headers["Content-Disposition"] == (
        "attachment; filename=summer-people-2026-03-02.csv"
    )
    header, *people = csv.reader(io.StringIO(response.data.decode("utf-8-sig"), newline=""))
    assert people == [
        [
            "José Muñoz",
            "jose.munoz@example.org",
            "'+16095550142",
            "Superintendent",
            "",
            "Confirmed",
            "No",
            "Ridge",
            "",
            "3400001",
            "NJ",
            "Registered",
            "Incomplete",
        ]
    ]
    assert len(header) == len(people[0])
    [entry] = db.session.scalars(select(AuditEntry)).all()
    assert (entry.act, entry.actor) == ("export_roster", "coordinator@example.org")
    assert entry.after == {
        "file": "summer-people-2026-03-02.csv",
        "rows": 1,
        "filters": ["q", "side"],
    }


def test_csv_of_teams_has_every_team(staff: Browser, institute: Institute) -> None:
    response = staff.get(f"{HOME}/roster.csv?table=teams")

    _, *teams = csv.reader(io.StringIO(response.data.decode("utf-8-sig"), newline=""))
    assert [team[0] for team in teams] == ["Bay", "Gone", "Ridge"]


def test_xlsx_has_people_and_teams(staff: Browser, institute: Institute) -> None:
    response = staff.get(f"{HOME}/roster.xlsx")

    workbook = CalamineWorkbook.from_object(io.BytesIO(response.data))
    people, teams = (workbook.get_sheet_by_name(name).to_python() for name in ("People", "Teams"))
    assert [row[:3] for row in people] == [
        ["Name", "E-mail", "Phone"],
        ["Dee", "dee@example.org", ""],
        ["José Muñoz", "jose.munoz@example.org", "+16095550142"],
        ["=Ivy", "ivy@example.org", ""],
    ]
    assert [row[0] for row in teams] == ["Team", "Bay", "Gone", "Ridge"]


def test_files_keep_the_side_to_those_who_look_at_the_page(
    staff: Browser, institute: Institute
) -> None:
    content = staff.get(f"{HOME}/roster.csv").data.decode("utf-8-sig")

    assert not {"Labor", "Management", "Side"} & {
        cell for row in csv.reader(io.StringIO(content, newline="")) for cell in row
    }


def test_an_export_with_a_wrong_filter_leads_to_the_page_that_says_so(
    staff: Browser, institute: Institute
) -> None:
    response = staff.get(f"{HOME}/roster.csv?state=XX&q=a b")

    assert response.status_code == HTTPStatus.FOUND
    assert response.location == f"{HOME}/roster?state=XX&q=a+b"
    assert db.session.scalars(select(AuditEntry)).all() == []


def test_there_is_no_third_format(staff: Browser, institute: Institute) -> None:
    assert staff.get(f"{HOME}/roster.pdf").status_code == HTTPStatus.NOT_FOUND
