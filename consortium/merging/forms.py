"""What a coordinator says of two records."""

from collections.abc import Sequence
from typing import Any

from wtforms import EmailField, RadioField
from wtforms.validators import InputRequired

from consortium.forms import ActForm, Form
from consortium.words import say


class MergeForm(ActForm):
    """Which of two records is kept."""

    keep = RadioField(
        say("Which one is kept?"),
        validators=[InputRequired(say("Choose which one is kept."))],
    )

    def __init__(self, label: str, choices: Sequence[tuple[str, str]], **options: Any) -> None:
        """Offer the two."""
        super().__init__(**options)
        self.keep.label.text = label
        self.keep.choices = list(choices)

    def gone(self) -> str:
        """Return the other one."""
        both = [str(value) for value, _ in self.keep.choices]
        return next(value for value in both if value != self.keep.data)


class CompareForm(Form):
    """Two addresses of whom someone knows that they are one person's."""

    class Meta(Form.Meta):
        """Read from the page's address: it only asks."""

        csrf = False

    one = EmailField(say("One address"), [InputRequired(say("Enter an address."))])
    other = EmailField(say("The other address"), [InputRequired(say("Enter the other address."))])
