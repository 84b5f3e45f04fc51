"""A host's own questions: rules over plain values."""

from events.questions.domain.defining import (
    AnswersRefused,
    QuestionRefused,
    Use,
    check_change,
    check_order,
    check_question,
    check_unused,
    code_for,
)
from events.questions.domain.kinds import (
    COMPARABLE,
    KINDS,
    OF_OPTIONS,
    SCOPES,
    AnswerKind,
    Scope,
)
from events.questions.domain.rules import (
    Answers,
    QuestionRule,
    check,
    faults,
    kept,
    live,
    missing,
    visible,
)
from events.questions.domain.values import LONGEST, Value, cell_of, is_empty, value_in
from events.questions.domain.versions import differing
from events.questions.domain.writing import to_dict

__all__ = [
    "COMPARABLE",
    "KINDS",
    "LONGEST",
    "OF_OPTIONS",
    "SCOPES",
    "AnswerKind",
    "Answers",
    "AnswersRefused",
    "QuestionRefused",
    "QuestionRule",
    "Scope",
    "Use",
    "Value",
    "cell_of",
    "check",
    "check_change",
    "check_order",
    "check_question",
    "check_unused",
    "code_for",
    "differing",
    "faults",
    "is_empty",
    "kept",
    "live",
    "missing",
    "to_dict",
    "value_in",
    "visible",
]
