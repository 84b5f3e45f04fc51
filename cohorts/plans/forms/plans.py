"""Forms about a plan as a whole."""

from wtforms import BooleanField, HiddenField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Optional

from cohorts.plans.domain.reminding import DAYS_BEFORE, MOST_DAYS
from cohorts.plans.models import Plan
from consortium.fields import DayField, NumberField, read_whole
from consortium.forms import ActForm, PlainText
from consortium.words import say

PURPOSE = say("What do you work toward together?")
PURPOSE_HINT = say(
    "Two or three sentences that both sides would say aloud. You can write it later, too."
)


class BeginForm(ActForm):
    """The first words of a plan."""

    purpose = TextAreaField(
        PURPOSE,
        [PlainText(lines=True, longest=2000)],
        description=PURPOSE_HINT,
        render_kw={"rows": 4},
    )


class PurposeForm(BeginForm):
    """What the partnership works toward, and which text the page showed."""

    version = HiddenField(default="0")

    @property
    def read_version(self) -> int:
        """The version that the page showed."""
        return read_whole(self.version.data or "") or 0


class MeetingForm(ActForm):
    """When the partnership meets next about its plan."""

    next_meeting = DayField(
        say("Your next meeting about this plan"),
        [Optional()],
        description=say("Empty: no date is set."),
    )
    place = StringField(
        say("Where"),
        description=say("“Union hall”, “Board room, 4 pm”, or a link."),
    )
    remind_days = NumberField(
        say("Remind owners so many days before"),
        [InputRequired(say("Write a number, or 0 for no reminder."))],
        most=MOST_DAYS,
        description=say("Each owner gets one mail with the own goals. 0: nobody gets one."),
        default=DAYS_BEFORE,
    )

    def fill(self, plan: Plan) -> None:
        """Show what is set."""
        self.next_meeting.data = plan.next_meeting
        self.place.data = plan.next_meeting_place
        self.remind_days.data = plan.remind_days


class SignForm(ActForm):
    """A signature: the name, typed, under the text that the page showed."""

    number = HiddenField(default="0")
    digest = HiddenField(default="")
    name = StringField(
        say("Your name"),
        [DataRequired(say("Type your name, as you sign."))],
        description=say("Typing it here is your signature. It is kept with the sentence above."),
        render_kw={"autocomplete": "name"},
    )
    agree = BooleanField(say("I agree"), [DataRequired(say("Tick that you agree."))])

    @property
    def read_number(self) -> int:
        """Which version the page showed."""
        return read_whole(self.number.data or "") or 0


class VersionForm(ActForm):
    """A button about one version."""

    number = HiddenField(default="0")

    @property
    def read_number(self) -> int:
        """Which version is meant."""
        return read_whole(self.number.data or "") or 0


class CommentForm(ActForm):
    """A comment on the plan, or on a goal of it."""

    body = TextAreaField(
        say("Your comment"),
        [DataRequired(say("Write something first.")), PlainText(lines=True, longest=4000)],
        render_kw={"rows": 3},
    )


class NoteForm(ActForm):
    """A note of the coach."""

    body = TextAreaField(
        say("Your note"),
        [DataRequired(say("Write something first.")), PlainText(lines=True, longest=8000)],
        description=say("Only the team and its coaches read it: no host, no funder."),
        render_kw={"rows": 4},
    )


class HostForm(ActForm):
    """Whether the host reads the comments."""

    lets = HiddenField(default="")

    @property
    def yes(self) -> bool:
        """Whether the button lets the host read them."""
        return bool(self.lets.data == "yes")
