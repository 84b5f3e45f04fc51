"""What a coordinator says to a substitution that a lead asks for."""

from wtforms import RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired

from consortium.forms import ActForm, PlainText
from consortium.words import say

GRANT, REFUSE = "grant", "refuse"


class DecideForm(ActForm):
    """Yes or no, and a word about it."""

    decision = RadioField(
        say("Your answer"),
        [DataRequired(say("Choose an answer."))],
        choices=[
            SelectChoice(GRANT, say("Yes, the new person gets the seat")),
            SelectChoice(REFUSE, say("No, the seat stays as it is")),
        ],
    )
    note = TextAreaField(
        say("A word about it"),
        [PlainText(lines=True, longest=1000)],
        description=say("The lead who asked reads it."),
        render_kw={"rows": 3},
    )
