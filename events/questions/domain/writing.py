"""Questions as a programme file and the history hold them."""

from typing import Any

from events.questions.domain.rules import QuestionRule


def to_dict(question: QuestionRule) -> dict[str, Any]:
    """Return the question as plain data; what is usual is left out."""
    said: dict[str, Any] = {
        "code": question.code,
        "label": question.label,
        "scope": question.scope.value,
        "kind": question.kind.value,
        "hint": question.hint,
        "options": list(question.options),
        "role_codes": list(question.role_codes),
        "required": question.required,
        "shown_if_code": question.shown_if_code,
        "shown_if_values": list(question.shown_if_values),
        "sensitive": question.sensitive,
        "keep_until": question.keep_until.isoformat() if question.keep_until else None,
    }
    return {name: value for name, value in said.items() if value}
