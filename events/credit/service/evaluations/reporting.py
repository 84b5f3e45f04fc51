"""What the answers to an evaluation come to; few of them show nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from consortium.database import db
from events.credit.domain.evaluations import FEWEST, Result, results
from events.credit.models import EvaluationAnswer
from events.credit.service.evaluations.asking import Form


@dataclass(frozen=True, kw_only=True)
class Report:
    """Results of one evaluation."""

    form: Form
    answered: int
    shown: bool
    """Whether enough people answered for anything to be shown."""
    results: tuple[Result, ...]
    answers: Sequence[Mapping[str, Any]]
    """Whole answers in no order, for files; none where too few people answered."""


def report_of(form: Form) -> Report:
    """Return the results. Ratings of sessions that were taken out since are left out."""
    if form.row is None:
        return Report(form=form, answered=0, shown=False, results=(), answers=())
    statement = select(EvaluationAnswer.said).where(EvaluationAnswer.evaluation_id == form.row.id)
    answers = db.session.scalars(statement.order_by(EvaluationAnswer.id)).all()
    told = results(form.items, answers)
    shown = len(answers) >= FEWEST
    few = {one.item.code for one in told if not one.shown}
    return Report(
        form=form,
        answered=len(answers),
        shown=shown,
        results=told,
        answers=[{code: value for code, value in one.items() if code not in few} for one in answers]
        if shown
        else (),
    )


def counts_of(forms: Iterable[Form]) -> Mapping[str, int]:
    """Return how many answers each evaluation has, by what it is about."""
    rows = {form.row.id: form.part.key for form in forms if form.row is not None}
    statement = (
        select(EvaluationAnswer.evaluation_id, func.count())
        .where(EvaluationAnswer.evaluation_id.in_(list(rows)))
        .group_by(EvaluationAnswer.evaluation_id)
    )
    return {rows[row_id]: n for row_id, n in db.session.execute(statement)}
