"""Standing meetings on their pages: begun, kept, corrected; by both sides and the host alone."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from cohorts.structures import service as structures
from cohorts.structures.domain.years import Span
from cohorts.structures.models import Body, BodyMeeting
from consortium.database import db
from consortium.tenants.models import Tenant
from tests.browser import Browser
from tests.cohorts.handover.stage import TODAY, Stage, make_stage

MET = {
    "on": "2026-02-10",
    "house": "labor",
    "labor_came": "4",
    "management_came": "3",
    "decisions": "Start somewhere.",
    "next_on": "2026-03-10",
}


@pytest.fixture
def stage(tenant: Tenant) -> Stage:
    return make_stage()


def words(text: str) -> str:
    return " ".join(BeautifulSoup(text, "html.parser").main.get_text(" ").split())


def test_a_lead_begins_a_body_logs_its_meetings_and_both_sides_read_it(
    client: Browser, stage: Stage
) -> None:
    own = f"/lakeshore/partnerships/{stage.partnership.id}"
    client.sign_in("ana1@example.org")
    missing = {"kind": "school_team", "cadence": "monthly", "begins_on": "2025-09-01"}
    refused = client.post(f"{own}/begin-body", data=missing)
    assert refused.status_code == 422
    assert "Write which school it belongs to." in refused.text
    begun = {
        **missing,
        "kind": "district_team",
        "rows-0-side": "labor",
        "rows-0-office": "President",
        "rows-0-person": str(stage.person("ana").id),
        "rows-1-side": "management",
        "rows-1-office": "Superintendent",
        "rows-1-person": "",
    }
    assert client.post(f"{own}/begin-body", data=begun).status_code == 302
    again = client.post(f"{own}/begin-body", data=begun)
    assert "“District leadership team” is written down already." in again.text
    body = db.session.scalars(select(Body)).one()
    assert [(one.office, one.name) for one in body.members] == [
        ("President", "Ana1"),
        ("Superintendent", ""),
    ]

    log = f"{own}/bodies/{body.id}/log"
    assert client.post(log, data=MET).status_code == 302
    twice = client.post(log, data=MET)
    assert "This day is in the log already." in twice.text
    early = client.post(log, data={**MET, "on": "2026-03-03"})
    assert "This day has not come yet." in early.text
    nobody = client.post(
        log, data={**MET, "on": "2026-02-17", "labor_came": "0", "management_came": "0"}
    )
    assert "Nobody came?" in nobody.text

    client.sign_in("sam1@example.org")
    page = words(client.get(f"{own}/bodies/{body.id}").text)
    assert "Next date: Tuesday, March 10, 2026" in page
    assert "Start somewhere." in page
    years = words(client.get(f"{own}/years").text)
    assert "met once (meant: 5), 1 with both sides" in years
    client.sign_in("bo1@example.org")
    assert "It met: write it down" not in client.get(f"{own}/bodies/{body.id}").text
    assert client.get(log).status_code == 404


def test_two_who_change_a_body_at_once_both_see_both_versions(
    client: Browser, stage: Stage
) -> None:
    own = f"/lakeshore/partnerships/{stage.partnership.id}"
    client.sign_in("ana1@example.org")
    begun = {"kind": "district_team", "cadence": "monthly", "begins_on": "2025-09-01"}
    client.post(f"{own}/begin-body", data=begun)
    body = db.session.scalars(select(Body)).one()
    change = f"{own}/bodies/{body.id}/change"
    client.post(change, data={**begun, "version": "1", "cadence": "weekly"})
    late = client.post(change, data={**begun, "version": "1", "cadence": "quarterly"})
    assert late.status_code == 409
    page = words(late.text)
    assert "Every week" in page
    assert "Every three months" in page
    kept = client.post(change, data={**begun, "version": "2", "cadence": "quarterly"})
    assert kept.status_code == 302
    end = f"{own}/bodies/{body.id}/end"
    assert "lies before the first day" in client.post(end, data={"ends_on": "2025-08-31"}).text
    client.post(end, data={"ends_on": "2026-02-28"})
    assert "Ended on Saturday, February 28, 2026." in words(
        client.get(f"{own}/bodies/{body.id}").text
    )


def test_reports_count_what_partnerships_keep_and_name_nobody(
    client: Browser, stage: Stage
) -> None:
    own = f"/lakeshore/partnerships/{stage.partnership.id}"
    client.sign_in("ana1@example.org")
    begun = {"kind": "district_team", "cadence": "monthly", "begins_on": "2025-09-01"}
    client.post(f"{own}/begin-body", data=begun)
    body = db.session.scalars(select(Body)).one()
    client.post(f"{own}/bodies/{body.id}/log", data=MET)
    client.post(f"{own}/bodies/{body.id}/log", data={**MET, "on": "2026-02-17", "labor_came": "0"})
    period = Span(first=TODAY - timedelta(days=62), last=TODAY)

    def kept() -> tuple[int | None, int, int]:
        logs = structures.meetings_of([body.id])
        found = structures.kept_by([body], logs, period, TODAY)[body.id]
        return found.expected, found.met, found.both_sides

    assert kept() == (2, 2, 1)
    meeting = db.session.scalars(select(BodyMeeting).order_by(BodyMeeting.on)).all()[-1]
    assert meeting.on == date(2026, 2, 17)
    client.post(f"{own}/bodies/{body.id}/meetings/{meeting.id}/strike")
    assert kept() == (2, 1, 1)
