"""The host's own questions and what was answered, for a list."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, or_, select

from consortium.database import db
from events.institutes.models import Institute
from events.questions.domain import QuestionRule, Value
from events.questions.models import Answer
from events.questions.service.answering import live_rules
from events.questions.service.defining import questions_of
from events.registration.models import Seat


@dataclass(frozen=True, kw_only=True)
class Questions:
    """The questions of an institute."""

    rules: tuple[QuestionRule, ...]
    ids: Mapping[str, UUID]
    """Ids by code."""


def asked_at(institute: Institute) -> Questions:
    """Return the questions that are asked at the institute now, in order."""
    questions = questions_of(institute.id)
    rules = tuple(live_rules(institute, questions))
    codes = {rule.code for rule in rules}
    return Questions(rules=rules, ids={one.code: one.id for one in questions if one.code in codes})


def answers_of(
    asked: Questions, *, within: Select[UUID] | None = None
) -> Mapping[UUID, Mapping[str, Value]]:
    """Return what was answered, by team or seat and then by code.

    ``within`` are the ids of the teams that count, with their seats; all of them without.
    """
    if not asked.ids:
        return {}
    codes = {question_id: code for code, question_id in asked.ids.items()}
    statement = select(Answer.question_id, Answer.of_id, Answer.value).where(
        Answer.question_id.in_(codes)
    )
    if within is not None:
        seats = select(Seat.id).where(Seat.team_id.in_(within))
        statement = statement.where(or_(Answer.of_id.in_(within), Answer.of_id.in_(seats)))
    found: dict[UUID, dict[str, Value]] = defaultdict(dict)
    for question_id, of_id, value in db.session.execute(statement):
        found[of_id][codes[question_id]] = tuple(value) if isinstance(value, list) else value
    return found
