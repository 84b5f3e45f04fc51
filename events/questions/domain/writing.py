"""Questions as a programme file holds them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from consortium.words import say
from events.questions.domain.defining import QuestionRefused, check_question
from events.questions.domain.kinds import AnswerKind, Scope
from events.questions.domain.rules import QuestionRule

TEXTS = ("code", "label", "hint")
LISTS = ("options", "role_codes", "shown_if_values")
TRUTHS = ("required", "sensitive")
KNOWN = frozenset({*TEXTS, *LISTS, *TRUTHS, "scope", "kind", "shown_if_code", "keep_until"})


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


def from_dict(said: Mapping[str, Any]) -> QuestionRule:
    """Return the question that plain data describes.

    Raises ``QuestionRefused``, with the name of what is wrong as its field. Whether it can stand
    where it stands is judged by ``questions_from`` for all of them together.
    """
    for name in said:
        if name not in KNOWN:
            raise QuestionRefused(say("A question has no “%(name)s”.", name=name), field=name)
    values: dict[str, Any] = {name: _text(said, name) for name in TEXTS}
    values |= {name: _texts(said, name) for name in LISTS}
    values |= {name: _truth(said, name) for name in TRUTHS}
    return QuestionRule(
        scope=_one_of(Scope, said, "scope"),
        kind=_one_of(AnswerKind, said, "kind"),
        shown_if_code=_text(said, "shown_if_code") or None,
        keep_until=_day(said, "keep_until"),
        **values,
    )


def questions_from(said: Sequence[Mapping[str, Any]]) -> tuple[QuestionRule, ...]:
    """Return all questions of a file in order. Raises ``QuestionRefused`` for the first fault."""
    questions: list[QuestionRule] = []
    for one in said:
        question = from_dict(one)
        if any(other.code == question.code for other in questions):
            raise QuestionRefused(
                say("The question “%(code)s” is here twice.", code=question.code), field="code"
            )
        check_question(question, questions)
        questions.append(question)
    return tuple(questions)


def _text(said: Mapping[str, Any], name: str) -> str:
    value = said.get(name) or ""
    if not isinstance(value, str):
        raise QuestionRefused(say("Write “%(name)s” as text.", name=name), field=name)
    return value.strip()


def _texts(said: Mapping[str, Any], name: str) -> tuple[str, ...]:
    value = said.get(name) or []
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise QuestionRefused(say("Write “%(name)s” as a list of texts.", name=name), field=name)
    return tuple(one.strip() for one in value)


def _truth(said: Mapping[str, Any], name: str) -> bool:
    value = said.get(name, False)
    if not isinstance(value, bool):
        raise QuestionRefused(say("Write true or false for “%(name)s”.", name=name), field=name)
    return value


def _one_of(kinds: Any, said: Mapping[str, Any], name: str) -> Any:
    value = said.get(name)
    known = [kind.value for kind in kinds]
    if value not in known:
        raise QuestionRefused(
            say("Write one of these for “%(name)s”: %(known)s.", name=name, known=", ".join(known)),
            field=name,
        )
    return kinds(value)


def _day(said: Mapping[str, Any], name: str) -> date | None:
    value = _text(said, name)
    try:
        return date.fromisoformat(value) if value else None
    except ValueError as error:
        raise QuestionRefused(
            say("Write “%(name)s” like 2027-06-21.", name=name), field=name
        ) from error
