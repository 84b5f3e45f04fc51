"""Read and write the questions that a host asks of teams and people."""

from typing import Any

from consortium.words import say
from events.programmes.domain.faults import Findings
from events.programmes.domain.parts import read_parts
from events.programmes.domain.registration_shapes import QuestionShape
from events.questions.domain import QuestionRefused, QuestionRule, check_question, to_dict


def read_questions(raw: Any, findings: Findings) -> tuple[QuestionRule, ...] | None:
    """Return the questions in the file's order; ``None`` when the file does not speak of them."""
    if raw is None:
        return None
    questions: list[QuestionRule] = []
    for place, shape in read_parts(QuestionShape, raw, ("questions",), findings):
        question = _question(shape)
        if any(other.code == question.code for other in questions):
            said = say("“%(name)s” stands here twice. Write it once.", name=question.code)
            findings.fault((*place, "code"), said)
            continue
        try:
            check_question(question, questions)
        except QuestionRefused as refusal:
            findings.fault((*place, refusal.field or "code"), refusal.message)
        questions.append(question)
    return tuple(questions)


def written_questions(questions: tuple[QuestionRule, ...] | None) -> list[dict[str, Any]]:
    """Return the questions as they stand in a file."""
    return [to_dict(question) for question in questions or ()]


def _question(shape: QuestionShape) -> QuestionRule:
    said = {name: getattr(shape, name) for name in QuestionShape.model_fields}
    lists = {name: tuple(value) for name, value in said.items() if isinstance(value, list)}
    return QuestionRule(**{**said, **lists})
