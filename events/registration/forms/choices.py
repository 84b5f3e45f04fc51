"""Which optional days and strands a member wants."""

from collections.abc import Sequence

from wtforms.fields.choices import SelectChoice

from consortium.forms import ActForm
from consortium.words import say
from events.registration.forms.fields import tick_list
from events.registration.service import Choice


class ChoicesForm(ActForm):
    """The optional days and strands of one member."""

    # What there is to choose is the rules' to say: their sentence names what is for others.
    choices = tick_list(
        say("Optional days and strands"),
        description=say("If one is full, you wait for it; a place that frees goes to you in turn."),
        validate_choice=False,
    )

    def about(self, choices: Sequence[Choice]) -> None:
        """Offer what the member may choose, with what is chosen ticked."""
        self.choices.choices = [SelectChoice(one.code, one.words) for one in choices]
        if not self.is_submitted():
            self.choices.data = [one.code for one in choices if one.chosen]
