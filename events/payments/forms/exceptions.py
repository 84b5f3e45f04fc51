"""What finance says about an exception."""

from wtforms import TextAreaField
from wtforms.validators import InputRequired

from consortium.forms import ActForm, PlainText
from consortium.words import say


class ResolveForm(ActForm):
    """What was done."""

    resolution = TextAreaField(
        say("What was done"),
        [InputRequired(say("Write what was done about it.")), PlainText(lines=True, longest=2000)],
        description=say("For whoever looks at the books later."),
    )
