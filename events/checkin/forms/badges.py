"""Whose badges are printed."""

from typing import Any

from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from consortium.forms import ActForm
from consortium.words import say
from events.checkin.domain.badges import PAPER_WORDS, Paper
from events.checkin.forms.fields import uuid_of
from events.checkin.service import Wanted, Which


class PrintForm(ActForm):
    """Whose badges, and on what."""

    which = RadioField(
        say("Which badges"),
        choices=[
            SelectChoice(Which.NEW.value, say("Those that are new or changed since printed")),
            SelectChoice(Which.ALL.value, say("All")),
            SelectChoice(Which.TEAM.value, say("One team's")),
            SelectChoice(Which.PERSON.value, say("One person's")),
        ],
        default=Which.NEW.value,
        validators=[InputRequired(say("Choose which badges."))],
    )
    team = SelectField(
        say("Team"),
        default="",
        validate_choice=False,
        description=say("Only where one team's badges are meant."),
    )
    person = SelectField(
        say("Person"),
        default="",
        validate_choice=False,
        description=say("Only where one person's badge is meant."),
    )
    paper = RadioField(
        say("Paper"),
        choices=[SelectChoice(each.value, words) for each, words in PAPER_WORDS.items()],
        default=Paper.EIGHT.value,
        validators=[InputRequired(say("Choose the paper."))],
    )

    def about(self, teams: dict[str, str], people: dict[str, str]) -> None:
        """Offer the teams and people there are."""
        for field, those in ((self.team, teams), (self.person, people)):
            first = SelectChoice("", say("Choose …"))
            field.choices = [first, *(SelectChoice(*one) for one in those.items())]

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the fields; a team or person is named where one is meant."""
        valid = super().validate(extra_validators)
        for which, field in ((Which.TEAM, self.team), (Which.PERSON, self.person)):
            if self.which.data == which.value and uuid_of(field.data) is None:
                field.errors = [*field.errors, say("Choose whose badge is printed.")]
                valid = False
        return valid

    def to_wanted(self) -> Wanted:
        """Return which badges are printed."""
        which = Which(self.which.data)
        of = {Which.TEAM: self.team, Which.PERSON: self.person}.get(which)
        return Wanted(
            which=which, paper=Paper(self.paper.data), of_id=uuid_of(of.data) if of else None
        )
