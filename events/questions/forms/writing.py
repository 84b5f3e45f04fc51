"""What a coordinator fills in about a question. Shape is checked here; rules live in ``domain``."""

import re
from collections.abc import Sequence
from typing import Any

from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional, ValidationError

from consortium.fields import DayField, TicksField
from consortium.forms import ActForm
from consortium.words import say
from events.institutes.models import Institute
from events.questions.domain import COMPARABLE, KINDS, SCOPES, AnswerKind, QuestionRule, Scope
from events.questions.models import Question

VERSION = re.compile(r"[0-9]{1,9}")
STALE = -1
FROM_THE_LIST = say("Choose one from the list.")


class QuestionForm(ActForm):
    """One question."""

    version = HiddenField(default="0")
    label = StringField(
        say("Question"),
        [InputRequired(say("Write the question."))],
        description=say("As people read it, like “Will you stay at the hotel?”"),
    )
    hint = StringField(say("Hint"), description=say("One sentence that helps to answer."))
    scope = RadioField(
        say("Who answers?"),
        choices=[SelectChoice(scope.value, words) for scope, words in SCOPES.items()],
        default=Scope.PERSON.value,
        validate_choice=False,
    )
    kind = RadioField(
        say("What is the answer?"),
        choices=[SelectChoice(kind.value, words) for kind, words in KINDS.items()],
        default=AnswerKind.TEXT.value,
        validate_choice=False,
    )
    options = TextAreaField(
        say("Options"),
        description=say("For a choice only: one option on each line."),
        render_kw={"rows": 5},
    )
    required = BooleanField(say("It must be answered"))
    role_codes = TicksField(
        say("Which roles are asked?"),
        validate_choice=False,
        description=say("Tick none to ask everyone."),
    )
    shown_if_code = SelectField(say("Ask it only after this question"), validate_choice=False)
    shown_if_values = TextAreaField(
        say("… was answered with"),
        description=say("One answer on each line; any of them counts."),
        render_kw={"rows": 2},
    )
    sensitive = BooleanField(
        say("Ask in confidence"),
        description=say(
            "Only coordinators read the answers, never leads or facilitators, and each look is "
            "written down. For health, money, legal status and the like."
        ),
    )
    keep_until = DayField(
        say("Delete the answers after"),
        [Optional()],
        description=say(
            "Leave it empty for the usual: 90 days after the institute, 30 days if asked in "
            "confidence."
        ),
    )
    code = StringField(
        say("Name of the column"),
        description=say("In imports and exports. We make one from the question."),
    )

    def __init__(
        self, institute: Institute, questions: Sequence[Question], question: Question | None = None
    ) -> None:
        super().__init__(data=_filled(question))
        self._before = question
        labels = {role.code: role.label for role in institute.roles}
        own = question.role_codes if question else []
        self.role_codes.choices = [
            SelectChoice(code, labels.get(code, code)) for code in dict.fromkeys([*labels, *own])
        ]
        others = [
            one
            for one in questions
            if one.kind in COMPARABLE
            and (question is None or (one.id != question.id and one.position < question.position))
        ]
        self.shown_if_code.choices = [
            SelectChoice("", say("Always")),
            *(SelectChoice(one.code, _with_scope(one)) for one in others),
        ]

    @property
    def read_version(self) -> int:
        """The version the page was filled from; an unreadable one counts as stale."""
        text = str(self.version.data or "")
        return int(text) if VERSION.fullmatch(text) else STALE

    def validate_scope(self, field: RadioField) -> None:
        """Refuse what the form does not offer."""
        if field.data not in list(Scope):
            raise ValidationError(FROM_THE_LIST)

    def validate_kind(self, field: RadioField) -> None:
        """Refuse what the form does not offer."""
        if field.data not in list(AnswerKind):
            raise ValidationError(FROM_THE_LIST)

    def validate_role_codes(self, field: TicksField) -> None:
        """Refuse a role that the institute does not have."""
        if not {choice.value for choice in field.choices}.issuperset(field.data or []):
            raise ValidationError(FROM_THE_LIST)

    def to_rule(self) -> QuestionRule:
        """Return what was filled in; a question without a name of its column gets one later."""
        before = self._before
        return QuestionRule(
            code=self.code.data or (before.code if before else ""),
            label=self.label.data or "",
            hint=self.hint.data or "",
            scope=Scope(self.scope.data),
            kind=AnswerKind(self.kind.data),
            options=_lines(self.options.data),
            role_codes=self.role_codes.chosen(before=before.role_codes if before else ()),
            required=self.required.data,
            shown_if_code=self.shown_if_code.data or None,
            shown_if_values=_lines(self.shown_if_values.data),
            sensitive=self.sensitive.data,
            keep_until=self.keep_until.data,
        )


def _filled(question: Question | None) -> dict[str, Any]:
    if question is None:
        return {}
    return {
        "version": str(question.version),
        "label": question.label,
        "hint": question.hint,
        "scope": question.scope.value,
        "kind": question.kind.value,
        "options": "\n".join(question.options),
        "required": question.required,
        "role_codes": list(question.role_codes),
        "shown_if_code": question.shown_if_code or "",
        "shown_if_values": "\n".join(question.shown_if_values),
        "sensitive": question.sensitive,
        "keep_until": question.keep_until,
        "code": question.code,
    }


def _with_scope(question: Question) -> str:
    if question.scope is Scope.TEAM:
        return say("%(question)s (team)", question=question.label)
    return question.label


def _lines(text: str | None) -> tuple[str, ...]:
    return tuple(line.strip() for line in (text or "").splitlines() if line.strip())
