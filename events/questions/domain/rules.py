"""What a host asks, of whom and when, and what is wrong with an answer."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeAlias

from consortium.words import Sentence, say
from events.questions.domain.kinds import AnswerKind, Scope
from events.questions.domain.values import Value, fault_of, is_empty, same

Answers: TypeAlias = Mapping[str, Value]
"""What was answered, by the questions' codes."""

KEPT = timedelta(days=90)
KEPT_IN_CONFIDENCE = timedelta(days=30)
"""How long after the institute's last day answers stay, unless the host says otherwise."""


@dataclass(frozen=True, kw_only=True)
class QuestionRule:
    """One question as a value."""

    code: str
    label: str
    scope: Scope
    kind: AnswerKind
    hint: str = ""
    options: tuple[str, ...] = ()
    role_codes: tuple[str, ...] = ()
    required: bool = False
    shown_if_code: str | None = None
    shown_if_values: tuple[str, ...] = ()
    sensitive: bool = False
    keep_until: date | None = None

    def concerns(self, roles: Collection[str]) -> bool:
        """Tell whether people of these roles are asked; a team always is."""
        if self.scope is Scope.TEAM or not self.role_codes:
            return True
        return not set(self.role_codes).isdisjoint(roles)

    def shown_after(self, other: "QuestionRule", value: Value) -> bool:
        """Tell whether this answer to ``other`` lets the question be asked."""
        given = (value,) if isinstance(value, str) else value
        return any(
            same(one, wanted, number=other.kind is AnswerKind.NUMBER)
            for one in given
            for wanted in self.shown_if_values
        )

    def kept_to(self, last_day: date | None) -> date | None:
        """Return the last day on which its answers are kept; ``None`` while that is open."""
        if self.keep_until is not None or last_day is None:
            return self.keep_until
        return last_day + (KEPT_IN_CONFIDENCE if self.sensitive else KEPT)

    def is_over(self, last_day: date | None, today: date) -> bool:
        """Tell whether its time has passed: it is asked no more, and its answers go."""
        until = self.kept_to(last_day)
        return until is not None and today > until


def live(
    questions: Iterable[QuestionRule], last_day: date | None, today: date
) -> list[QuestionRule]:
    """Return the questions whose time has not passed, in order.

    One that waits for a question whose answers are deleted already is asked no more either:
    nobody can tell any longer whom it concerns. What was answered to it stays until its own day.
    """
    found: dict[str, QuestionRule] = {}
    for question in questions:
        known = question.shown_if_code is None or question.shown_if_code in found
        if known and not question.is_over(last_day, today):
            found[question.code] = question
    return list(found.values())


def visible(
    questions: Iterable[QuestionRule], answers: Answers, roles: Collection[str] = ()
) -> tuple[QuestionRule, ...]:
    """Return the questions that are asked of these roles after these answers, in order.

    A question may depend only on one that stands before it and is asked itself; so chains work,
    and circles ask nothing.
    """
    shown: dict[str, QuestionRule] = {}
    for question in questions:
        if not question.concerns(roles):
            continue
        if question.shown_if_code is not None:
            other = shown.get(question.shown_if_code)
            if other is None or other.scope is not question.scope:
                continue
            if not question.shown_after(other, answers.get(other.code, "")):
                continue
        shown[question.code] = question
    return tuple(shown.values())


def faults(
    questions: Iterable[QuestionRule], answers: Answers, roles: Collection[str] = ()
) -> dict[str, Sentence]:
    """Return what is wrong with the answers that were given, by code; empty ones are no fault."""
    found: dict[str, Sentence] = {}
    for question in visible(questions, answers, roles):
        value = answers.get(question.code, "")
        fault = None if is_empty(value) else fault_of(question.kind, value, question.options)
        if fault is not None:
            found[question.code] = fault
    return found


def missing(
    questions: Iterable[QuestionRule], answers: Answers, roles: Collection[str] = ()
) -> tuple[QuestionRule, ...]:
    """Return the questions that must be answered and are not."""
    return tuple(
        question
        for question in visible(questions, answers, roles)
        if question.required and is_empty(answers.get(question.code, ""))
    )


def check(
    questions: Sequence[QuestionRule], answers: Answers, roles: Collection[str] = ()
) -> dict[str, Sentence]:
    """Return what keeps the answers from being whole, by code."""
    lacking = {
        question.code: ASKED_FOR[question.kind] for question in missing(questions, answers, roles)
    }
    return lacking | faults(questions, answers, roles)


def kept(
    questions: Iterable[QuestionRule], answers: Answers, roles: Collection[str] = ()
) -> dict[str, Value]:
    """Return the answers that count: given, and to questions that are asked."""
    shown = visible(questions, answers, roles)
    given = {question.code: answers.get(question.code, "") for question in shown}
    return {code: value for code, value in given.items() if not is_empty(value)}


ASKED_FOR: Mapping[AnswerKind, Sentence] = {
    AnswerKind.TEXT: say("Write an answer."),
    AnswerKind.CHOICE: say("Choose one answer."),
    AnswerKind.CHOICES: say("Choose at least one answer."),
    AnswerKind.NUMBER: say("Write a number."),
    AnswerKind.DATE: say("Give a date."),
    AnswerKind.FILE: say("Choose a file."),
}
