"""The schedule of a real conference loads as a programme, and its calendar agrees with it."""

import html
import io
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import icalendar
import pytest
import vobject
from bs4 import BeautifulSoup

from consortium.people.models import Person
from consortium.tenants.models import Tenant
from events.institutes.domain import Status
from events.institutes.service import get_by_slug
from events.schedule.domain import ClashKind
from events.schedule.service import every_session_of
from events.schedule.service.crowds import clashes_at
from tests.browser import Browser

SLUG = "djangocon-us-2024"


@pytest.fixture
def desk(client: Browser, tenant: Tenant, coordinator: Person) -> Browser:
    """Return a browser with the coordinator at it, who has uploaded nothing yet."""
    client.sign_in("coordinator@example.org")
    return client


def upload(desk: Browser, content: bytes, **beside: str) -> BeautifulSoup:
    path = "/lakeshore/manage/programme-file"
    answer = desk.post(path, data={"file": (io.BytesIO(content), "schedule.json"), **beside})
    return BeautifulSoup(answer.text, "html.parser")


def press(desk: Browser, page: BeautifulSoup, **ticks: str) -> Any:
    fields = {
        tag["name"]: tag.get("value", "") for tag in page.select("main form input[type=hidden]")
    }
    return desk.post("/lakeshore/manage/programme-file", data={**fields, **ticks})


def expected(path: Path) -> set[tuple[str, datetime, datetime, str]]:
    return {
        (
            html.unescape(item["title"]),
            datetime.fromisoformat(item["start"]).astimezone(UTC),
            datetime.fromisoformat(item["end"]).astimezone(UTC),
            item["room"],
        )
        for item in json.loads(path.read_text())["sessions"]
    }


def test_all_sessions_load_and_the_calendar_agrees_time_by_time(
    desk: Browser, conference_schedule: Path
) -> None:
    page = upload(desk, conference_schedule.read_bytes())
    said = [one.get_text(" ", strip=True) for one in page.select(".findings li")]
    assert [one for one in said if "America/New_York" in one] == []  # the consortium's own zone
    assert [one for one in said if one.startswith("$.sessions[94].room Caktus Group is used")]
    tick = page.select_one("input[name=publish]")
    assert tick is not None
    assert not tick.has_attr("checked")
    assert press(desk, page).status_code == 302
    assert get_by_slug(SLUG, drafts=True).status is Status.DRAFT
    press(desk, upload(desk, conference_schedule.read_bytes()), publish="y")
    institute = get_by_slug(SLUG)
    assert {role.code for role in institute.roles} >= {"superintendent", "board_member"}

    text = desk.get(f"/lakeshore/institutes/{SLUG}/calendar.ics").text
    events = icalendar.Calendar.from_ical(text).walk("VEVENT")
    read = {
        (
            str(event["SUMMARY"]),
            event["DTSTART"].dt.astimezone(UTC),
            event["DTEND"].dt.astimezone(UTC),
            str(event["LOCATION"]),
        )
        for event in events
    }
    assert (len(events), read) == (96, expected(conference_schedule))
    again = {
        (
            event.summary.value,
            event.dtstart.value.astimezone(UTC),
            event.dtend.value.astimezone(UTC),
            event.location.value,
        )
        for event in vobject.readOne(text).vevent_list
    }
    assert again == expected(conference_schedule)

    planned = [session.planned for session in every_session_of(institute.id)]
    rooms = [one for one in clashes_at(institute, planned) if one.kind is ClashKind.ROOM]
    assert [one.about for one in rooms] == ["Caktus Group"]


def test_loaded_again_it_changes_nothing_and_leaves_registration_alone(
    desk: Browser, conference_schedule: Path
) -> None:
    press(desk, upload(desk, conference_schedule.read_bytes()), publish="y")
    page = upload(desk, conference_schedule.read_bytes())
    assert "loading it changes nothing" in page.get_text()
    rounds = upload(desk, conference_schedule.read_bytes(), rounds="y")
    changes = [row.get_text(" ", strip=True) for row in rounds.select("table tbody tr")]
    assert changes
    assert all(": Round " in change for change in changes)
