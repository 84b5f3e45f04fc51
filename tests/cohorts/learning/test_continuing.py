"""A cohort formed from an institute's teams, by consent of both sides."""

from typing import Any

import pytest
from sqlalchemy import select

from cohorts.learning.domain.partners import TableSide
from cohorts.learning.service import continuing
from cohorts.learning.service.continuing import ContinuingRefused
from consortium.database import db
from consortium.errors import NotFound
from events.institutes.models import Institute
from events.registration.domain import RegistrationRefused
from events.registration.models import SeatStatus, Team, TeamStatus
from tests.cohorts.learning.conftest import ROSTER
from tests.events.agenda.notices.acting import waiting
from tests.factories import make_institute, make_lea, make_team


@pytest.fixture
def summer(tenant: Any) -> Team:
    """Return a team that came to an institute, with people of both sides."""
    team = make_team(make_institute("summer"), make_lea("3400001", "Harbor"), ROSTER)
    team.seats[2].role_code = "no_such_role_at_the_cohort"
    db.session.commit()
    return team


def who(team: Team) -> dict[str, Any]:
    return {seat.person.email.split("@")[0]: seat.person_id for seat in team.seats}


def ask(cohort: Institute, team: Team) -> Any:
    (row,) = continuing.ask_to_continue(cohort.id, [team.id], note="Join us", by="host")
    return row


def test_the_draft_begins_when_both_sides_agreed_and_not_before(
    app: Any, cohort: Institute, summer: Team
) -> None:
    people = who(summer)
    with app.test_request_context():
        row = ask(cohort, summer)
    assert {mail.to for mail in waiting()} == {"sue@example.org", "uma@example.org"}
    continuing.answer_continuing(row.id, people["uma"], agrees=True, by="uma")
    assert row.carried_id is None
    asked = continuing.answer_continuing(row.id, people["sue"], agrees=True, by="sue")
    assert (asked.agreed(TableSide.LABOR), asked.agreed(TableSide.MANAGEMENT)) == (True, True)
    draft = db.session.scalars(select(Team).where(Team.id == row.carried_id)).one()
    assert (draft.status, draft.lea_id) == (TeamStatus.DRAFT, summer.lea_id)
    assert [lead.person_id for lead in draft.leads] == [people["sue"]]
    named = {(seat.person_id, seat.status) for seat in draft.seats}
    assert named == {(people["sue"], SeatStatus.NAMED), (people["uma"], SeatStatus.NAMED)}
    with pytest.raises(ContinuingRefused):
        continuing.answer_continuing(row.id, people["sue"], agrees=False, by="sue")
    with pytest.raises(ContinuingRefused):
        continuing.take_question_back(cohort.id, row.id, by="host")


def test_one_no_ends_it_and_who_speaks_for_no_side_is_not_asked(
    app: Any, cohort: Institute, summer: Team
) -> None:
    people = who(summer)
    with app.test_request_context():
        row = ask(cohort, summer)
    with pytest.raises(NotFound):
        continuing.answer_continuing(row.id, people["tom"], agrees=True, by="tom")
    continuing.answer_continuing(row.id, people["sue"], agrees=False, by="sue")
    with pytest.raises(ContinuingRefused):
        continuing.answer_continuing(row.id, people["uma"], agrees=True, by="uma")


def test_whom_the_cohort_does_not_admit_or_has_already_is_not_asked(
    app: Any, cohort: Institute, summer: Team
) -> None:
    far = make_team(
        make_institute("far", every_state=True),
        make_lea("0600001", "Far", "CA"),
        {"cal@example.org": "superintendent", "una@example.org": "union_leader"},
    )
    one_sided = make_team(
        summer.institute, make_lea("3400002", "Half"), {"max@example.org": "superintendent"}
    )
    with app.test_request_context():
        with pytest.raises(RegistrationRefused):
            ask(cohort, far)
        with pytest.raises(ContinuingRefused):
            ask(cohort, one_sided)
        ask(cohort, summer)
        db.session.commit()
        with pytest.raises(ContinuingRefused):
            ask(cohort, summer)
        db.session.rollback()
    assert [team.id for team in continuing.may_be_asked(cohort.id, summer.institute_id)] == [
        one_sided.id
    ]
    (asked,) = continuing.asked_at(cohort.id)
    continuing.take_question_back(cohort.id, asked.row.id, by="host")
    assert waiting() == []
