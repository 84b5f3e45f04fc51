"""Writing questions: what makes a good one, and what may change once it was answered."""

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from consortium.errors import Refusal
from consortium.words import say
from events.questions.domain.kinds import COMPARABLE, OF_OPTIONS, Scope
from events.questions.domain.rules import QuestionRule
from events.questions.domain.values import LONGEST, NUMBER, Value

CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")
MOST_OPTIONS = 60
LONGEST_LABEL, LONGEST_OPTION = 300, 150
LEAST_OPTIONS = 2


class QuestionRefused(Refusal):
    """The question cannot be asked like this."""


class AnswersRefused(Refusal):
    """The answers cannot be kept; the question meanwhile asks for something else."""


@dataclass(frozen=True, kw_only=True)
class Use:
    """What was answered to a question so far."""

    answers: int = 0
    values: tuple[Value, ...] = ()

    @property
    def options(self) -> frozenset[str]:
        """The options that someone chose."""
        chosen: set[str] = set()
        for value in self.values:
            chosen.update((value,) if isinstance(value, str) else value)
        return frozenset(chosen)


def code_for(label: str, *, taken: Collection[str]) -> str:
    """Return a column's name made from the question that no other question has."""
    ascii_only = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "_", ascii_only.lower()).strip("_").lstrip("0123456789_")
    words = words[:30].strip("_") or "question"
    code, n = words, 1
    while code in taken:
        n += 1
        code = f"{words}_{n}"
    return code


def check_question(question: QuestionRule, before: Sequence[QuestionRule]) -> None:
    """Raise ``QuestionRefused`` unless the question can be asked after those ``before`` it."""
    if not CODE.fullmatch(question.code):
        raise QuestionRefused(
            say("Begin with a small letter; use small letters, digits and _ only, at most 40."),
            field="code",
        )
    if not question.label.strip() or len(question.label) > LONGEST_LABEL:
        raise QuestionRefused(
            say("Write the question, in at most %(most)s characters.", most=LONGEST_LABEL),
            field="label",
        )
    _check_options(question)
    if question.scope is Scope.TEAM and question.sensitive:
        raise QuestionRefused(
            say(
                "A team's answers are read by its leads. Only what each person answers can be in "
                "confidence."
            ),
            field="sensitive",
        )
    if question.scope is Scope.TEAM and question.role_codes:
        raise QuestionRefused(
            say("A team's question is for its leads. Only persons are asked by role."),
            field="role_codes",
        )
    _check_condition(question, before)


def check_order(questions: Sequence[QuestionRule]) -> None:
    """Raise ``QuestionRefused`` when one stands before the question it depends on."""
    seen: set[str] = set()
    labels = {question.code: question.label for question in questions}
    for question in questions:
        needed = question.shown_if_code
        if needed in labels and needed not in seen:
            raise QuestionRefused(
                say(
                    "“%(later)s” depends on the answer to “%(earlier)s”, so it stays after it.",
                    later=question.label,
                    earlier=labels[needed],
                )
            )
        seen.add(question.code)


def check_change(before: QuestionRule, after: QuestionRule, use: Use) -> None:
    """Raise ``QuestionRefused`` when the change would lose or falsify answers."""
    if not use.answers:
        return
    if after.code != before.code:
        raise QuestionRefused(
            say("It has been answered, so the name of its column stays as it is."), field="code"
        )
    if (after.kind, after.scope) != (before.kind, before.scope):
        raise QuestionRefused(
            say(
                "It has been answered %(times)s times, so who answers and the kind of answer stay. "
                "Take this question out and add another one.",
                times=use.answers,
            ),
            field="kind",
        )
    lost = sorted(use.options - set(after.options)) if after.kind in OF_OPTIONS else []
    if lost:
        raise QuestionRefused(
            say("“%(option)s” has been chosen, so it stays among the options.", option=lost[0]),
            field="options",
        )
    if before.sensitive and not after.sensitive:
        raise QuestionRefused(
            say("People answered in confidence, so it stays in confidence."), field="sensitive"
        )


def check_unused(question: QuestionRule, others: Sequence[QuestionRule]) -> None:
    """Raise ``QuestionRefused`` when another question depends on this one."""
    for other in others:
        if other.shown_if_code == question.code:
            raise QuestionRefused(
                say(
                    "“%(other)s” is asked only after this question. Change that one first.",
                    other=other.label,
                )
            )


def _check_options(question: QuestionRule) -> None:
    if question.kind not in OF_OPTIONS:
        if question.options:
            raise QuestionRefused(
                say("Only a choice has options. Leave them empty for this kind."), field="options"
            )
        return
    if not LEAST_OPTIONS <= len(question.options) <= MOST_OPTIONS:
        raise QuestionRefused(
            say("Write two to %(most)s options, one on each line.", most=MOST_OPTIONS),
            field="options",
        )
    folded = [option.casefold() for option in question.options]
    for option in question.options:
        if folded.count(option.casefold()) > 1:
            raise QuestionRefused(
                say("The option “%(option)s” is here twice.", option=option), field="options"
            )
        if not option.strip() or len(option) > LONGEST_OPTION:
            raise QuestionRefused(
                say("Write each option in at most %(most)s characters.", most=LONGEST_OPTION),
                field="options",
            )


def _check_condition(question: QuestionRule, before: Sequence[QuestionRule]) -> None:
    if question.shown_if_code is None:
        if question.shown_if_values:
            raise QuestionRefused(
                say("Choose the question whose answer counts, or leave the answers empty."),
                field="shown_if_code",
            )
        return
    other = next((one for one in before if one.code == question.shown_if_code), None)
    if other is None or other.scope is not question.scope or other.kind not in COMPARABLE:
        raise QuestionRefused(
            say(
                "Choose a question that stands before this one, is answered by the same people and "
                "is a text, a number or a choice."
            ),
            field="shown_if_code",
        )
    if not question.shown_if_values:
        raise QuestionRefused(
            say("Write the answers after which this question is asked, one on each line."),
            field="shown_if_values",
        )
    for value in question.shown_if_values:
        _check_awaited(value, other)


def _check_awaited(value: str, other: QuestionRule) -> None:
    known = {option.casefold() for option in other.options}
    if other.kind in OF_OPTIONS and value.casefold() not in known:
        raise QuestionRefused(
            say(
                "“%(value)s” is no option of “%(other)s”. Choose from: %(options)s.",
                value=value,
                other=other.label,
                options=", ".join(other.options),
            ),
            field="shown_if_values",
        )
    if other.kind not in OF_OPTIONS and len(value) > LONGEST:
        raise QuestionRefused(say("These answers are too long."), field="shown_if_values")
    if other.kind == "number" and not NUMBER.fullmatch(value):
        raise QuestionRefused(
            say(
                "“%(value)s” is not a number, as “%(other)s” asks.", value=value, other=other.label
            ),
            field="shown_if_values",
        )
