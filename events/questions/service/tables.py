"""The answers of a whole institute at once, for lists, files and reminders."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from consortium.database import db
from events.institutes.models import Institute
from events.questions.domain import Answers, QuestionRule, Scope, Value, missing
from events.questions.models import Answer, Question
from events.questions.service.answering import Holder, live_rules
from events.questions.service.defining import questions_of


@dataclass(frozen=True, kw_only=True)
class AnswerTable:
    """Questions as columns, and the answers by whose they are (team or seat) and by code."""

    columns: tuple[QuestionRule, ...]
    rows: Mapping[UUID, Answers]

    def of(self, scope: Scope) -> tuple[QuestionRule, ...]:
        """Return the columns that teams, or persons, answer."""
        return tuple(column for column in self.columns if column.scope is scope)

    def value(self, holder_id: UUID, code: str) -> Value:
        """Return one answer; empty text where there is none."""
        return self.rows.get(holder_id, {}).get(code, "")


def answers_of(
    institute_id: UUID, *, in_confidence: bool = False, retired: bool = True
) -> AnswerTable:
    """Return an institute's questions and all answers to them, by two queries.

    What was told in confidence is left out, column and all, unless ``in_confidence``. With
    ``retired`` questions asked no more follow those that are, as long as answers are kept.
    """
    statement = (
        select(Question)
        .where(Question.institute_id == institute_id)
        .order_by(Question.retired_at.is_not(None), Question.position, Question.id)
    )
    questions = [
        question
        for question in db.session.scalars(statement)
        if retired or question.retired_at is None
    ]
    shown = [question for question in questions if in_confidence or not question.sensitive]
    return AnswerTable(
        columns=tuple(question.rule for question in shown), rows=_rows(institute_id, shown)
    )


def missing_of(
    institute: Institute, holders: Iterable[Holder]
) -> Mapping[UUID, tuple[QuestionRule, ...]]:
    """Return what each of these teams and persons of one institute must answer and did not.

    Two queries, or one where nothing must be answered. Who owes nothing is not in it. The questions
    in confidence are among them: that something is missing may be shown, not always what.
    """
    questions = questions_of(institute.id)
    rules = live_rules(institute, questions)
    if not any(rule.required for rule in rules):
        return {}
    by_scope = {scope: [rule for rule in rules if rule.scope is scope] for scope in Scope}
    answers = _rows(institute.id, questions)
    owed = {
        holder.id: missing(by_scope[holder.scope], answers.get(holder.id, {}), holder.role_codes)
        for holder in holders
    }
    return {holder_id: rules for holder_id, rules in owed.items() if rules}


def _rows(institute_id: UUID, questions: Sequence[Question]) -> dict[UUID, dict[str, Value]]:
    codes = {question.id: question.code for question in questions}
    rows: dict[UUID, dict[str, Value]] = defaultdict(dict)
    statement = (
        select(Answer.of_id, Answer.question_id, Answer.value)
        .join(Question, Question.id == Answer.question_id)
        .where(Question.institute_id == institute_id)
    )
    for of_id, question_id, value in db.session.execute(statement):
        if question_id in codes:
            rows[of_id][codes[question_id]] = (
                tuple(value) if isinstance(value, list) else str(value)
            )
    return dict(rows)
