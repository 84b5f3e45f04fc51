"""Questions asked, and answers given, by the services."""

from typing import Any

from consortium.database import transaction
from events.institutes.models import Institute
from events.questions import service as questions
from events.questions.domain import QuestionRule, Scope
from events.questions.models import Question
from events.questions.service import Holder, Said
from events.registration.models import Seat, Team
from tests.events.questions.rules import question

CASEY = "coordinator@example.org"


def ask(institute: Institute, code: str, kind: str = "text", **values: Any) -> Question:
    """Ask one question more."""
    with transaction():
        return questions.add_question(institute, question(code, kind, **values), by=CASEY)


def ask_team(institute: Institute, code: str, kind: str = "text", **values: Any) -> Question:
    return ask(institute, code, kind, scope=Scope.TEAM, **values)


def change(institute: Institute, was: str, *, version: int = 1, **values: Any) -> Question:
    before = questions.get_question(institute.id, was).rule
    with transaction():
        return questions.change_question(
            institute, was, QuestionRule(**{**vars(before), **values}), version=version, by=CASEY
        )


def seat_holder(institute: Institute, seat: Seat) -> Holder:
    return Holder(
        id=seat.id, institute=institute, scope=Scope.PERSON, role_codes=tuple(seat.role_codes)
    )


def team_holder(institute: Institute, team: Team) -> Holder:
    return Holder(id=team.id, institute=institute, scope=Scope.TEAM)


def answer(holder: Holder, said: Said | None = None, **values: Any) -> tuple[str, ...]:
    """Answer as someone does on a page."""
    with transaction():
        return questions.keep_answers(
            holder, said or Said(values=values), by="someone@example.org", person_id=None
        )
