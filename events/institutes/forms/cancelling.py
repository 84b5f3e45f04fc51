"""What a coordinator says when an institute is cancelled."""

from collections.abc import Iterable

from wtforms import BooleanField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired

from consortium.forms import ActForm, PlainText
from consortium.words import say
from events.institutes.domain.cancelling import LONGEST_ADDRESS, Announcement
from events.institutes.models import Institute

LONGEST_REASON = 2000


class CancelForm(ActForm):
    """Why, what is offered instead, and that it is meant."""

    reason = TextAreaField(
        say("Why is it cancelled?"),
        [
            DataRequired(say("Write the reason. Everyone who counted on the institute reads it.")),
            PlainText(lines=True, longest=LONGEST_REASON),
        ],
        description=say("Everyone who is told reads this, also on the public page."),
    )
    instead = SelectField(
        say("Another institute to offer instead"),
        description=say("Its page is linked in the mail. No place is held for anyone there."),
    )
    survey_url = StringField(
        say("Link to a survey"),
        [PlainText(longest=LONGEST_ADDRESS)],
        description=say("The whole address, beginning with https://."),
    )
    meant = BooleanField(
        say("I have read what will happen. Cancel the institute and tell everyone."),
        [DataRequired(say("Tick the box if you want to cancel the institute."))],
    )

    def about(self, others: Iterable[Institute]) -> None:
        """Offer these institutes to choose from."""
        self.instead.choices = [
            SelectChoice("", say("None")),
            *(SelectChoice(other.slug, other.title) for other in others),
        ]

    def to_announcement(self) -> Announcement:
        """Return what was filled in."""
        return Announcement(
            reason=self.reason.data or "",
            instead=self.instead.data or "",
            survey_url=self.survey_url.data or "",
        )
