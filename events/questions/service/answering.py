"""What a team or a person answers: shown, checked once more, and kept with who answered."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select

from consortium import clock
from consortium.database import db
from consortium.errors import NotFound
from consortium.files import service as files
from consortium.files.models import StoredFile
from consortium.files.service import PutFile
from consortium.words import say
from events.institutes import service as institutes
from events.institutes.models import Institute
from events.questions.domain import (
    AnswerKind,
    Answers,
    AnswersRefused,
    QuestionRule,
    Scope,
    Value,
    check,
    faults,
    kept,
    live,
    missing,
)
from events.questions.models import Answer, Question


@dataclass(frozen=True, kw_only=True)
class Holder:
    """Who answers: a team, or a seat with its roles."""

    id: UUID
    institute: Institute
    scope: Scope
    role_codes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a form says: the answers by code, and the files whose bytes were put already."""

    values: Answers = field(default_factory=dict)
    files: Mapping[str, PutFile] = field(default_factory=dict)
    removed: Collection[str] = ()
    """Codes of questions whose file is taken back."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What someone is asked, and what was answered so far."""

    questions: tuple[QuestionRule, ...] = ()
    role_codes: tuple[str, ...] = ()
    answers: Answers = field(default_factory=dict)
    files: Collection[str] = ()
    """Codes of questions to which a file was handed in."""

    @property
    def missing(self) -> tuple[QuestionRule, ...]:
        """What must be answered and is not."""
        return missing(self.questions, self.answers, self.role_codes)


def live_rules(
    institute: Institute, questions: Sequence[Question], scope: Scope | None = None
) -> list[QuestionRule]:
    """Return the questions that are asked now: neither taken out nor past their day."""
    last_day = institutes.last_day_of(institute)
    today = clock.now().astimezone(institute.zone).date()
    rules = (
        question.rule
        for question in questions
        if question.retired_at is None and scope in {None, question.scope}
    )
    return live(rules, last_day, today)


def asked_of(holder: Holder) -> Asked:
    """Return what this team or person is asked, and what was answered, by two queries."""
    rows = _questions(holder)
    rules = live_rules(holder.institute, rows, holder.scope)
    concerned = tuple(rule for rule in rules if rule.concerns(holder.role_codes))
    if not concerned:
        return Asked(role_codes=holder.role_codes)
    answers = _answers(holder, rows)
    return Asked(
        questions=concerned,
        role_codes=holder.role_codes,
        answers={code: answer.said for code, answer in answers.items()},
        files=frozenset(code for code, answer in answers.items() if answer.file_id),
    )


def keep_answers(
    holder: Holder, said: Said, *, by: str, person_id: UUID | None, unfinished: bool = False
) -> tuple[str, ...]:
    """Keep what was answered; what is not asked (any more) is dropped. Flushes.

    Returns the codes of the answers that changed; the act around this writes them down.
    ``unfinished`` lets required answers wait. Raises ``AnswersRefused``, field and all, when the
    questions changed since the form was filled in.
    """
    rows = _questions(holder, hold=True)
    rules = live_rules(holder.institute, rows, holder.scope)
    before = _answers(holder, rows)
    proposed = _proposed(rules, said, before)
    found = (faults if unfinished else check)(rules, proposed, holder.role_codes)
    for code, fault in found.items():
        raise AnswersRefused(fault, field=f"q_{code}")
    wanted = kept(rules, proposed, holder.role_codes)
    by_code = {row.code: row for row in rows}
    changed: list[str] = []
    let_go: list[UUID] = []
    for rule in rules:
        answer, file = before.get(rule.code), said.files.get(rule.code)
        if rule.code not in wanted:
            if answer is not None:
                changed.append(rule.code)
                let_go += [answer.file_id] if answer.file_id else []
                db.session.delete(answer)
            continue
        value = wanted[rule.code]
        if answer is not None and answer.said == value and file is None:
            continue
        if answer is None:
            answer = Answer(question_id=by_code[rule.code].id, of_id=holder.id)
            db.session.add(answer)
        answer.value = value if isinstance(value, str) else list(value)
        answer.answered_by, answer.answered_at = by, clock.now()
        if file is not None:
            let_go += [answer.file_id] if answer.file_id else []
            answer.file_id = files.keep(file, person_id=person_id).id
        changed.append(rule.code)
    db.session.flush()
    files.forget(let_go)
    return tuple(changed)


def get_answered_file(holder_id: UUID, code: str, *, in_confidence: bool) -> StoredFile:
    """Return the file that a team or person handed in as answer to this question.

    Without ``in_confidence`` what was told in confidence is not there. Raises ``NotFound``.
    """
    statement = (
        select(StoredFile)
        .join(Answer, Answer.file_id == StoredFile.id)
        .join(Question, Question.id == Answer.question_id)
        .where(Answer.of_id == holder_id, Question.code == code)
    )
    if not in_confidence:
        statement = statement.where(Question.sensitive.is_(False))
    file = db.session.scalar(statement)
    if file is None:
        raise NotFound(say("There is no such file."))
    return file


def _questions(holder: Holder, *, hold: bool = False) -> Sequence[Question]:
    """Return the questions to this holder; held, nobody changes one before the answers are in."""
    statement = (
        select(Question)
        .where(Question.institute_id == holder.institute.id, Question.scope == holder.scope)
        .order_by(Question.position, Question.id)
    )
    if hold:
        statement = statement.with_for_update(read=True)
        statement = statement.execution_options(populate_existing=True)
    return db.session.scalars(statement).all()


def _answers(holder: Holder, questions: Sequence[Question]) -> dict[str, Answer]:
    codes = {question.id: question.code for question in questions}
    found = db.session.scalars(select(Answer).where(Answer.of_id == holder.id))
    return {codes[answer.question_id]: answer for answer in found if answer.question_id in codes}


def _proposed(
    rules: Sequence[QuestionRule], said: Said, before: Mapping[str, Answer]
) -> dict[str, Value]:
    """Return the answers as they would be: a file stays unless it is replaced or removed."""
    proposed: dict[str, Value] = {}
    for rule in rules:
        if rule.kind is not AnswerKind.FILE:
            proposed[rule.code] = said.values.get(rule.code, "")
        elif rule.code in said.files:
            proposed[rule.code] = said.files[rule.code].filename
        elif rule.code in before and rule.code not in said.removed:
            proposed[rule.code] = before[rule.code].said
    return proposed
