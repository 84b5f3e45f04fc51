"""A survey as people fill it in, step by step: questions, then people, then topics.

It carries no one-time key: the record that guards such a key against a second sending has a digest
of what was sent. That someone answers once, the database holds.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum, auto
from typing import Any
from uuid import UUID

from wtforms import Field, HiddenField, RadioField, SelectMultipleField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from cohorts.surveys.domain.answers import check_named
from cohorts.surveys.domain.instruments import (
    LONGEST_TEXT,
    Instrument,
    OpenQuestion,
    Scale,
    Statement,
)
from cohorts.surveys.domain.rules import SurveyRefused
from cohorts.surveys.service.answering import Colleague
from consortium.forms import Form, PlainText

BETWEEN = ":"
"""Stands between whom and about what, in the value of a tick."""


class Step(StrEnum):
    """A page of the way through."""

    QUESTIONS = auto()
    PEOPLE = auto()
    TOPICS = auto()


class AnswerForm(Form):
    """The fields of one survey; see ``answer_form``."""

    step = HiddenField()
    people = SelectMultipleField(validate_choice=False)
    talk = SelectMultipleField(validate_choice=False)

    instrument: Instrument
    colleagues: Sequence[Colleague] = ()

    @property
    def steps(self) -> Sequence[Step]:
        """The pages there are for this survey, and for who named somebody."""
        asked = self.instrument
        found = [Step.QUESTIONS] if asked.scales or asked.questions else []
        if asked.network is not None:
            found.append(Step.PEOPLE)
            if self.chosen or not self.is_submitted():
                found.append(Step.TOPICS)
        return found

    @property
    def sent(self) -> int:
        """Which page was sent, as its place among ``steps``."""
        known = [step.value for step in self.steps]
        return known.index(self.step.data) if self.step.data in known else 0

    @property
    def scales(self) -> Sequence[tuple[Scale, Sequence[tuple[Statement, Field]]]]:
        """Each scale with its statements and their fields."""
        return [
            (scale, [(one, self[f"point_{one.code}"]) for one in scale.statements])
            for scale in self.instrument.scales
        ]

    @property
    def texts(self) -> Sequence[tuple[OpenQuestion, Field]]:
        """Each open question with its field."""
        return [(one, self[f"text_{one.code}"]) for one in self.instrument.questions]

    @property
    def chosen(self) -> Sequence[Colleague]:
        """Whom someone talks to, of those who are on the list."""
        ticked = set(self.people.data or ())
        return [one for one in self.colleagues if str(one.id) in ticked]

    @property
    def ticked(self) -> frozenset[str]:
        """About what with whom, as the values of ticks."""
        return frozenset(self.talk.data or ())

    @property
    def said(self) -> Mapping[str, Any]:
        """What was answered, by the code of the statement or question."""
        points = {
            one.code: int(field.data)
            for _, statements in self.scales
            for one, field in statements
            if field.data
        }
        return {**points, **{one.code: field.data for one, field in self.texts if field.data}}

    @property
    def named(self) -> Mapping[str, list[UUID]]:
        """Who was named, by topic; who is not among those chosen is not read."""
        chosen = {str(one.id): one.id for one in self.chosen}
        found: dict[str, list[UUID]] = {topic: [] for topic in self.instrument.topics}
        for value in self.ticked:
            person, _, topic = value.partition(BETWEEN)
            if person in chosen and topic in found:
                found[topic].append(chosen[person])
        return found

    @property
    def carried(self) -> Sequence[tuple[str, str]]:
        """What other pages hold, to be sent along with this one: names and values."""
        pairs: list[tuple[str, str]] = []
        for field in self:
            if field.name in {"step", "csrf_token"}:
                continue
            values = field.data if isinstance(field.data, list) else [field.data or ""]
            pairs += [(field.name, str(value)) for value in values if value not in (None, "")]
        return pairs

    def of_step(self, step: Step) -> Sequence[str]:
        """Return the names of the fields that a page shows itself."""
        if step is Step.QUESTIONS:
            return [name for name in self._fields if name.startswith(("point_", "text_"))]
        return ["people"] if step is Step.PEOPLE else ["talk"]

    def check_people(self) -> None:
        """Raise ``SurveyRefused`` where too many are named."""
        if self.instrument.network is not None:
            check_named([str(one.id) for one in self.chosen], most=self.instrument.network.most)

    def field_of(self, code: str | None) -> str | None:
        """Return the name of the field that asks the statement or question with this code."""
        names = (f"point_{code}", f"text_{code}", code or "")
        return next((name for name in names if name in self._fields), None)

    def show(self, refusal: SurveyRefused) -> None:
        """Put a refusal beside the field that it is about."""
        with self.showing(SurveyRefused):
            raise SurveyRefused(refusal.message, field=self.field_of(refusal.field))


def answer_form(instrument: Instrument, colleagues: Sequence[Colleague]) -> AnswerForm:
    """Return the form that asks all of an instrument."""
    fields: dict[str, Any] = {
        f"point_{one.code}": _points(scale, one)
        for scale in instrument.scales
        for one in scale.statements
    }
    fields |= {
        f"text_{one.code}": TextAreaField(
            one.words,
            [Optional(), PlainText(lines=True, longest=LONGEST_TEXT)],
            render_kw={"rows": 4},
        )
        for one in instrument.questions
    }
    kind = type(
        "AnswerForm", (AnswerForm,), {**fields, "instrument": instrument, "colleagues": colleagues}
    )
    made: AnswerForm = kind()
    return made


def _points(scale: Scale, statement: Statement) -> RadioField:
    options = [SelectChoice(str(n), label) for n, label in enumerate(scale.labels, start=1)]
    return RadioField(statement.words, [Optional()], choices=options)
