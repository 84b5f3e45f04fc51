"""The pages of reports: asked for, looked at, published, read, refused."""

import pytest
from bs4 import BeautifulSoup

from consortium.database import db
from consortium.people.models import Person
from consortium.tenants.models import Tenant
from tests.browser import Browser
from tests.cohorts.reports.stage import grant_for, hold
from tests.factories import make_person

NJ = {"superintendent": 6, "union_leader": 7}
ASKED = {"kind": "reach", "first": "2025-07-01", "last": "2026-06-30", "grant": "", "states": ""}


@pytest.fixture
def signed_in(client: Browser, coordinator: Person) -> Browser:
    client.sign_in(coordinator.email)
    return client


def test_a_report_is_shown_as_it_will_be_read_published_and_read(
    signed_in: Browser, tenant: Tenant, noon: object
) -> None:
    hold("workshop", {"NJ": NJ, "DE": {"principal": 3}})
    page = signed_in.get("/lakeshore/reports/new", query_string=ASKED)
    sent = {
        one["name"]: one["value"]
        for one in BeautifulSoup(page.text, "html.parser").select(
            "form[action='/lakeshore/reports/publish'] input[type=hidden]"
        )
    }
    assert {name: sent[name] for name in ASKED} == ASKED

    answer = signed_in.post("/lakeshore/reports/publish", data=sent)
    again = signed_in.post("/lakeshore/reports/publish", data=sent)

    assert answer.status_code == 302
    assert answer.location == again.location
    make_person("helen@example.org", "Helen", staff="viewer")
    signed_in.sign_in("helen@example.org")
    report = signed_in.get(answer.location).text
    assert "Fewer than" not in report
    assert "– stands for a figure about fewer than five people" in report
    assert "@example.org" not in BeautifulSoup(report, "html.parser").main.text
    for kind in ("csv", "xlsx", "pdf"):
        first = signed_in.get(f"{answer.location}.{kind}")
        assert first.status_code == 200
        assert first.data == signed_in.get(f"{answer.location}.{kind}").data
        assert f"lakeshore-RP-2026-0001.{kind}" in first.headers["Content-Disposition"]
    assert signed_in.get("/lakeshore/reports/dashboard").status_code == 403


def test_a_report_that_would_tell_three_people_says_why_and_what_to_ask(
    signed_in: Browser, tenant: Tenant, noon: object
) -> None:
    one = hold("one", {"NJ": NJ})
    grants = [grant_for("S-1", one), grant_for("S-2", one, hold("two", {"NJ": {"principal": 3}}))]
    db.session.commit()
    first, second = (
        signed_in.post("/lakeshore/reports/publish", data={**ASKED, "grant": str(grant_id)})
        for grant_id in [grant.id for grant in grants]
    )

    assert (first.status_code, second.status_code) == (302, 422)
    assert "Together with RP-2026-0001" in second.text
    assert "Ask for the same institutes and states" in second.text


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"first": "2026-07-01"}, "The last day lies before the first day."),
        ({"last": "2199-01-01"}, "Ask for ten years at most."),
        ({"states": "NJ, Zork"}, "“ZORK” is no state."),
        ({"kind": "funder"}, "Choose the grant that this report is about."),
        ({"kind": "money"}, "This report is about money."),
        ({"kind": "\x00"}, "Not a valid choice"),
        ({"first": ""}, "Choose a first day."),
    ],
)
def test_what_cannot_be_reported_is_said_in_words(
    signed_in: Browser, tenant: Tenant, wrong: dict[str, str], told: str
) -> None:
    page = signed_in.get("/lakeshore/reports/new", query_string={**ASKED, **wrong})

    assert page.status_code == 422
    assert told in page.text


def test_a_grant_that_somebody_changed_meanwhile_shows_both(
    signed_in: Browser, tenant: Tenant
) -> None:
    grant = grant_for("S-1")
    db.session.commit()
    path = f"/lakeshore/reports/grants/{grant.id}"
    sent = {
        "funder": "NEA", "number": "S-1", "title": "Other", "first_day": "2025-07-01",
        "last_day": "2026-06-30", "amount": "25,000", "cash_match": "", "in_kind": "5000",
    }  # fmt: skip

    assert signed_in.post(path, data={**sent, "version": "1"}).status_code == 302
    stale = signed_in.post(path, data={**sent, "title": "Third", "version": "1"})
    assert stale.status_code == 409
    assert "Other" in stale.text
    assert "Third" in stale.text
    wrong = signed_in.post(path, data={**sent, "amount": "many", "version": "2"})
    assert "Write a price in dollars" in wrong.text


def test_the_dashboard_draws_states_and_hides_nothing_from_staff(
    signed_in: Browser, tenant: Tenant, noon: object
) -> None:
    hold("workshop", {"NJ": NJ, "DE": {"principal": 3}})
    page = BeautifulSoup(signed_in.get("/lakeshore/reports/dashboard").text, "html.parser")

    assert "Delaware: 1. New Jersey: 1." in page.svg.desc.text
    rows = {row.th.text: [cell.text for cell in row("td")] for row in page.table.tbody("tr")}
    assert rows["Delaware"] == ["1", "1", "3"]
    assert "Fees by institute" not in page.text
