"""The board's filters, and the choice of reminders."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask import request
from wtforms import SelectField, SelectMultipleField, StringField, widgets
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, ValidationError

from consortium.forms import ActForm, Form
from consortium.people.domain import SIDE_WORDS
from consortium.words import say
from events.board.domain.reminders import Kind
from events.board.domain.roster import RosterFilter
from events.board.domain.teams import Completeness, RoleBook, TeamFilter
from events.board.domain.words import SEAT_STATUS, TEAM_STATUS
from events.registration.domain import place_name


def _choices(anything: str, words: Mapping[str, str]) -> Sequence[SelectChoice]:
    """Return what a filter offers; the first choice asks nothing."""
    return [SelectChoice("", anything), *(SelectChoice(*pair) for pair in words.items())]


class OneOf(SelectField):
    """A select whose refusal says what to do."""

    def pre_validate(self, form: Any) -> None:
        """Refuse what the list does not offer: an old link, or a typed address."""
        try:
            super().pre_validate(form)
        except ValidationError as error:
            raise ValidationError(say("Choose one of the list.")) from error


class FilterForm(Form):
    """A filter: sent by GET, empty fields ask nothing, what it does not know is an error."""

    class Meta(Form.Meta):
        """Without CSRF: reading changes nothing, and the address can be kept and sent on."""

        csrf = False

    completeness = OneOf(say("Completeness"), default="")
    state = OneOf(say("State"), default="")

    def __init__(self, book: RoleBook, states: Iterable[str]) -> None:
        super().__init__(request.args)
        named = sorted((place_name(state), state) for state in states)
        self.completeness.choices = _choices(say("All"), {e.value: e.words for e in Completeness})
        self.state.choices = _choices(say("All"), {state: name for name, state in named})
        self.role.choices = _choices(say("All"), {rule.code: rule.label for rule in book.rules})
        self.side.choices = _choices(
            say("All"), {side.value: SIDE_WORDS[side] for side in book.sides}
        )

    @property
    def asked(self) -> Mapping[str, str]:
        """What is asked for; nothing while something in it is wrong."""
        return self.data if self.validate() else {}


class TeamFilterForm(FilterForm):
    """Which teams the board's table shows."""

    standing = OneOf(
        say("Status"), choices=_choices(say("All but withdrawn"), TEAM_STATUS), default=""
    )
    role = OneOf(say("Lacks the role"), default="")
    side = OneOf(say("Nobody from the side"), default="")

    def to_filter(self) -> TeamFilter:
        """Return the filter; one that asks nothing when the form is wrong."""
        return TeamFilter(**self.asked)


class RosterFilterForm(FilterForm):
    """Which people the roster lists."""

    q = StringField(say("Name, e-mail or team"), [Length(max=100)], default="")
    seat = OneOf(say("Seat"), choices=_choices(say("All that are held"), SEAT_STATUS), default="")
    standing = OneOf(
        say("Team status"), choices=_choices(say("All but withdrawn"), TEAM_STATUS), default=""
    )
    answers = OneOf(
        say("Answers"), choices=_choices(say("All"), {"missing": say("Missing")}), default=""
    )
    role = OneOf(say("Role"), default="")
    side = OneOf(say("Side"), default="")

    def to_filter(self) -> RosterFilter:
        """Return the filter; one that asks nothing when the form is wrong."""
        return RosterFilter(**self.asked)


class RemindForm(ActForm):
    """Which reminders go out."""

    kinds = SelectMultipleField(
        say("Send these reminders"),
        [InputRequired(say("Choose at least one kind of reminder."))],
        choices=[SelectChoice(kind.value, kind.words) for kind in Kind],
        default=[kind.value for kind in Kind],
        validate_choice=False,
        option_widget=widgets.CheckboxInput(),
    )

    def validate_kinds(self, field: Any) -> None:
        """Refuse a kind that nobody offered."""
        if not {kind.value for kind in Kind}.issuperset(field.data):
            raise ValidationError(say("Choose from the list."))

    @property
    def chosen(self) -> frozenset[Kind]:
        """The kinds that were ticked."""
        return frozenset(map(Kind, self.kinds.data))

    def offer(self, people: Mapping[Kind, int]) -> None:
        """Say how many people each choice concerns; leave out what concerns nobody."""
        self.kinds.choices = [
            SelectChoice(kind.value, say("%(whom)s: %(people)s", whom=kind.words, people=number))
            for kind, number in people.items()
            if number
        ]
