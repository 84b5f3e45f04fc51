"""Answers are deleted when their day has come."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import selectinload

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db
from consortium.files import service as files
from events.institutes import service as institutes
from events.institutes.models import Institute
from events.questions.models import Answer, Question


def forget_answers(*, by: str) -> int:
    """Delete the answers of the current tenant that are kept no longer, and their files.

    Writes down how many they were for each institute. Returns how many in all.
    """
    now = clock.now()
    forgotten = 0
    for institute, questions in _answered().items():
        last_day = institutes.last_day_of(institute)
        today: date = now.astimezone(institute.zone).date()
        over = [one for one in questions if one.rule.is_over(last_day, today)]
        if over:
            forgotten += _forget(institute.id, over, by=by)
    return forgotten


def _answered() -> Mapping[Institute, list[Question]]:
    """Return the questions that someone answered, by institute, institutes in a fixed order."""
    answered = select(Answer.question_id).distinct()
    statement = (
        select(Institute, Question)
        .join(Question, Question.institute_id == Institute.id)
        .where(Question.id.in_(answered))
        .options(selectinload(Institute.days))
        .order_by(Institute.id, Question.position, Question.id)
    )
    found: dict[Institute, list[Question]] = {}
    for institute, question in db.session.execute(statement):
        found.setdefault(institute, []).append(question)
    return found


def _forget(institute_id: UUID, questions: list[Question], *, by: str) -> int:
    theirs = Answer.question_id.in_([question.id for question in questions])
    gone = delete(Answer).where(theirs).returning(Answer.file_id)
    file_ids = db.session.scalars(gone).all()
    if not file_ids:  # another worker was faster
        return 0
    handed_in = [file_id for file_id in file_ids if file_id is not None]
    files.forget(handed_in)
    audit.record(
        "forget_answers",
        f"institute:{institute_id}",
        by=by,
        after={
            "questions": [question.code for question in questions],
            "answers": len(file_ids),
            "files": len(handed_in),
        },
    )
    return len(file_ids)
