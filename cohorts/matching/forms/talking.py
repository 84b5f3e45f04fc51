"""What two matched people say to each other of a call, and to the hosts of how it goes."""

from datetime import datetime

from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from cohorts.matching.domain.calls import LONGEST, SHORTEST, USUAL, CallSpan
from cohorts.matching.domain.following_up import Useful
from cohorts.matching.service.following import Answer, Question
from consortium.fields import ClockField, DayField, NumberField
from consortium.forms import ActForm, KeptForm, PlainText
from consortium.pages import zone_name
from consortium.words import say

YES, NO = "yes", "no"


class CallForm(KeptForm):
    """A time for a call, by the clocks of one of the two."""

    on = DayField(say("Day"), [InputRequired(say("Choose a day."))])
    at = ClockField(say("Begins at"), [InputRequired(say("Choose a time."))])
    zone = SelectField(say("By the clocks of"))
    minutes = NumberField(
        say("Minutes"), [InputRequired(say("Say how long."))], least=SHORTEST, most=LONGEST,
        default=USUAL,
    )  # fmt: skip
    place = StringField(
        say("How you talk"),
        description=say("A link to a meeting, or who rings whom. Only the two of you read it."),
    )

    def offer(self, *zones: str) -> None:
        """Let the form choose among these zones, the reader's own first."""
        self.zone.choices = [SelectChoice(zone, zone_name(zone)) for zone in dict.fromkeys(zones)]

    def to_span(self) -> CallSpan:
        """Return from when to when."""
        return CallSpan(
            starts=datetime.combine(self.on.data, self.at.data),
            time_zone=self.zone.data,
            minutes=self.minutes.data or USUAL,
        )


class AnswerTimeForm(ActForm):
    """Yes or no to a time, by the button that was pressed."""

    time_id = HiddenField()
    said = HiddenField()


class HowItGoesForm(ActForm):
    """One question: did you talk, was it useful, do you need help."""

    talked = RadioField(
        say("Did you talk?"),
        [InputRequired(say("Say whether you talked."))],
        choices=[SelectChoice(YES, say("Yes")), SelectChoice(NO, say("Not yet"))],
    )
    useful = RadioField(
        say("Was it useful?"),
        choices=[
            SelectChoice("", say("We have not talked")),
            SelectChoice(Useful.YES.value, say("Yes")),
            SelectChoice(Useful.SOMEWHAT.value, say("Somewhat")),
            SelectChoice(Useful.NO.value, say("No")),
        ],
        default="",
    )
    needs_help = BooleanField(
        say("I would like the hosts to get in touch with me"),
        description=say("Then they see your name. Of all other answers they see numbers alone."),
    )
    words = TextAreaField(
        say("Anything else"), [PlainText(lines=True, longest=1000)],
    )  # fmt: skip
    shares_words = BooleanField(
        say("The hosts may read these words, without my name"),
    )

    def fill(self, question: Question) -> None:
        """Show what was answered before."""
        if question.answered:
            self.talked.data = YES if question.talked else NO
            self.useful.data = question.useful.value if question.useful else ""
            self.needs_help.data = question.needs_help
            self.words.data = question.words
            self.shares_words.data = question.shares_words

    def to_answer(self) -> Answer:
        """Return what the person says."""
        return Answer(
            talked=self.talked.data == YES,
            useful=Useful(self.useful.data) if self.useful.data else None,
            needs_help=self.needs_help.data,
            words=self.words.data or "",
            shares_words=self.shares_words.data,
        )
