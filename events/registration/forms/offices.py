"""What a coordinator fills in to correct what an LEA said of an office."""

from wtforms import RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired

from consortium.forms import ActForm
from consortium.words import say

YES, NO = "yes", "no"


class OfficeForm(ActForm):
    """Whether the LEA has the office after all, and why the answer changes."""

    exists = RadioField(
        say("Does this LEA have the office?"),
        [DataRequired(say("Choose yes or no."))],
        choices=[SelectChoice(YES, say("Yes")), SelectChoice(NO, say("No"))],
    )
    reason = StringField(
        say("Why does the answer change?"),
        [DataRequired(say("Write the reason."))],
        description=say("The team's leads read it."),
    )
