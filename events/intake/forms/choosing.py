"""The table's filter, and a choice made by hand."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask import request
from wtforms import RadioField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, ValidationError

from consortium.forms import ActForm, Form
from consortium.words import say
from events.intake.domain import (
    OUTCOMES,
    STATUS_WORDS,
    UNKNOWN,
    ApplicationFilter,
    Ground,
    Order,
    Outcome,
    strata_of,
    stratum_words,
)
from events.registration.domain import place_name


def _choices(anything: str, words: Mapping[str, str]) -> Sequence[SelectChoice]:
    return [SelectChoice("", anything), *(SelectChoice(*pair) for pair in words.items())]


def _strata(ground: Ground, *more: str) -> Sequence[SelectChoice]:
    codes = (*strata_of(ground, ()), *more)
    return _choices(say("All"), {code: stratum_words(ground, code) for code in codes})


class _OneOf(SelectField):
    """A select whose refusal says what to do."""

    def pre_validate(self, form: Any) -> None:
        """Refuse what the list does not offer: an old link, or a typed address."""
        try:
            super().pre_validate(form)
        except ValidationError as error:
            raise ValidationError(say("Choose one of the list.")) from error


class TableForm(Form):
    """Which applications the table shows, in which order."""

    class Meta(Form.Meta):
        """Without CSRF: reading changes nothing, and the address can be kept and sent on."""

        csrf = False

    standing = _OneOf(
        say("Status"), choices=_choices(say("All but withdrawn"), STATUS_WORDS), default=""
    )
    proposed = _OneOf(
        say("Proposed"),
        choices=_choices(say("All"), {each.value: words for each, words in OUTCOMES.items()}),
        default="",
    )
    eligible = _OneOf(
        say("All pledges signed"),
        choices=_choices(say("All"), {"yes": say("Yes"), "no": say("No")}),
        default="",
    )
    state = _OneOf(say("State"), default="")
    size = _OneOf(say("Students"), choices=_strata(Ground.SIZE, UNKNOWN), default="")
    locale = _OneOf(say("Locale"), choices=_strata(Ground.LOCALE, UNKNOWN), default="")
    newness = _OneOf(say("History"), choices=_strata(Ground.NEWNESS), default="")
    order = _OneOf(
        say("Sorted by"),
        choices=_choices(
            say("Time of submission"),
            {
                Order.NAME.value: say("LEA"),
                Order.STATE.value: say("State"),
                Order.SIZE.value: say("Students"),
                Order.LOCALE.value: say("Locale"),
                Order.SEATS.value: say("Seats wanted"),
                Order.PROPOSED.value: say("Proposal"),
            },
        ),
        default="",
    )

    def __init__(self, states: Iterable[str]) -> None:
        super().__init__(request.args)
        named = sorted((place_name(state), state) for state in set(states))
        self.state.choices = _choices(say("All"), {state: name for name, state in named})

    def to_filter(self) -> ApplicationFilter:
        """Return the filter; one that asks nothing when the form is wrong."""
        return ApplicationFilter(**self.data) if self.validate() else ApplicationFilter()


class ByHandForm(ActForm):
    """What the host means for one application, and why."""

    outcome = RadioField(
        say("What should it be?"),
        [InputRequired(say("Choose one."))],
        choices=[SelectChoice(each.value, words) for each, words in OUTCOMES.items()],
        validate_choice=False,
    )
    reason = TextAreaField(
        say("Why?"),
        [DataRequired(say("Write the reason."))],
        description=say("The applicant reads it with the letter."),
        render_kw={"rows": 3},
    )

    def validate_outcome(self, field: Any) -> None:
        """Refuse what nobody offered."""
        if field.data not in set(Outcome):
            raise ValidationError(say("Choose one of the list."))

    @property
    def chosen(self) -> Outcome:
        """What was chosen."""
        return Outcome(self.outcome.data)
