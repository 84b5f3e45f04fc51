"""What ``consortium verify`` finds of partnerships and years."""

from typing import Any

import pytest

from cohorts.learning import service as learning
from cohorts.learning.models import CohortStaff, Continuing, HomeworkDone, StaffKind
from cohorts.learning.service.invariants import CHECKS
from consortium import clock
from consortium.database import db
from events.institutes.models import Institute
from events.registration.models import Team
from tests.factories import make_institute, make_person, make_session


def found() -> set[str]:
    return {check.code for check in CHECKS if list(check.find())}


def break_nothing(_harbor: Team) -> None:
    """Leave everything as it should be."""


def forget_partnership(harbor: Team) -> None:
    db.session.delete(learning.partnership_of_place(harbor.lea_id or ""))


def hand_in_elsewhere(harbor: Team) -> None:
    meeting = make_session(make_institute("other"), "m1", "2026-02-10T15:30", "2026-02-10T17:30")
    db.session.add(
        HomeworkDone(team_id=harbor.id, session_id=meeting.id, at=clock.now(), by="test")
    )


def coach_elsewhere(harbor: Team) -> None:
    db.session.add(
        CohortStaff(
            institute_id=make_institute("other").id,
            person_id=make_person("coach@example.org").id,
            kind=StaffKind.COACH,
            team_id=harbor.id,
            since=clock.now(),
        )
    )


def go_elsewhere(harbor: Team) -> None:
    sue = harbor.seats[0].person_id
    db.session.add(
        Continuing(
            institute_id=make_institute("other").id,
            team_id=harbor.id,
            asked_by="host",
            asked_at=clock.now(),
            labor_id=sue,
            labor_at=clock.now(),
            management_id=sue,
            management_at=clock.now(),
            carried_id=harbor.id,
        )
    )


@pytest.mark.parametrize(
    ("break_it", "code"),
    [
        (break_nothing, None),
        (forget_partnership, "I70-partnership"),
        (hand_in_elsewhere, "I71-year"),
        (coach_elsewhere, "I71-year"),
        (go_elsewhere, "I72-continuing"),
    ],
)
def test_each_check_finds_what_it_is_for_and_nothing_else(
    cohort: Institute, harbor: Team, break_it: Any, code: str | None
) -> None:
    learning.partnership_of_team(harbor.id)
    break_it(harbor)
    db.session.flush()
    assert found() == ({code} if code else set())
