"""What is open to an LEA anywhere in the country: public facts across all consortia (NC1)."""

from datetime import time
from typing import Any

import pytest
from flask import Flask

from consortium.database import db
from consortium.tenancy import as_tenant
from consortium.tenants.models import Tenant
from events.institutes.domain import Intake, Status
from events.institutes.models import Institute
from tests.browser import Browser
from tests.factories import make_institute, make_lea, make_person, make_team, make_tenant, soon
from tests.queries import counting_queries
from tests.reading import main, words


@pytest.fixture
def country(app: Flask, tenant: Tenant) -> Institute:
    """Return a national cohort that admits states without a partnership, beside New Jersey's."""
    nation = make_tenant("nation", name="National Network", states=[], time_zone="America/New_York")
    with as_tenant(nation.id):
        cohort = make_institute(
            "catalyst",
            title="Catalyst Cohort",
            kind="cohort",
            intake=Intake.APPLICATION,
            every_state=True,
            home_states=[],
            guest_states=[],
            excluded_states=["NJ", "VT"],
            partnership_links={"VT": {"name": "Vermont Partnership", "url": "https://vt.example"}},
            deadlines=[("apply_by", soon(20).date(), time(17, 0))],
            waitlist="",
            summary="A year together.",
        )
        _hidden()
    make_institute()
    db.session.commit()
    return cohort


def _hidden() -> None:
    """Store what no page of the country may show."""
    common: dict[str, Any] = {"every_state": True, "waitlist": ""}
    make_institute("draft", title="Draft canary", status=Status.DRAFT, **common)
    make_institute("private", title="Private canary", intake=Intake.INVITATION, **common)
    make_institute("off", title="Cancelled canary", status=Status.CANCELLED, **common)
    make_institute("over", title="Over canary", days=[soon(-9).date()], **common)
    under_way = [soon(-9).date(), soon(9).date()]
    make_institute("begun", title="Begun canary", days=under_way, deadlines=[], **common)
    shut = [("register_by", soon(-1).date(), None)]
    closed = make_institute("shut", title="Closed canary", deadlines=shut, **common)
    make_person("canary@example.org", "Person canary", staff="owner")
    make_team(closed, make_lea("3400900", "Team canary"), {"lead.canary@example.org": "teacher"})


def shown(client: Browser, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, response.status_code
    text = words(main(response.text))
    assert "canary" not in text.lower()
    return text


@pytest.mark.usefixtures("country")
def test_a_state_is_told_of_its_partnership_or_of_what_admits_it(client: Browser) -> None:
    arizona = shown(client, "/pathways/az").replace("\u202f", " ")
    vermont = client.get("/pathways/vt").text
    jersey = client.get("/pathways/nj").text

    assert "We know of no labor-management partnership of Arizona yet" in arizona
    assert "Catalyst Cohort" in arizona
    assert "Apply by Sunday, March 22, 2026, at 5:00 PM Eastern Time" in arizona.replace(
        "\u202f", " "
    )
    assert 'href="/nation/institutes/catalyst"' in client.get("/pathways/az").text
    assert 'href="https://vt.example">Vermont Partnership' in vermont
    assert "Catalyst Cohort" not in vermont
    assert "New Jersey has a partnership of its own" in jersey
    assert 'href="/lakeshore/"' in jersey
    assert "Summer Institute" in jersey
    for state in ("vt", "nj", "de"):
        shown(client, f"/pathways/{state}")


@pytest.mark.usefixtures("country")
def test_an_lea_is_told_what_admits_it_by_each_hosts_own_rules(client: Browser) -> None:
    make_lea("0400001", "Mesa Unified", state="AZ")
    make_lea("0400002", "Mesa Charter", state="AZ", kind="charter")

    found = client.get("/pathways?q=mesa&state=AZ")
    district, charter = (shown(client, f"/pathways/leas/040000{n}") for n in (1, 2))

    assert 'href="/pathways/leas/0400001"' in found.text
    assert "Catalyst Cohort" in district
    assert "Catalyst Cohort" not in charter
    assert client.get("/pathways?state=AZ").location == "/pathways/az"
    assert client.get("/pathways/zz").status_code == 404
    assert 'href="/pathways"' in client.get("/").text


@pytest.mark.usefixtures("country")
def test_the_page_asks_as_often_for_many_consortia_as_for_one(client: Browser) -> None:
    def counted() -> int:
        client.get("/pathways/az")
        with counting_queries() as queries:
            client.get("/pathways/az")
        return len(queries)

    before = counted()
    for number in range(2):
        tenant = make_tenant(f"other-{number}", states=[])
        with as_tenant(tenant.id):
            make_institute(f"open-{number}", every_state=True)

    assert counted() == before
    assert "Open-1 Institute" in client.get("/pathways/az").text
