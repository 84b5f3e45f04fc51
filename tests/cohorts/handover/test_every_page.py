"""The hosts' list of every partnership: where it works, who coaches it, whether it is at risk."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup

from cohorts.learning import service as learning
from cohorts.learning.models import CohortStaff, StaffKind
from consortium import clock
from consortium.database import db, transaction
from consortium.tenants.models import Tenant
from tests.browser import Browser
from tests.cohorts.handover.stage import TODAY, make_stage
from tests.factories import make_lea, make_person, make_team
from tests.queries import counting_queries

PAGE = "/lakeshore/manage/partnerships"


@pytest.fixture
def host(client: Browser, tenant: Tenant) -> Browser:
    client.sign_in(make_person("cora@example.org", staff="coordinator").email)
    return client


def lines(html: str) -> list[list[str]]:
    """Return what the list says, a list of cells a line."""
    rows = BeautifulSoup(html, "html.parser").select("tbody tr")
    return [[" ".join(c.get_text(" ").split()) for c in row.select("th, td")] for row in rows]


def test_hosts_see_every_partnership_and_find_one(host: Browser) -> None:
    assert "There is none yet." in host.get(PAGE).text
    one = make_stage(1)
    one.leave("sam", left_on=TODAY - timedelta(days=32))
    make_stage(2, days=[date(2025, 2, 1), date(2025, 9, 1)])
    elm = make_team(
        one.institute,
        make_lea("3499999", "Élan Regional", state="DE"),
        {"pia@example.org": "principal"},
        site="Elm School",
        cohort="B",
    )
    with transaction():
        learning.partnership_of_team(elm.id)
        for person, group in (("Kit Coach", ""), ("Bea Coach", "B")):
            db.session.add(
                CohortStaff(
                    institute_id=one.institute.id,
                    person_id=make_person(f"coach{group}@example.org", person).id,
                    kind=StaffKind.COACH,
                    group=group,
                    since=clock.now(),
                )
            )
    district, ended, school = lines(host.get(PAGE).text)

    assert district[:4] == ["District 1", "NJ", "Cohort-1 Institute", "Kit Coach"]
    assert "office is empty" in district[4]
    assert ended[:4] == ["District 2", "NJ", "Cohort-2 Institute (over)", "nobody"]
    assert school[0] == "Élan Regional, Elm School"
    assert school[2:4] == ["Cohort-1 Institute (B)", "Bea Coach, Kit Coach"]
    for query, names in (
        ("?q=ELAN elm", ["Élan Regional, Elm School"]),
        ("?q=district&state=NJ", ["District 1", "District 2"]),
        ("?state=DE", ["Élan Regional, Elm School"]),
        ("?page=99", ["District 1", "District 2", "Élan Regional, Elm School"]),
    ):
        assert [line[0] for line in lines(host.get(PAGE + query).text)] == names
    assert "No partnership fits." in host.get(f"{PAGE}?q=nowhere").text


def test_the_list_asks_the_database_as_often_for_three_as_for_one(host: Browser) -> None:
    stage = make_stage(1)
    counts = []
    for number in range(2, 5):
        if number in {2, 4}:
            db.session.expire_all()
            with counting_queries() as count:
                host.get(PAGE)
            counts.append(len(count))
        team = make_team(
            stage.institute,
            make_lea(f"34{number:05}", f"District {number}"),
            {f"sue{number}@example.org": "superintendent"},
        )
        with transaction():
            learning.partnership_of_team(team.id)
    assert counts[0] == counts[1]


def test_only_who_reads_names_here_sees_the_list(client: Browser, tenant: Tenant) -> None:
    make_stage(1)
    for email, staff in (("sam1@example.org", None), ("vi@example.org", "viewer")):
        if staff:
            make_person(email, staff=staff)
        client.sign_in(email)
        assert client.get(PAGE).status_code == 403
