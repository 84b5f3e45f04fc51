"""The pages of a cohort's year, as teams, facilitators and hosts use them."""

from typing import Any

import pytest
from bs4 import BeautifulSoup

from cohorts.learning.models import StaffKind
from cohorts.learning.service import staffing
from cohorts.learning.service.staffing import Assignment
from consortium.database import db
from consortium.people.models import Person
from events.institutes.models import Institute
from events.registration.models import Team
from tests.browser import Browser
from tests.factories import make_lea, make_session, make_team

GUIDE = "guide@example.org"


@pytest.fixture
def met(cohort: Institute, harbor: Team, frozen: Any) -> str:
    """Let the cohort have met once; return the address of its pages."""
    make_session(
        cohort, "m1", "2026-02-10T15:30", "2026-02-10T17:30", meeting=True, homework="Read"
    )
    frozen("2026-02-11T12:00-05:00")
    return "/lakeshore/cohorts/year"


def form_on(client: Browser, path: str) -> Any:
    return BeautifulSoup(client.get(path).text, "html.parser").main.find("form")


def test_a_facilitator_calls_the_roll_of_the_group_and_sees_no_other(
    client: Browser, cohort: Institute, harbor: Team, met: str
) -> None:
    harbor.cohort = "cohort_1"
    other = make_team(
        cohort, make_lea("3400002", "Other"), {"olaf@example.org": "teacher"}, cohort="cohort_2"
    )
    said = Assignment(email=GUIDE, name="Guide", kind=StaffKind.FACILITATOR, group="cohort_1")
    staffing.assign(cohort.id, said, by="host")
    db.session.commit()
    client.sign_in(GUIDE)
    assert "The year" in client.get("/lakeshore/mine").text
    board = client.get(met).text
    assert "Harbor" in board
    assert "Other" not in board
    assert client.get(f"/lakeshore/cohorts/teams/{other.id}").status_code == 404

    sue, uma, _ = harbor.seats
    for n in range(12):  # so many ids that they are longer than what people type
        make_team(
            cohort,
            make_lea(f"34001{n:02}", f"More {n}"),
            {f"more{n}@example.org": "teacher"},
            cohort="cohort_1",
        )
    form = form_on(client, f"{met}/meetings/m1")
    olaf = other.seats[0].person_id
    sent = {
        "among": f"{form.find(id='among')['value']} {olaf}",
        "present": [str(sue.person_id), str(uma.person_id), str(olaf)],
    }
    assert client.post(f"{met}/meetings/m1", data=sent).status_code == 302
    shown = BeautifulSoup(client.get(f"{met}/meetings/m1").text, "html.parser").main
    assert "2 of 15" in shown.text
    ticked = {box["value"] for box in shown.find_all("input", checked=True)}
    assert ticked == {str(sue.person_id), str(uma.person_id)}


def test_a_coordinator_writes_groups_and_a_name_that_is_none_is_refused(
    client: Browser, coordinator: Person, harbor: Team, met: str
) -> None:
    client.sign_in(coordinator.email)
    groups = "/lakeshore/manage/institutes/year/year/groups"
    field = f"team_{harbor.id.hex}"
    refused = client.post(groups, data={field: "both"})
    assert (refused.status_code, "no name for a group" in refused.text) == (422, True)
    assert client.post(groups, data={field: "cohort_1"}).status_code == 302
    db.session.refresh(harbor)
    assert harbor.cohort == "cohort_1"


def test_strangers_and_other_teams_find_nothing(
    client: Browser, cohort: Institute, harbor: Team, met: str
) -> None:
    make_team(cohort, make_lea("3400002", "Other"), {"olaf@example.org": "superintendent"})
    client.sign_in("olaf@example.org")
    for path in (met, f"{met}/meetings/m1", f"/lakeshore/cohorts/teams/{harbor.id}"):
        assert client.get(path).status_code == 404


@pytest.mark.parametrize("among", ["", "x", "1' OR '1'='1", "\u0000", "f" * 5000])
def test_a_roll_of_nonsense_changes_nothing_and_breaks_nothing(
    client: Browser, coordinator: Person, met: str, among: str
) -> None:
    client.sign_in(coordinator.email)
    sent = {"among": among, "present": ["nobody", ""]}
    assert client.post(f"{met}/meetings/m1", data=sent).status_code in {302, 422}
