"""A coordinator writes an institute's questions.

Whoever writes an institute's questions holds its row: colleagues do it one after the other.
"""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db, hold, translating
from consortium.errors import Conflict, NotFound
from consortium.words import say
from events.institutes.models import Institute
from events.institutes.service.cancelling import refuse_cancelled
from events.questions.domain import (
    QuestionRefused,
    QuestionRule,
    Use,
    check_change,
    check_order,
    check_question,
    check_unused,
    code_for,
    differing,
    to_dict,
)
from events.questions.models import CODE_TAKEN, Answer, Question


def questions_of(institute_id: UUID, *, retired: bool = False) -> Sequence[Question]:
    """Return an institute's questions in order; ``retired`` gives those asked no more, instead."""
    wanted = Question.retired_at.is_not(None) if retired else Question.retired_at.is_(None)
    statement = select(Question).where(Question.institute_id == institute_id, wanted)
    return db.session.scalars(statement.order_by(Question.position, Question.id)).all()


def get_question(institute_id: UUID, code: str) -> Question:
    """Return the question with this code, also one that is asked no more. Raises ``NotFound``."""
    statement = select(Question).where(Question.institute_id == institute_id, Question.code == code)
    question = db.session.scalar(statement)
    if question is None:
        raise NotFound(say("This institute has no such question."))
    return question


def use_of(question: Question) -> Use:
    """Return how often it was answered, and with what."""
    values = db.session.scalars(select(Answer).where(Answer.question_id == question.id)).all()
    return Use(answers=len(values), values=tuple(answer.said for answer in values))


def add_question(institute: Institute, rule: QuestionRule, *, by: str) -> Question:
    """Ask one more question, after the others; without a code it gets one from its words.

    Raises ``QuestionRefused`` when it cannot be asked like this.
    """
    hold(Institute.id, institute.id)
    refuse_cancelled(institute)
    questions = questions_of(institute.id)
    taken = set(
        db.session.scalars(select(Question.code).where(Question.institute_id == institute.id))
    )
    values = {**vars(rule), "code": rule.code or code_for(rule.label, taken=taken)}
    rule = QuestionRule(**values)
    check_question(rule, [one.rule for one in questions])
    last = select(func.max(Question.position)).where(Question.institute_id == institute.id)
    highest = db.session.scalar(last)
    question = Question(
        institute_id=institute.id, position=0 if highest is None else highest + 1, version=1
    )
    _write(question, rule)
    db.session.add(question)
    with translating(CODE_TAKEN, into=_taken(rule.code)):
        db.session.flush()
    audit.record("add_question", f"institute:{institute.id}", by=by, after=to_dict(rule))
    return question


def change_question(
    institute: Institute, code: str, rule: QuestionRule, *, version: int, by: str
) -> Question:
    """Ask a question differently.

    Raises ``Conflict`` with both versions when someone changed it since ``version`` was read, and
    ``QuestionRefused`` when it cannot be asked like this or answers would be lost.
    """
    hold(Institute.id, institute.id)
    refuse_cancelled(institute)
    question = _held(institute, code)
    before = question.rule
    if before == rule:
        return question
    if question.version != version:
        raise Conflict(
            say("Someone else changed this question while you were writing."),
            versions=differing(before, rule),
        )
    check_change(before, rule, use_of(question))
    questions = [one.rule for one in questions_of(institute.id)]
    here = next((n for n, one in enumerate(questions) if one.code == code), len(questions))
    check_question(rule, questions[:here])
    for other in questions[here + 1 :]:
        if other.shown_if_code == code:
            _check_still_fits(other, rule)
    _write(question, rule)
    question.version += 1
    if rule.code != code:
        _follow(questions_of(institute.id), code, rule.code)
    with translating(CODE_TAKEN, into=_taken(rule.code)):
        db.session.flush()
    said, now = to_dict(before), to_dict(rule)
    names = sorted({*said, *now})
    audit.record(
        "change_question",
        f"institute:{institute.id}",
        by=by,
        before={"code": code} | {n: said.get(n) for n in names if said.get(n) != now.get(n)},
        after={"code": rule.code} | {n: now.get(n) for n in names if said.get(n) != now.get(n)},
    )
    return question


