"""An evaluation as people fill it in.

It carries no one-time key: the record that guards such a key against a second sending has a digest
of what was sent beside the address of who sent it. That someone answers once, the database holds.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import Field, RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from consortium.forms import Form, PlainText
from consortium.words import say
from events.credit.domain.evaluations import LEAST, LONGEST, MOST, Item, Kind

LOW, HIGH = say("Not at all"), say("Very much")


class EvaluationForm(Form):
    """The fields of one evaluation; see ``evaluation_form``."""

    _items: Sequence[Item] = ()

    @property
    def asked(self) -> Sequence[tuple[Item, Field]]:
        """Each question with its field."""
        return [(item, self[_name(n)]) for n, item in enumerate(self._items)]

    @property
    def said(self) -> Mapping[str, Any]:
        """What was answered, by the question's code."""
        return {item.code: _value(item, field.data) for item, field in self.asked}

    def field_of(self, code: str | None) -> str | None:
        """Return the name of the field that asks the question with this code."""
        return next((_name(n) for n, item in enumerate(self._items) if item.code == code), None)


def evaluation_form(items: Sequence[Item]) -> EvaluationForm:
    """Return the form that asks these questions."""
    fields: dict[str, Any] = {_name(n): _field(item) for n, item in enumerate(items)}
    made: EvaluationForm = type("EvaluationForm", (EvaluationForm,), {**fields, "_items": items})()
    return made


def _field(item: Item) -> Any:
    if item.kind is Kind.TEXT:
        checks = [Optional(), PlainText(lines=True, longest=LONGEST)]
        return TextAreaField(item.words, checks, render_kw={"rows": 4})
    if item.kind is Kind.CHOICE:
        options = [SelectChoice(option, option) for option in item.options]
        return RadioField(item.words, [Optional()], choices=options)
    marks = [SelectChoice(str(n), str(n)) for n in range(LEAST, MOST + 1)]
    return RadioField(item.words, [Optional()], choices=marks)


def _value(item: Item, data: Any) -> Any:
    if item.kind is Kind.SCALE:
        return int(data) if data else None
    return data or None


def _name(n: int) -> str:
    return f"answer_{n + 1}"
