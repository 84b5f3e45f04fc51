"""What a coordinator fills in to publish a programme."""

from wtforms import BooleanField, HiddenField, TextAreaField

from consortium.forms import ActForm
from consortium.words import say


class PublishForm(ActForm):
    """Publish what waits."""

    seen = HiddenField()
    note = TextAreaField(
        say("Note"),
        description=say(
            "In your own words, why it changes. It stands in the public list of changes and in the "
            "mail to those whom it touches."
        ),
    )
    accept = BooleanField(say("Publish it all the same: these clashes are meant to be so"))
