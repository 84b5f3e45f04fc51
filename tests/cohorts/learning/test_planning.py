"""Series, houses, snow dates and gaps of a cohort."""

from datetime import date, datetime, time
from typing import Any

import pytest
from flask import Flask

from cohorts.learning.domain.series import Cadence, SeriesRefused, Span
from cohorts.learning.models import House
from cohorts.learning.service import planning
from cohorts.learning.service.planning import Facts, Series
from cohorts.learning.service.year import year_of
from consortium.database import db
from consortium.errors import Conflict
from events.agenda.jobs.notices import tell_of_changes
from events.facade import meetings as facade
from events.facade.meetings import MeetingRefused
from events.institutes.models import Institute
from events.registration.models import Team
from tests.calendars import deliver, files_of, sent_to
from tests.events.agenda.notices.acting import at, tell
from tests.factories import make_lea, make_session, make_team


def wanted(**more: Any) -> Series:
    values: dict[str, Any] = {
        "title": "Network meeting",
        "cadence": Cadence.WEEKLY,
        "first": date(2026, 9, 9),
        "meetings": 3,
        "begins": time(16),
        "ends": time(18),
    }
    return Series(**values | more)


def dates(cohort: Institute) -> list[str]:
    meetings = facade.meetings_of(cohort.id, drafts=True)
    return [one.starts.date().isoformat() if one.starts else "" for one in meetings]


def test_a_series_leaves_out_the_states_holidays_and_named_gaps(cohort: Institute) -> None:
    planning.add_gap(
        cohort.id,
        Span(name="convention", first=date(2026, 11, 4), last=date(2026, 11, 6)),
        by="host",
    )
    planning.plan_series(
        cohort.id, wanted(first=date(2026, 10, 28), meetings=3, state="NJ"), by="host"
    )
    assert dates(cohort) == ["2026-10-28", "2026-11-18", "2026-11-25"]


def test_a_series_without_a_first_day_stands_as_to_be_set_and_goes_on_counting(
    cohort: Institute,
) -> None:
    planning.plan_series(cohort.id, wanted(first=None, meetings=2), by="host")
    planning.plan_series(cohort.id, wanted(meetings=1), by="host")
    titles = [one.title for one in facade.meetings_of(cohort.id, drafts=True)]
    assert sorted(titles) == [f"Network meeting {n}" for n in (1, 2, 3)]
    assert dates(cohort) == ["2026-09-09", "", ""]


def test_meetings_keep_their_clock_over_the_change_and_a_missing_hour_is_refused(
    cohort: Institute,
) -> None:
    planning.plan_series(cohort.id, wanted(first=date(2026, 10, 28), meetings=2), by="host")
    hours = [
        one.starts_at.hour for one in facade.meetings_of(cohort.id, drafts=True) if one.starts_at
    ]
    assert hours == [20, 21]
    with pytest.raises(MeetingRefused):
        planning.plan_series(
            cohort.id,
            wanted(first=date(2027, 3, 14), meetings=1, begins=time(2, 30), ends=time(4)),
            by="host",
        )


def test_a_series_that_ends_before_it_begins_or_of_no_state_is_refused(cohort: Institute) -> None:
    for bad in (wanted(begins=time(18)), wanted(state="XX"), wanted(first=None, meetings=0)):
        with pytest.raises(SeriesRefused):
            planning.plan_series(cohort.id, bad, by="host")


def test_the_snow_date_keeps_the_uid_raises_the_sequence_and_tells_only_the_group(
    app: Flask, mailer: Any, cohort: Institute, harbor: Team
) -> None:
    harbor.cohort = "cohort_1"
    make_team(
        cohort, make_lea("3400002", "Other"), {"olaf@example.org": "teacher"}, cohort="cohort_2"
    )
    make_session(
        cohort, "m1", "2026-12-09T16:00", "2026-12-09T18:00", meeting=True, cohort="cohort_1"
    )
    make_session(cohort, "m2", "2026-12-10T16:00", "2026-12-10T18:00", meeting=True)
    tell(cohort)
    deliver(app)
    mailer.sent.clear()
    before = facade.meeting_at(cohort.id, "m1")
    said = Facts(
        house=House.LABOR,
        house_name="Harbor teachers' hall",
        snow_starts=at("2026-12-16T16:00"),
        snow_ends=at("2026-12-16T18:00"),
    )
    planning.put_facts(cohort.id, "m1", said, version=0, by="host")
    planning.hold_on_snow_date(cohort.id, "m1", version=before.version, by="host")
    db.session.commit()
    tell_of_changes(None)  # type: ignore[arg-type]
    deliver(app)

    after = facade.meeting_at(cohort.id, "m1")
    assert (after.uid, after.sequence) == (before.uid, before.sequence + 1)
    assert {mail.to for mail in mailer.sent} == {seat.person.email for seat in harbor.seats}
    (mail,) = sent_to(mailer, "sue@example.org")
    (file,) = files_of(mail)
    assert (file["UID"], file["SEQUENCE"], file["DTSTART"]) == (
        before.uid,
        "1",
        "20261216T160000",
    )
    assert "Bad weather" in mail.text
    with pytest.raises(SeriesRefused):
        planning.hold_on_snow_date(cohort.id, "m1", version=after.version, by="host")


def test_facts_are_not_overwritten_unseen_and_a_snow_date_lies_after_the_meeting(
    cohort: Institute,
) -> None:
    make_session(cohort, "m1", "2026-12-09T16:00", "2026-12-09T18:00", meeting=True)
    planning.put_facts(cohort.id, "m1", Facts(house=House.BOARD), version=0, by="host")
    with pytest.raises(Conflict):
        planning.put_facts(cohort.id, "m1", Facts(), version=0, by="host")
    for starts, ends in (
        (datetime(2026, 12, 8, 16), datetime(2026, 12, 8, 18)),
        (datetime(2026, 12, 16, 18), datetime(2026, 12, 16, 16)),
        (datetime(2026, 12, 16, 18), None),
    ):
        with pytest.raises(SeriesRefused):
            planning.put_facts(
                cohort.id, "m1", Facts(snow_starts=starts, snow_ends=ends), version=1, by="host"
            )


def test_a_gap_stands_between_the_meetings_around_it(cohort: Institute) -> None:
    for code, on in (("m1", "2027-03-24"), ("m2", "2027-04-07"), ("m3", "2027-04-14")):
        make_session(cohort, code, f"{on}T16:00", f"{on}T18:00", meeting=True)
    gap = Span(name="spring break", first=date(2027, 3, 29), last=date(2027, 4, 2))
    row = planning.add_gap(cohort.id, gap, by="host")
    assert [one.gaps_before for one in year_of(cohort.id)] == [(), (gap,), ()]
    planning.remove_gap(cohort.id, row.id, by="host")
    assert [one.gaps_before for one in year_of(cohort.id)] == [(), (), ()]