def move_question(institute: Institute, code: str, *, earlier: bool, by: str) -> None:
    """Ask a question one place earlier or later among those of the same people.

    Nothing happens at either end. Raises ``QuestionRefused`` when it would stand before the
    question it depends on.
    """
    hold(Institute.id, institute.id)
    refuse_cancelled(institute)
    question = _held(institute, code)
    row = [one for one in questions_of(institute.id) if one.scope is question.scope]
    at = next((n for n, one in enumerate(row) if one.code == code), None)
    to = None if at is None else at + (-1 if earlier else 1)
    if at is None or to is None or not 0 <= to < len(row):
        return
    moved = [*row]
    moved[at], moved[to] = moved[to], moved[at]
    check_order([one.rule for one in moved])
    row[at].position, row[to].position = row[to].position, row[at].position
    db.session.flush()
    audit.record(
        "move_question",
        f"institute:{institute.id}",
        by=by,
        before={"code": code, "place": at + 1},
        after={"code": code, "place": to + 1},
    )


def set_questions(institute: Institute, rules: Sequence[QuestionRule]) -> None:
    """Make an institute's questions these, in this order; part of loading a programme.

    Those that are there already keep their answers; those that go are asked no more, and are
    forgotten where nobody has answered. Raises ``QuestionRefused`` when answers would be lost.
    """
    hold(Institute.id, institute.id)
    refuse_cancelled(institute)
    there = {question.code: question for question in _every_question(institute)}
    for place, rule in enumerate(rules):
        question = there.pop(rule.code, None)
        if question is None:
            question = Question(institute_id=institute.id, version=1)
            db.session.add(question)
        elif question.rule != rule:
            check_change(question.rule, rule, use_of(question))
            question.version += 1
        _write(question, rule)
        question.position, question.retired_at = place, None
    for place, question in enumerate(there.values(), start=len(rules)):
        question.position = place
        if not use_of(question).answers:
            db.session.delete(question)
        elif question.retired_at is None:
            question.retired_at = clock.now()
    db.session.flush()


def stop_asking(institute: Institute, code: str, *, by: str) -> bool:
    """Take a question out. What was answered stays until its day; what nobody answered goes.

    Returns whether the question is kept, so that it can be asked again. Raises
    ``QuestionRefused`` while another question depends on it.
    """
    hold(Institute.id, institute.id)
    refuse_cancelled(institute)
    question = _held(institute, code)
    check_unused(question.rule, [one.rule for one in questions_of(institute.id)])
    used = use_of(question).answers
    if used and question.retired_at is not None:
        return True
    if used:
        question.retired_at = clock.now()
    else:
        db.session.delete(question)
    db.session.flush()
    audit.record(
        "stop_asking",
        f"institute:{institute.id}",
        by=by,
        before=to_dict(question.rule),
        after={"answers_kept": used},
    )
    return bool(used)


def ask_again(institute: Institute, code: str, *, by: str) -> Question:
    """Ask a question again that was taken out. Raises ``QuestionRefused`` when it no longer fits.

    It stands where it stood.
    """
    hold(Institute.id, institute.id)
    refuse_cancelled(institute)
    question = _held(institute, code)
    if question.retired_at is None:
        return question
    before = [one.rule for one in questions_of(institute.id) if one.position < question.position]
    check_question(question.rule, before)
    question.retired_at = None
    db.session.flush()
    audit.record("ask_again", f"institute:{institute.id}", by=by, after={"code": code})
    return question


def _every_question(institute: Institute) -> Sequence[Question]:
    statement = select(Question).where(Question.institute_id == institute.id)
    return db.session.scalars(statement.order_by(Question.position, Question.id)).all()


def _held(institute: Institute, code: str) -> Question:
    """Return the question as it stands now; who answers it meanwhile waits."""
    question = get_question(institute.id, code)
    db.session.refresh(question, with_for_update=True)
    return question


def _write(question: Question, rule: QuestionRule) -> None:
    for name in ("code", "label", "hint", "scope", "kind", "required", "sensitive"):
        setattr(question, name, getattr(rule, name))
    for name in ("options", "role_codes", "shown_if_values"):
        setattr(question, name, list(getattr(rule, name)))
    question.shown_if_code = rule.shown_if_code
    question.keep_until = rule.keep_until


def _follow(questions: Sequence[Question], code: str, new_code: str) -> None:
    for other in questions:
        if other.shown_if_code == code:
            other.shown_if_code = new_code


def _check_still_fits(other: QuestionRule, rule: QuestionRule) -> None:
    values = {**vars(other), "shown_if_code": rule.code}
    try:
        check_question(QuestionRule(**values), [rule])
    except QuestionRefused as refusal:
        raise QuestionRefused(
            say(
                "“%(other)s” is asked only after certain answers to this question, and would never "
                "be asked then. Change that one first.",
                other=other.label,
            ),
            field="options",
        ) from refusal


def _taken(code: str) -> QuestionRefused:
    return QuestionRefused(
        say("Another question has the column “%(code)s” already.", code=code), field="code"
    )
