"""What a host fills in about a cohort's meetings. Shape is checked here; rules in ``domain``."""

from datetime import datetime
from typing import Any

from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional, ValidationError

from cohorts.learning.domain.series import CADENCE_WORDS, Cadence, Span
from cohorts.learning.models import House, MeetingFacts
from cohorts.learning.service.planning import Facts, Series
from consortium.directory.domain import ALL_STATES
from consortium.fields import (
    MOST,
    ClockField,
    DayField,
    NumberField,
    WebAddress,
    read_whole,
)
from consortium.forms import ActForm, PlainText
from consortium.words import say

HOUSES = {
    "": say("Not said"),
    House.LABOR: say("The union's: a union hall"),
    House.MANAGEMENT: say("The district's: an office or a school"),
    House.BOARD: say("The board's: the board room"),
    House.NEUTRAL: say("Nobody's: a library, a hotel"),
}
MODES = {
    "": say("Not said"),
    "in_person": say("In person"),
    "virtual": say("Online"),
    "both": say("In person and online"),
}
FROM_THE_LIST = say("Choose one from the list.")


def read_version(text: str | None) -> int:
    """Return the version that a page kept in a hidden field; -1 where it is none."""
    found = read_whole(text or "")
    return -1 if found is None or found > MOST else found


class SeriesForm(ActForm):
    """A series of meetings."""

    title = StringField(
        say("What each meeting is called"),
        [InputRequired(say("Give the meetings a title.")), PlainText(longest=120)],
        description=say("We add a number: “Network meeting” becomes “Network meeting 1”."),
    )
    cadence = RadioField(
        say("How often?"),
        choices=[SelectChoice(one, words) for one, words in CADENCE_WORDS.items()],
        default=Cadence.TWO_WEEKS,
        validators=[InputRequired(say("Choose one."))],
    )
    first = DayField(
        say("Day of the first meeting"),
        [Optional()],
        description=say("Leave it empty if no date is set yet: the meetings stand as to be set."),
    )
    meetings = NumberField(
        say("How many meetings"), [InputRequired(say("Say how many."))], default=8, least=1, most=60
    )
    begins = ClockField(say("Begins"), [InputRequired(say("Say when they begin."))])
    ends = ClockField(say("Ends"), [InputRequired(say("Say when they end."))])
    state = SelectField(
        say("Leave out the holidays of"), default="", invalid_choice_message=FROM_THE_LIST
    )
    group = SelectField(say("For which group?"), default="", invalid_choice_message=FROM_THE_LIST)
    mode = SelectField(
        say("How people meet"),
        choices=[SelectChoice(code, words) for code, words in MODES.items()],
        default="",
        invalid_choice_message=FROM_THE_LIST,
    )
    link = StringField(
        say("Online link"),
        [PlainText(longest=2000), WebAddress()],
        description=say("Only people who have a place see it."),
    )
    homework = TextAreaField(
        say("Homework"), [PlainText(lines=True, longest=2000)], description=say("For each meeting.")
    )

    def about(self, groups: list[str]) -> None:
        """Offer the cohort's groups and the states whose holidays are known."""
        self.group.choices = [
            SelectChoice("", say("All groups")),
            *(SelectChoice(group, group) for group in groups),
        ]
        self.state.choices = [
            SelectChoice("", say("No state: holidays do not matter")),
            *(
                SelectChoice(code, state.name)
                for code, state in ALL_STATES.items()
                if code not in NO_LIST
            ),
        ]

    def to_series(self) -> Series:
        """Return the series as it is meant."""
        return Series(
            title=self.title.data or "",
            cadence=Cadence(self.cadence.data),
            first=self.first.data,
            meetings=self.meetings.data or 0,
            begins=self.begins.data,
            ends=self.ends.data,
            state=self.state.data or "",
            group=self.group.data or "",
            mode=self.mode.data or "",
            link=self.link.data or "",
            homework=self.homework.data or "",
        )


NO_LIST = frozenset({"BI", "DD"})
"""Entries of the directory that are no state and have no holidays of their own."""


class FactsForm(ActForm):
    """Whose house a meeting is in, its snow date and its recording."""

    version = HiddenField(default="0")
    house = SelectField(
        say("Whose house is it in?"),
        choices=[SelectChoice(code, words) for code, words in HOUSES.items()],
        default="",
        invalid_choice_message=FROM_THE_LIST,
        description=say("Sides that meet in turn on each other's ground show that they trust it."),
    )
    house_name = StringField(
        say("What the house is called"),
        [PlainText(longest=200)],
        description=say("Such as: Harbor Teachers' hall, or the board room."),
    )
    snow_on = DayField(
        say("Snow date"),
        [Optional()],
        description=say("The day on which it is held if the weather does not let people come."),
    )
    snow_begins = ClockField(say("Begins"), [Optional()])
    snow_ends = ClockField(say("Ends"), [Optional()])
    recording_url = StringField(
        say("Link to the recording"),
        [PlainText(longest=2000), WebAddress()],
        description=say("Only the cohort's teams see it."),
    )

    def fill(self, facts: MeetingFacts | None) -> None:
        """Show what is known of the meeting."""
        if self.is_submitted() or facts is None:
            return
        self.version.data = str(facts.version)
        self.house.data = facts.house.value if facts.house else ""
        self.house_name.data = facts.house_name
        if facts.snow_starts and facts.snow_ends:
            self.snow_on.data = facts.snow_starts.date()
            self.snow_begins.data = facts.snow_starts.time()
            self.snow_ends.data = facts.snow_ends.time()
        self.recording_url.data = facts.recording_url

    def validate_snow_begins(self, field: Any) -> None:
        """Refuse half a snow date."""
        said = [self.snow_on.data, field.data, self.snow_ends.data]
        if any(said) and not all(part is not None for part in said):
            raise ValidationError(say("Give the snow date's day, beginning and end, or none."))

    @property
    def seen_version(self) -> int:
        """The version that was on the page; -1 where it cannot be read."""
        return read_version(self.version.data)

    def to_facts(self) -> Facts:
        """Return what is said of the meeting."""
        on, begins, ends = self.snow_on.data, self.snow_begins.data, self.snow_ends.data
        return Facts(
            house=House(self.house.data) if self.house.data else None,
            house_name=self.house_name.data or "",
            snow_starts=datetime.combine(on, begins) if on and begins is not None else None,
            snow_ends=datetime.combine(on, ends) if on and ends is not None else None,
            recording_url=self.recording_url.data or "",
        )


class GapForm(ActForm):
    """Days on which a cohort does not meet."""

    name = StringField(
        say("What they are called"),
        [InputRequired(say("Name the days, such as: spring break.")), PlainText(longest=80)],
    )
    first = DayField(say("First day"), [InputRequired(say("Say the first day."))])
    last = DayField(say("Last day"), [InputRequired(say("Say the last day."))])

    def to_span(self) -> Span:
        """Return the days as they are meant."""
        return Span(name=self.name.data or "", first=self.first.data, last=self.last.data)
