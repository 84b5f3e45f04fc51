"""Fields for the questions that someone is asked, put behind the fields of any form."""

import io
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any, ClassVar

from wtforms import (
    BooleanField,
    Field,
    FileField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import DateInput

from consortium.fields import TicksField, refuse
from consortium.files import service as files
from consortium.files.domain import ACCEPT, LARGEST, CleanFile, FileRefused, clean_file
from consortium.forms import ActForm, PlainText, clean_text
from consortium.ports import FileStorage
from consortium.words import say
from events.questions.domain import (
    LONGEST,
    AnswerKind,
    QuestionRule,
    Value,
    check,
    faults,
)
from events.questions.service import Asked, Said

FEW = 6
"""Up to so many options are radio buttons; more are a list to choose from."""


@dataclass(frozen=True, kw_only=True)
class Shown:
    """One question as the page shows it."""

    rule: QuestionRule
    field: Field
    remove: Field | None = None
    """For a file that was handed in: the tick that takes it back."""
    handed_in: str = ""
    """Name of the file that is there."""


def asking(base: type[Any], asked: Asked, *, unfinished: bool = False) -> type[Any]:
    """Return the form with a field for each question, filled with what was answered.

    ``unfinished`` lets questions wait that must be answered.
    """
    fields: dict[str, Any] = {"asked": asked, "unfinished": unfinished}
    labels = {rule.code: rule.label for rule in asked.questions}
    for rule in asked.questions:
        hint = _hint(rule, after=labels.get(rule.shown_if_code or "", ""))
        fields[f"q_{rule.code}"] = _field(rule, hint, asked.answers.get(rule.code, ""))
        if rule.code in asked.files:
            fields[f"drop_{rule.code}"] = BooleanField(say("Remove this file"))
    make: Any = type(base)  # WTForms' own way to make a class
    made: type[Any] = make(base.__name__, (QuestionFields, base), fields)
    return made


class QuestionFields(ActForm):
    """What ``asking`` adds to a form: the checks, and the answers as values."""

    asked: ClassVar[Asked] = Asked()
    unfinished: ClassVar[bool] = False

    @property
    def shown(self) -> Sequence[Shown]:
        """The questions with their fields, in order."""
        return [
            Shown(
                rule=rule,
                field=self[f"q_{rule.code}"],
                remove=self._fields.get(f"drop_{rule.code}"),
                handed_in=str(self.asked.answers.get(rule.code, ""))
                if rule.code in self.asked.files
                else "",
            )
            for rule in self.asked.questions
        ]

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the fields, then the answers together: some are asked only after others."""
        valid = super().validate(extra_validators)
        self._uploads: dict[str, CleanFile] = {}
        for rule in self.asked.questions:
            if rule.kind is AnswerKind.FILE:
                valid = self._take_file(rule) and valid
        judge = faults if self.unfinished else check
        found = judge(self.asked.questions, self._values(), self.asked.role_codes)
        for code, fault in found.items():
            field = self[f"q_{code}"]
            if not field.errors:
                refuse(field, fault)
            valid = False
        return valid

    def to_said(self, storage: FileStorage) -> Said:
        """Return the answers; the bytes of files are handed to the storage now.

        Call it before the transaction. Raises ``GatewayDown``.
        """
        return Said(
            values=self._values(),
            files={code: files.put(storage, file) for code, file in self._uploads.items()},
            removed=frozenset(self._removed()),
        )

    def _values(self) -> dict[str, Value]:
        values = {rule.code: self._value(rule) for rule in self.asked.questions}
        return {code: value for code, value in values.items() if value}

    def _value(self, rule: QuestionRule) -> Value:
        if rule.kind is AnswerKind.FILE:
            if rule.code in self._uploads:
                return self._uploads[rule.code].filename
            stays = rule.code in self.asked.files and rule.code not in self._removed()
            return self.asked.answers[rule.code] if stays else ""
        field = self[f"q_{rule.code}"]
        if rule.kind is AnswerKind.CHOICES:
            ticked = [clean_text(value) or "" for value in field.data or []]
            known = [option for option in rule.options if option in ticked]
            return (*known, *(value for value in ticked if value not in rule.options))
        # Radio buttons of which none was chosen send nothing, and would keep what was there.
        return (clean_text(field.data) or "") if field.raw_data else ""

    def _removed(self) -> set[str]:
        dropped = {code: self._fields.get(f"drop_{code}") for code in self.asked.files}
        return {code for code, tick in dropped.items() if tick is not None and tick.data}

    def _take_file(self, rule: QuestionRule) -> bool:
        field = self[f"q_{rule.code}"]
        sent = field.data
        if not getattr(sent, "filename", ""):
            return True
        with closing(sent.stream):  # a large one lies in a file of its own until then
            content = sent.stream.read(LARGEST + 1)
        sent.stream = io.BytesIO(content)
        try:
            self._uploads[rule.code] = clean_file(sent.filename, content)
        except FileRefused as refusal:
            return refuse(field, refusal.message)
        return True


def _hint(rule: QuestionRule, *, after: str) -> str:
    """Return the host's hint, and what else people should know before they answer."""
    notes = [rule.hint] if rule.hint else []
    if after:
        wanted = say("” or “").join(rule.shown_if_values)
        notes.append(
            say(
                "Only if you answered “%(values)s” to “%(question)s”.",
                values=wanted,
                question=after,
            )
        )
    if rule.sensitive:
        notes.append(say("Only the hosts' coordinators read it."))
    if not notes:
        return ""
    hint = notes[0]
    for note in notes[1:]:
        hint = say("%(one)s %(other)s", one=hint, other=note)
    return hint


def _field(rule: QuestionRule, hint: str, value: Value) -> Field:
    usual: dict[str, Any] = {"label": rule.label, "description": hint}
    if rule.kind is AnswerKind.FILE:
        return FileField(render_kw={"accept": ACCEPT}, **usual)
    if rule.kind is AnswerKind.CHOICES:
        options = [SelectChoice(option, option) for option in rule.options]
        chosen = [value] if isinstance(value, str) and value else list(value)
        return TicksField(choices=options, default=chosen, validate_choice=False, **usual)
    usual["default"] = value
    if rule.kind is AnswerKind.CHOICE:
        return _one_of(rule, usual)
    if rule.kind is AnswerKind.NUMBER:
        return StringField(render_kw={"inputmode": "decimal"}, **usual)
    if rule.kind is AnswerKind.DATE:
        return StringField(widget=DateInput(), **usual)
    lines = PlainText(lines=True, longest=LONGEST)
    return TextAreaField(validators=[lines], render_kw={"rows": 3}, **usual)


def _one_of(rule: QuestionRule, usual: dict[str, Any]) -> Field:
    options = [SelectChoice(option, option) for option in rule.options]
    if len(options) > FEW:
        options = [SelectChoice("", say("Choose one")), *options]
        return SelectField(choices=options, validate_choice=False, **usual)
    if not rule.required:
        options.append(SelectChoice("", say("No answer")))
    return RadioField(choices=options, validate_choice=False, **usual)
