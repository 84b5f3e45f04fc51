"""The acceptance tests of the scenarios about reports: what associations and funders may read."""

# ruff: noqa: N802  (the names carry the acceptance ids as the files write them)

import csv
import io
from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import select

from cohorts.reports.domain.scope import Period, ReportKind
from cohorts.reports.service import associations, consents, grants
from cohorts.reports.service.grants import GrantFacts
from consortium.access import StaffRole
from consortium.database import db, transaction
from consortium.people.models import Person
from consortium.tenants.domain.consortia import PartnerRole
from consortium.tenants.models import Tenant
from consortium.tenants.service import partners, staff
from events.institutes.models import Institute
from events.registration.models import Seat, TeamKind
from tests.browser import Browser
from tests.cohorts.reports.stage import BY, publish
from tests.factories import make_person, make_team
from tests.scenarios.attending import words
from tests.scenarios.programme_of import NEW_JERSEY, acceptance, load
from tests.scenarios.registering import district

MARCH = Period(first=date(2024, 3, 1), last=date(2024, 3, 31))
LEAS = ("Bordentown", "Delran", "Haledon", "Hawthorne", "Metuchen", "Teaneck")
WITHOUT_CHIEF = "Teaneck"
SEATS = {
    "chief": "superintendent",
    "board": "board_member",
    "president": "union_leader",
    "teacher": "teacher",
}
STAFF, FUNDER = "staff@njsba.example.org", "grants@nea.example.org"


@pytest.fixture
def workshop(tenant: Tenant) -> Institute:
    """Let six New Jersey districts come, one without its superintendent, and three of Delaware."""
    institute = load(NEW_JERSEY)
    for number, lea in enumerate(LEAS, start=1):
        whole = lea != WITHOUT_CHIEF
        members = {
            f"{lea.lower()}-{who}@nj.example.org": role
            for who, role in SEATS.items()
            if whole or who != "chief"
        }
        make_team(institute, district(lea, "NJ", number), members, complete=whole)
    visitors = {f"dover-{n}@de.example.org": "observer" for n in range(3)}
    dover = district("Dover", "DE")
    make_team(institute, dover, visitors, kind=TeamKind.VISITORS, complete=None)
    return institute


def main_of(client: Browser, path: str) -> str:
    page = client.get(path)
    assert page.status_code == 200
    return words(BeautifulSoup(page.text, "html.parser").find("main"))


def people() -> list[str]:
    """Return the names and addresses of everyone who has a seat."""
    seated = select(Person).where(Person.id.in_(select(Seat.person_id)))
    return [text for one in db.session.scalars(seated) for text in (one.name, one.email)]


def test_NJ8_staff_of_njsba_see_counts_for_all_and_names_of_consenting_board_members(
    app: Flask, frozen: Any, tenant: Tenant, client: Browser, workshop: Institute
) -> None:
    nj8 = acceptance(NEW_JERSEY, "NJ8")
    frozen(nj8["clock"])
    with app.test_request_context(), transaction():
        partner = partners.add_partner("NJSBA", PartnerRole.CO_HOST, by=BY)
        njsba = associations.add_association(partner.id, ["board_member"], by=BY)
        associations.add_helper(njsba.id, STAFF, "Sam Staff", tenant, by=BY)
    row = publish(tenant, ReportKind.TEAMS, period=MARCH)
    client.sign_in(STAFF)
    before = main_of(client, f"/lakeshore/reports/own-people/{njsba.id}")
    agreed = associations.asked_people(njsba.id)[:2]
    for person in agreed:
        asked = [(one.association_id, one.institute_id) for one in consents.asked_of(person.id)]
        with transaction():
            consents.answer(person.id, asked, by=person.email)

    counts = main_of(client, f"/lakeshore/reports/{row.id}")
    own = main_of(client, f"/lakeshore/reports/own-people/{njsba.id}")

    assert nj8["then"]["sees"] == "counts for all; names only of consenting board members"
    assert "Labor: Education association president 0 6 6" in counts
    assert "Governance (board): Board president or member 0 6 6" in counts
    assert [text for text in people() if text in counts] == []
    assert "Nobody has agreed to be named." in before
    assert "6 of your own people have a seat." in own
    assert {text for text in people() if text in own} == {one.name for one in agreed}
    assert client.get(f"/lakeshore/manage/institutes/{workshop.slug}/roster").status_code == 403
    assert [one.role for one in staff.staff()] == [StaffRole.VIEWER]


def test_NJ10_the_report_to_nea_has_rows_by_state_side_and_role_and_no_person(
    frozen: Any, tenant: Tenant, client: Browser, workshop: Institute
) -> None:
    nj10 = acceptance(NEW_JERSEY, "NJ10")
    frozen(nj10["clock"])
    facts = GrantFacts(
        funder="NEA",
        number="NJ-24",
        title="New Jersey workshop",
        first_day=MARCH.first,
        last_day=MARCH.last,
        amount_cents=2_500_000,
        institute_ids=frozenset({workshop.id}),
    )
    with transaction():
        grant = grants.add_grant(facts, by=BY)
        row = publish(tenant, ReportKind.FUNDER, grant, period=MARCH)
    make_person(FUNDER, "Gail Grants", staff="viewer")
    client.sign_in(FUNDER)

    page = main_of(client, f"/lakeshore/reports/{row.id}")
    told = client.get(f"/lakeshore/reports/{row.id}.csv").data.decode("utf-8-sig")

    assert nj10["then"]["rows"] == "by state, side, role, complete/incomplete teams"
    teams, sides = "Complete and incomplete teams", "People by state and side"
    roles = "People by side, role and state"
    assert {
        (teams, "New Jersey", "Complete teams", "5"),
        (teams, "New Jersey", "Incomplete teams", "1"),
        (teams, "Delaware", "Groups of visitors", "1"),
        (sides, "New Jersey", "Labor", "12"),
        (sides, "New Jersey", "Governance (board)", "6"),
        (sides, "Delaware", "Either side", "–"),  # three people
        (sides, "New Jersey", "People", "–"),  # or the three could be worked out
        (sides, "All together", "People", "26"),
        (roles, "Labor: Teacher", "New Jersey", "6"),
        ("About", "Grant", "", "NEA NJ-24: New Jersey workshop"),
    } <= {tuple(line) for line in csv.reader(io.StringIO(told))}
    assert nj10["then"]["personal_data"] is False
    assert [text for text in people() if text in page + told + row.said] == []
