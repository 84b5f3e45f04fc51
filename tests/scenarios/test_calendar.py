"""The acceptance tests of the scenarios about calendars, as the files expect it."""

# ruff: noqa: N802  (the names carry the acceptance ids as the files write them)

from datetime import UTC
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import vobject
from icalendar import Calendar
from sqlalchemy import select

from consortium.database import db
from consortium.tenants.models import Tenant
from events.registration.models import TeamKind
from events.schedule.models import Session
from tests.browser import Browser
from tests.consortium.adapters.strict_reader import instants, read_strictly
from tests.scenarios.attending import scenario, utc
from tests.scenarios.programme_of import CALMI, CATALYST, PAL, PROGRAMMES, RUTGERS, load


def test_CA13_the_downloaded_calendar_has_wall_time_zone_and_instant(stage: Any) -> None:
    ca13 = stage(CALMI, "CA13")
    ca13.seat("superintendent")
    code = ca13.then["event"]

    assert f"DTSTART;{ca13.then['dtstart_local']}\r\n" in ca13.calendar().decode()
    assert [moment.astimezone(UTC) for moment in ca13.starts(code)] == [utc(ca13.then["utc"])] * 2


def test_PAL6_a_visitor_from_south_africa_downloads_the_right_moment(stage: Any) -> None:
    pal6 = stage(PAL, "PAL6")
    pal6.seat("visitor", state="foreign:ZA", kind=TeamKind.VISITORS)

    moments = pal6.starts(pal6.then["utc_event"])

    assert [moment.astimezone(UTC) for moment in moments] == [utc(pal6.then["dtstart_utc"])] * 2


def test_NC5_an_attendee_in_phoenix_sees_and_downloads_local_times(stage: Any) -> None:
    nc5 = stage(CATALYST, "NC5")
    nc5.seat("superintendent", {"state": "AZ", "time_zone": "America/Phoenix"})
    phoenix = ZoneInfo("America/Phoenix")

    for code in ("s5", "s6"):
        for moment in nc5.starts(code):
            assert moment.astimezone(UTC) == utc(nc5.then["utc"][code])
            local = moment.astimezone(phoenix)
            assert local.isoformat(timespec="minutes") == nc5.then[f"{code}_local"]
    page = nc5.agenda()
    assert f"{nc5.title('s5')} Cohort meeting · Online Your time: 1:30 PM MST" in page
    assert f"{nc5.title('s6')} Cohort meeting · Online Your time: 12:30 PM MST" in page


def test_NC6_an_attendee_in_seattle_sees_the_same_local_time_all_spring(stage: Any) -> None:
    nc6 = stage(CATALYST, "NC6")
    nc6.seat("superintendent", {"state": "WA", "time_zone": "America/Los_Angeles"})
    seattle = ZoneInfo("America/Los_Angeles")

    for code in ("s5", "s6"):
        for moment in nc6.starts(code):
            assert f"{moment.astimezone(seattle):%H:%M}" == nc6.then[f"{code}_local"]
    page = nc6.agenda()
    assert f"{nc6.title('s5')} Cohort meeting · Online Your time: 12:30 PM PST" in page
    assert f"{nc6.title('s6')} Cohort meeting · Online Your time: 12:30 PM PDT" in page


def test_RU7_a_winter_afternoon_is_the_right_moment(stage: Any) -> None:
    ru7 = stage(RUTGERS, "RU7")
    ru7.seat("superintendent", {"state": "NJ"}, cohort="cohort_1")

    moments = ru7.starts("net-dec")

    assert [moment.astimezone(UTC) for moment in moments] == [utc(ru7.then["dtstart_utc"])] * 2


@pytest.mark.parametrize("name", sorted(path.stem for path in PROGRAMMES.glob("*.json")))
def test_every_session_in_the_calendar_file_is_at_the_instants_of_the_scenario(
    tenant: Tenant, client: Browser, name: str
) -> None:
    institute = load(name)
    content = scenario(name)
    said = {
        one["id"]: (utc(one["start_utc"]), utc(one["end_utc"]))
        for one in (*content["sessions"], *content.get("cohort_meetings", ()))
        if "start_utc" in one
    }
    uids = {
        session.code: session.uid
        for session in db.session.scalars(
            select(Session).where(Session.institute_id == institute.id)
        )
    }

    file = client.get(f"/lakeshore/institutes/{institute.slug}/calendar.ics").data

    one = {
        str(event["UID"]): (event.start.astimezone(UTC), event.end.astimezone(UTC))
        for event in Calendar.from_ical(file).events
    }
    other = {
        event.uid.value: (
            event.dtstart.value.astimezone(UTC),
            event.dtend.value.astimezone(UTC),
        )
        for event in vobject.readOne(file.decode()).vevent_list
    }
    calendar = read_strictly(file)
    third = {event.one("UID").text: instants(event, calendar) for event in calendar.named("VEVENT")}
    assert one == other == third
    assert len(said) >= 9
    assert {code: one[uids[code]] for code in said} == said
