"""The acceptance tests of the scenarios about a cohort's year, as the files expect it."""

# ruff: noqa: N802  (the names carry the acceptance ids as the files write them)

from datetime import date
from typing import Any

from bs4 import BeautifulSoup

from cohorts.learning.domain.series import Span
from cohorts.learning.service import attending, planning
from consortium.database import db
from tests.scenarios.attending import words
from tests.scenarios.programme_of import CATALYST

MEETINGS = ("kick", "s1", "s2", "s3", "s5", "s6", "s7", "s8")


def page(client: Any, path: str) -> str:
    return words(BeautifulSoup(client.get(path).text, "html.parser").find("main"))


def test_NC7_the_gap_has_its_name_in_the_teams_year(stage: Any) -> None:
    nc7 = stage(CATALYST, "NC7")
    team = nc7.seat("superintendent", {"state": "AZ"})
    gap = Span(name="spring break week", first=date(2027, 3, 29), last=date(2027, 4, 2))
    planning.add_gap(nc7.institute.id, gap, by="host")
    db.session.commit()

    name, _, following = nc7.then["gap_shown"].partition(", next is ")
    shown = page(nc7.client, f"/lakeshore/cohorts/teams/{team.id}")
    assert f"No meetings: {name}, Monday, March 29, 2027 to Friday, April 2, 2027." in shown
    assert following == "2027-04-07"
    assert "The next one is on Wednesday, April 7, 2027." in shown


def test_NC8_recording_and_homework_are_flagged_and_not_counted_as_live(stage: Any) -> None:
    nc8 = stage(CATALYST, "NC8")
    team = nc8.seat("superintendent", {"state": "AZ"})
    person_id = team.seats[0].person_id
    for code in MEETINGS:
        attending.take_roll(
            nc8.institute.id, code, present=[person_id], among=[person_id], by="guide"
        )
    db.session.commit()
    own = f"/lakeshore/cohorts/teams/{team.id}"
    assert page(nc8.client, own).count("Missed") == 2  # the meeting, and the one member
    done = nc8.client.post(f"{own}/homework/s4", data={"note": "Module 4 and the team task"})
    made_up = nc8.client.post(f"{own}/missed/s4", data={"person_id": str(person_id), "way": ""})

    assert (done.status_code, made_up.status_code) == (302, 302)
    shown = page(nc8.client, own)
    assert nc8.then == {
        "attended": "8 of 9",
        "makeup": "recording + homework, flagged not counted as live",
    }
    assert f"Meetings attended {nc8.then['attended']}" in shown
    assert "Made up by recording 1" in shown
    assert shown.count("Recording and homework: not counted as live") == 2
    assert "Missed" not in shown
