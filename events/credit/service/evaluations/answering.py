"""People answer once, and nobody can tell afterwards which answers are whose."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select

from consortium.audit import service as audit
from consortium.database import db, translating
from consortium.outbox import service as outbox
from consortium.people.models import Person
from consortium.words import say
from events.credit.domain.evaluations import check_answers
from events.credit.domain.rules import CreditRefused
from events.credit.models import ONE_ANSWER_EACH, EvaluationAnswer, EvaluationPart
from events.credit.service.evaluations.asking import WHOLE, Form, get_form, kept_row
from events.institutes.models import Institute


def answer(
    institute: Institute, person: Person, said: Mapping[str, Any], *, key: str = WHOLE, by: str
) -> None:
    """Keep someone's answers, and apart from them that this person has answered.

    Raises ``CreditRefused`` before it opens, after it closed, for what is needed and missing, and
    for who has answered already.
    """
    form = get_form(institute, key)
    form.check_open(institute)
    kept = check_answers(form.items, said)
    row = kept_row(institute, key)
    db.session.add(EvaluationPart(evaluation_id=row.id, person_id=person.id))
    twice = CreditRefused(say("You have answered already. Thank you."))
    with translating(ONE_ANSWER_EACH, into=twice):
        db.session.flush()
    db.session.add(EvaluationAnswer(evaluation_id=row.id, said=kept))
    db.session.flush()
    outbox.supersede(about(row.id, person.id))
    audit.record("answer_evaluation", f"evaluation:{row.id}", by=by)


def answered_by(person: Person | None, forms: Iterable[Form]) -> frozenset[str]:
    """Return which of these evaluations a person has answered, by what they are about."""
    rows = {form.row.id: form.part.key for form in forms if form.row is not None}
    if person is None or not rows:
        return frozenset()
    statement = select(EvaluationPart.evaluation_id).where(
        EvaluationPart.person_id == person.id, EvaluationPart.evaluation_id.in_(list(rows))
    )
    return frozenset(rows[one] for one in db.session.scalars(statement))


def about(evaluation_id: UUID, person_id: UUID) -> str:
    """Return what mails are about that ask someone to answer."""
    return f"evaluation:{evaluation_id}:{person_id}"
