"""Reminders of answers: to those who owe one, not saying what was asked in confidence."""

from consortium.people.models import Person
from events.board.domain.reminders import Kind
from events.board.service.reminders import remind, reminders_due
from events.registration.models import Seat, SeatStatus, Team
from events.registration.service import answers
from tests.events.questions.builders import answer, ask, ask_team, seat_holder, team_holder
from tests.events.registration.builders import letters
from tests.factories import make_institute, make_lea, make_team

ADA, BO = "ada@example.org", "bo@example.org"


def owing() -> tuple[Team, Seat, Seat]:
    institute = make_institute()
    members = {ADA: "superintendent", BO: "principal"}
    team = make_team(institute, make_lea("3400001", "Oak Park"), members)
    ask(institute, "health", required=True, sensitive=True)
    ask_team(institute, "topic", required=True)
    ada, bo = team.seats
    return team, ada, bo


def test_who_owes_an_answer_is_reminded_and_nobody_else(coordinator: Person) -> None:
    team, ada, bo = owing()
    institute = team.institute
    answer(seat_holder(institute, ada), health="well")

    assert remind(institute, {Kind.ANSWER}, by="c@example.org") == (2, 0)

    (to_lead,), (to_member,) = letters(ADA), letters(BO)
    assert to_lead.subject == "Answers are missing: Summer Institute"
    assert "Oak Park\n- Answers missing: 1" in to_lead.text
    assert "Oak Park\n- Answers missing: 1" in to_member.text
    assert "Health" not in to_member.text + (to_member.html or "")

    answers.keep_members_answers(bo, answers.Said(values={"health": "well"}), by=BO)
    answer(team_holder(institute, team), topic="Attendance")
    assert (len(letters(BO)), reminders_due(institute).of(Kind.ANSWER)) == (0, [])


def test_an_answer_is_asked_only_of_those_who_come(coordinator: Person) -> None:
    team, ada, bo = owing()
    for seat, status in ((ada, SeatStatus.INVITED), (bo, SeatStatus.DECLINED)):
        seat.status = status
    team.status = "withdrawn"

    assert reminders_due(team.institute).of(Kind.ANSWER) == []
