"""Which teams a host asks to go on, and what a side answers."""

from collections.abc import Sequence
from uuid import UUID

from wtforms import HiddenField, RadioField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from cohorts.learning.forms.planning import FROM_THE_LIST
from consortium.fields import TicksField
from consortium.forms import ActForm, Form, PlainText
from consortium.words import say
from events.facade import InstituteView
from events.facade.teams import TeamOfYear


class SourceForm(Form):
    """From which institute teams go on; asked for by the address."""

    class Meta:
        csrf = False

    source = SelectField(
        say("Teams of which institute?"), [Optional()], invalid_choice_message=FROM_THE_LIST
    )

    def about(self, institutes: Sequence[InstituteView]) -> None:
        """Offer the other institutes, newest first."""
        self.source.choices = [
            SelectChoice("", say("Choose an institute")),
            *(SelectChoice(one.slug, one.title) for one in institutes),
        ]


class ContinueForm(ActForm):
    """Teams to ask, and what the host writes to them."""

    source = HiddenField()
    teams = TicksField(
        say("Which teams do you ask?"), invalid_choice_message=say("Choose teams of the list.")
    )
    note = TextAreaField(
        say("What you write to them"),
        [PlainText(lines=True, longest=2000)],
        description=say("It stands in the mail to the leaders of both sides."),
    )

    def about(self, source: str, teams: Sequence[TeamOfYear]) -> None:
        """Offer the teams that can be asked."""
        self.source.data = source
        self.teams.choices = [SelectChoice(str(team.id), team.name) for team in teams]

    @property
    def team_ids(self) -> frozenset[UUID]:
        """The teams that are ticked."""
        return frozenset(UUID(one) for one in self.teams.data or [])


class AnswerForm(ActForm):
    """Yes or no, for one's side."""

    side_agrees = RadioField(
        say("Does your side agree?"),
        choices=[
            SelectChoice("yes", say("Yes, our team goes on")),
            SelectChoice("no", say("No, not this time")),
        ],
        validators=[InputRequired(say("Choose one."))],
    )

    @property
    def agrees(self) -> bool:
        """Whether the answer is yes."""
        return bool(self.side_agrees.data == "yes")
