"""What someone writes who asks for a match, and how the other answers."""

from wtforms import HiddenField, TextAreaField
from wtforms.validators import AnyOf

from consortium.forms import ActForm, KeptForm, PlainText
from consortium.words import say

YES, NO = "yes", "no"
LONGEST = 1000


class AskForm(KeptForm):
    """What the asked person reads."""

    words = TextAreaField(
        say("What you would like to talk about"),
        [PlainText(lines=True, longest=LONGEST)],
        description=say("Only this person reads it. Two or three sentences are enough."),
    )


class AnswerForm(ActForm):
    """Yes or no, by the button that was pressed."""

    said = HiddenField(validators=[AnyOf((YES, NO), message=say("Say yes or no."))])

    @property
    def yes(self) -> bool:
        """Whether the person said yes."""
        return bool(self.said.data == YES)
