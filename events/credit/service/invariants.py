"""What must be true of certificates, evaluations and how long they are kept."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import func, select

from consortium import clock
from consortium.database import db
from events.credit.domain.certificates import adds_up, read_snapshot
from events.credit.models import (
    Certificate,
    Evaluation,
    EvaluationAnswer,
    EvaluationPart,
)
from events.credit.service.keeping.finding import keeping_at
from events.institutes.models import Institute, RecordHold

GRACE = timedelta(days=3)
"""So long a worker that sweeps daily may be away."""


def sums_off() -> Iterator[str]:
    """Find certificates whose credit is not what their own stays come to by their own rule."""
    statement = select(Certificate.number, Certificate.said)
    for number, said in db.session.execute(statement):
        for line in read_snapshot(said).credits:
            if not adds_up(line):
                yield f"{number} gives {line.amount} {line.unit}; its stays come to another sum."


def standing_twice() -> Iterator[str]:
    """Find people with two valid certificates of one institute, and broken replacements."""
    rows = db.session.execute(
        select(
            Certificate.id,
            Certificate.number,
            Certificate.institute_id,
            Certificate.person_id,
            Certificate.replaces_id,
            Certificate.replaced_at,
            Certificate.withdrawn_at,
        )
    ).all()
    valid = Counter(
        (row.institute_id, row.person_id)
        for row in rows
        if row.replaced_at is None and row.withdrawn_at is None
    )
    for (institute_id, person_id), n in valid.items():
        if n > 1:
            yield f"person:{person_id} has {n} valid certificates of institute:{institute_id}."
    replaced = {row.replaces_id for row in rows if row.replaces_id}
    for row in rows:
        if (row.replaced_at is not None) != (row.id in replaced):
            yield f"{row.number} is said to be replaced and is not, or the other way round."


def answers_off() -> Iterator[str]:
    """Find evaluations that more people answered than there are answers."""
    answers = (
        select(func.count(EvaluationAnswer.id))
        .where(EvaluationAnswer.evaluation_id == Evaluation.id)
        .scalar_subquery()
    )
    parts = (
        select(func.count(EvaluationPart.id))
        .where(EvaluationPart.evaluation_id == Evaluation.id)
        .scalar_subquery()
    )
    for evaluation_id, n, people in db.session.execute(
        select(Evaluation.id, answers, parts).where(parts > answers)
    ):
        yield f"evaluation:{evaluation_id} has {n} answers of {people} people."


def kept_too_long() -> Iterator[str]:
    """Find certificates past their time that nobody asked to hold."""
    held = select(RecordHold.institute_id).where(RecordHold.lifted_at.is_(None))
    past = (clock.now() - GRACE).date()
    candidates = select(Institute).where(
        Institute.id.in_(select(Certificate.institute_id).where(Certificate.keep_until < past)),
        Institute.id.not_in(held),
    )
    for institute in db.session.scalars(candidates):
        keeping = keeping_at(institute)
        if keeping is not None and keeping.is_over(past):
            yield f"institute:{institute.id} has records that were to go on {keeping.earliest}."
