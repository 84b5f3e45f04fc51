"""Great Lakes TURN (open), the Catalyst cohort (two hard leaders), ABC's visitors."""

# ruff: noqa: N802  (the names carry the acceptance ids as the files write them)

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from flask import Flask
from icalendar import Calendar

from consortium import clock
from events.registration.models import SeatStatus, TeamKind, TeamStatus
from tests.calendars import deliver, sent_to
from tests.scenarios.programme_of import CATALYST, GREAT_LAKES, PAL
from tests.scenarios.registering import Scene, district, words

Scenes = Callable[[str, str], Scene]


def test_IL3_the_day_after_closing_without_a_waitlist_a_team_is_refused_with_the_contact(
    scene: Scenes,
) -> None:
    here = scene(GREAT_LAKES, "IL3")

    response = here.start(district("Elgin U-46", "IL"))

    assert here.then["result"].startswith("refused")
    assert response.status_code == 422
    assert (
        "Registration closed on Tuesday, November 12, 2019, at 11:59 PM Central Time, and there "
        "is no waitlist. To ask the host, write to hello@lakeshore.example.org." in words(response)
    )


def test_IL10_an_open_institute_shows_the_sides_and_never_blocks(scene: Scenes) -> None:
    here = scene(GREAT_LAKES, "IL10")
    here.draft(district("Elgin U-46", "IL"), "union_leader", "teacher", "teacher")

    here.submit()

    assert here.team.status is TeamStatus.REGISTERED
    assert (here.team.complete, here.team.missing) == (here.then["complete"], [])
    assert "Sides at your table: Labor 3." in here.page()


def test_NC10_a_honolulu_district_is_in_time_by_the_hosts_clock(scene: Scenes) -> None:
    here = scene(CATALYST, "NC10")
    here.draft(
        district("Hawaii Department of Education", "HI", time_zone="Pacific/Honolulu"),
        "superintendent",
        "union_leader",
        "principal",
        "building_rep",
        "building_rep",
    )

    here.submit()

    assert clock.now().astimezone(UTC) == datetime.fromisoformat(here.then["utc_of_submit"])
    assert here.then["accepted"] is True
    assert (here.team.status, here.team.complete) == (TeamStatus.REGISTERED, True)
    assert here.team.registered_at == datetime.fromisoformat(here.then["utc_of_submit"])


def test_NC10_two_minutes_later_it_is_too_late(scene: Scenes) -> None:
    here = scene(CATALYST, "NC10")
    here.go_to("2027-01-09T05:00:00+00:00")

    response = here.start(district("Hawaii Department of Education", "HI"))

    assert "Registration closed on Friday, January 8, 2027, at 11:59 PM Eastern Time" in words(
        response
    )


def test_NC10_the_two_leaders_are_hard_and_the_board_member_ideal(scene: Scenes) -> None:
    here = scene(CATALYST, "NC10")
    here.draft(
        district("Hawaii Department of Education", "HI"),
        "superintendent",
        "principal",
        "building_rep",
        "building_rep",
        "esp",
    )

    response = here.submit()

    assert response.status_code == 422
    page = words(response)
    assert "Local association president: Nobody is named yet; at least 1 should come." in page
    assert "Ideally someone comes in this role. Your team can do without." in page
    assert here.team.status is TeamStatus.DRAFT


def test_PAL6_a_visitor_from_south_africa_is_accepted_with_an_international_number(
    app: Flask, mailer: Any, scene: Scenes
) -> None:
    here = scene(PAL, "PAL6")
    here.sign_in("thandi@cape.example.org")

    here.client.post(
        f"/lakeshore/institutes/{here.slug}/visit",
        data={
            "name": "Thandi Nkosi",
            "organisation": "Western Cape Education",
            "place": "foreign:ZA",
            "phone": "021 467 2000",
        },
    )

    team = here.team
    assert here.then["accepted"] is True
    assert (team.kind, team.status, team.state) == (
        TeamKind.VISITORS,
        TeamStatus.REGISTERED,
        "foreign:ZA",
    )
    (seat,) = team.seats
    assert here.then["phone_format"] == "international"
    assert (seat.status, seat.phone) == (SeatStatus.CONFIRMED, "+27214672000")
    deliver(app)
    (letter,) = sent_to(mailer, "thandi@cape.example.org")
    files = {part.filename: part.content for part in letter.attachments}
    (event,) = Calendar.from_ical(files[f"{here.then['utc_event']}.ics"]).events
    assert event.start.astimezone(UTC) == datetime.fromisoformat(here.then["dtstart_utc"])
