"""Calling a meeting's roll, and how a missed meeting is made up for."""

from typing import Any

import pytest
from sqlalchemy import func, select

from cohorts.learning import service as learning
from cohorts.learning.service import attending
from cohorts.learning.service.attending import AttendingRefused, Sister
from cohorts.learning.service.year import record_of_team, team_years
from consortium.audit.models import AuditEntry
from consortium.database import db
from consortium.errors import NotFound
from events.checkin.models import Scan
from events.checkin.service.desks import CheckInRefused
from events.facade import meetings as facade
from events.institutes.models import Institute
from events.registration.models import Team
from tests.factories import make_institute, make_lea, make_person, make_session, make_team


def meet(at: Institute, code: str, on: str, **more: Any) -> None:
    make_session(
        at, code, f"{on}T15:30", f"{on}T17:30", kind="cohort_meeting", meeting=True, **more
    )


def roll(cohort: Institute, code: str, *present: Any, among: Any) -> Any:
    return attending.take_roll(cohort.id, code, present=present, among=among, by="guide")


def test_the_roll_counts_hours_and_can_be_corrected_in_one_row_each(
    cohort: Institute, harbor: Team, people_of: Any, frozen: Any
) -> None:
    meet(cohort, "m1", "2026-02-10")
    frozen("2026-02-10T18:00-05:00")
    everyone = list(people_of.values())
    roll(cohort, "m1", people_of["sue"], people_of["uma"], among=everyone)
    (line,) = record_of_team(learning.team_at(harbor.id)).lines
    assert (line.people, line.both_sides) == (2, True)
    roll(cohort, "m1", people_of["sue"], among=everyone)
    roll(cohort, "m1", people_of["sue"], among=everyone)
    (line,) = record_of_team(learning.team_at(harbor.id)).lines
    assert (line.people, line.both_sides) == (1, False)
    calls = select(func.count()).where(AuditEntry.act == "call_roll")
    assert db.session.scalar(calls) == 2
    assert db.session.scalar(select(func.count(Scan.id))) == 4


def test_who_is_not_named_on_the_page_keeps_what_is_known(
    cohort: Institute, harbor: Team, people_of: Any, frozen: Any
) -> None:
    meet(cohort, "m1", "2026-02-10")
    frozen("2026-02-10T18:00-05:00")
    roll(cohort, "m1", *people_of.values(), among=people_of.values())
    changed = roll(cohort, "m1", among=[people_of["tom"]])
    assert changed.stayed_away == {people_of["tom"]}
    (line,) = record_of_team(learning.team_at(harbor.id)).lines
    assert line.people == 2


def test_a_roll_is_not_called_before_the_meeting_nor_without_a_date(
    cohort: Institute, harbor: Team, people_of: Any, frozen: Any
) -> None:
    meet(cohort, "m1", "2026-02-10")
    undated = make_session(cohort, "tbd", "2026-02-10T15:30", "2026-02-10T17:30")
    undated.starts = undated.ends = undated.starts_at = undated.ends_at = None
    frozen("2026-02-10T14:00-05:00")
    for code in ("m1", "tbd"):
        with pytest.raises(CheckInRefused):
            roll(cohort, code, people_of["sue"], among=[people_of["sue"]])
    assert db.session.scalar(select(func.count(Scan.id))) == 0


def test_persons_of_nowhere_are_not_written_down(
    cohort: Institute, harbor: Team, frozen: Any
) -> None:
    meet(cohort, "m1", "2026-02-10")
    frozen("2026-02-10T18:00-05:00")
    nobody = cohort.id
    assert roll(cohort, "m1", nobody, among=[nobody]).came == frozenset()


def test_a_sister_cohort_counts_in_the_own_record_and_on_its_roll(
    cohort: Institute, harbor: Team, people_of: Any, frozen: Any
) -> None:
    meet(cohort, "m1", "2026-02-10")
    sister = make_institute("sister", kind="cohort", title="The sister")
    meet(sister, "s1", "2026-02-17")
    frozen("2026-02-18T12:00-05:00")
    attending.make_up(
        harbor.id, people_of["uma"], "m1", sister=Sister(institute_id=sister.id, code="s1"), by="x"
    )
    record = record_of_team(learning.team_at(harbor.id))
    assert (record.attended, record.held) == (1, 1)
    assert people_of["uma"] in facade.present_at(sister.id)[facade.meeting_at(sister.id, "s1").id]
    db.session.commit()
    with pytest.raises(AttendingRefused, match="already"):
        attending.make_up(harbor.id, people_of["uma"], "m1", by="x")
    db.session.rollback()
    attending.undo_make_up(harbor.id, people_of["uma"], "m1", by="x")
    assert record_of_team(learning.team_at(harbor.id)).attended == 0


def test_only_who_missed_a_meeting_that_is_over_makes_up_for_it(
    cohort: Institute, harbor: Team, people_of: Any, frozen: Any
) -> None:
    meet(cohort, "m1", "2026-02-10")
    meet(cohort, "m2", "2026-02-24")
    meet(cohort, "other", "2026-02-10", cohort="cohort_2")
    frozen("2026-02-11T12:00-05:00")
    roll(cohort, "m1", people_of["sue"], among=people_of.values())
    refused = [
        (people_of["sue"], "m1", None),
        (people_of["uma"], "m2", None),
        (people_of["uma"], "other", None),
        (people_of["uma"], "m1", Sister(institute_id=cohort.id, code="m1")),
        (people_of["uma"], "m1", Sister(institute_id=cohort.id, code="m2")),
    ]
    for person_id, code, sister in refused:
        with pytest.raises(AttendingRefused):
            attending.make_up(harbor.id, person_id, code, sister=sister, by="x")
    stranger = make_person("stranger@example.org")
    with pytest.raises(NotFound):
        attending.make_up(harbor.id, stranger.id, "m1", by="x")


def test_homework_is_handed_in_once_replaced_and_taken_back(
    cohort: Institute, harbor: Team, frozen: Any
) -> None:
    meet(cohort, "m1", "2026-02-10", homework="Read chapter 1")
    meet(cohort, "m2", "2026-02-12")
    frozen("2026-02-13T12:00-05:00")
    for note in ("First", "Better"):
        done = attending.hand_homework_in(harbor.id, "m1", note=note, link="", by="sue")
    assert done.note == "Better"
    assert record_of_team(learning.team_at(harbor.id)).homework_open == 0
    attending.take_homework_back(harbor.id, "m1", by="sue")
    assert record_of_team(learning.team_at(harbor.id)).homework_open == 1
    with pytest.raises(AttendingRefused):
        attending.hand_homework_in(harbor.id, "m2", note="x", link="", by="sue")
    with pytest.raises(NotFound):
        attending.take_homework_back(harbor.id, "m1", by="sue")


def test_a_team_is_not_asked_about_another_districts_people(
    cohort: Institute, harbor: Team, people_of: Any, frozen: Any
) -> None:
    make_team(cohort, make_lea("3400002", "Other"), {"olaf@example.org": "superintendent"})
    meet(cohort, "m1", "2026-02-10")
    frozen("2026-02-10T18:00-05:00")
    roll(cohort, "m1", people_of["sue"], among=people_of.values())
    records = {one.team.name: one.record.attended for one in team_years(cohort.id)}
    assert records == {"Harbor": 1, "Other": 0}
