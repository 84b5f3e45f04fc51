"""Coordinators write an institute in the browser, without scripts."""

from datetime import date
from typing import Any

import pytest

from consortium.people.models import Person
from consortium.tenants.models import Tenant
from events.institutes.domain import Status
from events.institutes.domain.sections import Days
from events.institutes.service import get_by_slug
from events.institutes.service.sections import section_of
from events.programmes.domain import parse
from events.programmes.service import programme_of
from tests.browser import Browser
from tests.events.institutes.desk import ROOT, again, draft, filled_in, parsed, send, words
from tests.events.programmes.files import FILES, NAMES
from tests.events.programmes.loads import load


@pytest.fixture
def desk(client: Browser, tenant: Tenant, coordinator: Person) -> Browser:
    """Return a browser with the coordinator at it."""
    client.sign_in("coordinator@example.org")
    return client


def test_a_new_institute_is_a_draft_to_look_over(desk: Browser) -> None:
    answer = send(
        desk,
        f"{ROOT}/new",
        title="Summer",
        first_day="2026-06-22",
        last_day="2026-06-23",
        venue="Hall",
    )
    assert answer.headers["Location"] == f"{ROOT}/summer"
    overview = desk.get(f"{ROOT}/summer")
    assert words(overview, "h1") == ["Edit: Summer"]
    assert "Ready to be published" in overview.text
    assert words(overview, ".panel__title") == [
        "Basics", "Days", "Who may come", "How teams come in", "The team", "Roles",
        "Both sides, and reminders", "Deadlines", "Places", "Strands", "Fees",
        "Payment terms", "Hosts",
    ]  # fmt: skip


def test_a_new_institute_sent_twice_is_made_once(desk: Browser) -> None:
    fields = filled_in(parsed(desk.get(f"{ROOT}/new"))) | {"title": "Summer"}
    first, second = (desk.post(f"{ROOT}/new", data=fields) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"] == f"{ROOT}/summer"


def test_a_new_institute_without_a_title_keeps_what_was_typed(desk: Browser) -> None:
    answer = send(desk, f"{ROOT}/new", title=" ", venue="Hall", last_day="soon")
    assert answer.status_code == 422
    assert words(answer, ".error-summary li") == [
        "Give it a title.",
        "Write the day like 2027-06-21.",
    ]
    kept = parsed(answer).select_one("#venue")
    assert kept is not None
    assert kept["value"] == "Hall"


@pytest.mark.parametrize(
    "part",
    ["basics", "days", "admission", "team", "deadlines", "places", "fees", "hosts"],
)
@pytest.mark.parametrize("file", FILES, ids=NAMES)
def test_a_part_that_is_saved_untouched_stays_what_it_was(
    desk: Browser, file: Any, part: str
) -> None:
    institute = load(parse(file.read_bytes()).programme)
    before = programme_of(institute)
    answer = send(desk, f"{ROOT}/{institute.slug}/{part}")
    assert answer.status_code == 302
    assert programme_of(again(institute.slug)) == before


def test_basics_are_saved(desk: Browser) -> None:
    draft()
    send(desk, f"{ROOT}/summer/basics", title="Autumn", kind="workshop", summary="Two\nlines")
    institute = again()
    assert (institute.title, institute.kind) == ("Autumn", "workshop")
    assert institute.summary.split() == ["Two", "lines"]


def test_days_are_added_changed_and_removed(desk: Browser) -> None:
    draft(days=[date(2026, 6, 22), date(2026, 6, 23)])
    answer = send(
        desk,
        f"{ROOT}/summer/days",
        **{
            "rows-0-remove": "y",
            "rows-1-label": "Second",
            "rows-2-on": "2026-06-21",
            "rows-2-label": "Before",
            "rows-2-optional": "y",
            "rows-2-newcomers": "y",
        },
    )
    assert answer.status_code == 302
    assert [
        (day.on, day.label, day.optional, day.audience_flags)
        for day in section_of(again(), Days).days
    ] == [
        (date(2026, 6, 21), "Before", True, ("new_district", "new_member")),
        (date(2026, 6, 23), "Second", False, ()),
    ]


def test_more_rows_come_by_saving(desk: Browser) -> None:
    draft(days=[])
    answer = send(
        desk, f"{ROOT}/summer/days", **{f"rows-{n}-on": f"2026-06-2{n}" for n in range(3)}, more="1"
    )
    assert answer.headers["Location"] == f"{ROOT}/summer/days"
    assert len(parsed(desk.get(f"{ROOT}/summer/days")).select("main .panel")) == 6


def test_a_row_that_cannot_be_read_is_named(desk: Browser) -> None:
    draft(days=[])
    answer = send(
        desk, f"{ROOT}/summer/days", **{"rows-0-on": "22 June", "rows-1-label": "No date"}
    )
    assert answer.status_code == 422
    assert words(answer, ".error-summary li") == [
        "Row 1: Write the day like 2027-06-21.",
        "Row 2: Give this day its date, or empty the row.",
    ]
    assert [link["href"] for link in parsed(answer).select(".error-summary a")] == [
        "#rows-0-on",
        "#rows-1-on",
    ]


def test_a_day_that_is_there_twice_is_refused(desk: Browser) -> None:
    draft(days=[date(2026, 6, 22)])
    answer = send(desk, f"{ROOT}/summer/days", **{"rows-1-on": "2026-06-22"})
    assert (answer.status_code, words(answer, ".error-summary li")) == (
        422,
        ["The day 2026-06-22 is here twice."],
    )


def test_two_editors_see_both_versions_and_lose_nothing(desk: Browser) -> None:
    draft()
    path = f"{ROOT}/summer/basics"
    opened = filled_in(parsed(desk.get(path)))
    send(desk, path, venue="Union hall")
    answer = desk.post(path, data={**opened, "venue": "Board room"})
    assert answer.status_code == 409
    assert words(answer, "tbody tr") == ["Venue Union hall Board room"]
    assert again().venue == "Union hall"


def test_an_institute_is_published_when_it_is_ready(desk: Browser) -> None:
    draft(deadlines=[])
    missing = desk.post(f"{ROOT}/summer/publish")
    assert missing.status_code == 422
    assert [link["href"] for link in parsed(missing).select(".notice--warning a")] == [
        f"{ROOT}/summer/deadlines"
    ]
    send(desk, f"{ROOT}/summer/deadlines", **{"rows-0-on": "2026-04-01"})
    answer = desk.post(f"{ROOT}/summer/publish")
    assert answer.headers["Location"] == "/lakeshore/institutes/summer"
    assert get_by_slug("summer").status is Status.PUBLISHED


@pytest.mark.parametrize("path", ["new", "summer", "summer/basics", "summer/roles"])
def test_editing_is_for_those_who_may(
    client: Browser, tenant: Tenant, lead: Person, path: str
) -> None:
    draft()
    assert client.get(f"{ROOT}/{path}").status_code == 302
    client.sign_in("lead@example.org")
    assert client.get(f"{ROOT}/{path}").status_code == 403
