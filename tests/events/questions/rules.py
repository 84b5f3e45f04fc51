"""Questions as values, for tests."""

from typing import Any

from events.questions.domain import AnswerKind, QuestionRule, Scope


def question(code: str, kind: str = "text", **values: Any) -> QuestionRule:
    return QuestionRule(
        **{
            "code": code,
            "label": f"{code.title()}?",
            "scope": Scope.PERSON,
            "kind": AnswerKind(kind),
            "options": ("Yes", "No") if kind in {"choice", "choices"} else (),
            **values,
        }
    )
