"""What people fill in about reflections and lessons."""

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired

from cohorts.reflections.domain import (
    OWN_HINTS,
    PLACES,
    SIZES,
    TEAM_HINTS,
    TOPICS,
    LessonText,
    Visibility,
)
from cohorts.reflections.models import Lesson, Reflection
from cohorts.reflections.service import Said
from consortium.directory.domain import STATES
from consortium.fields import read_whole
from consortium.forms import ActForm, Form, KeptForm, PlainText
from consortium.words import say

FROM_THE_LIST = say("Choose one from the list.")


class ReflectionForm(KeptForm):
    """The questions of a meeting, and who reads the answers."""

    version = HiddenField(default="0")
    visibility = RadioField(say("Who reads it?"))
    prompts: Sequence[str] = ()

    @property
    def questions(self) -> Sequence[tuple[str, Any]]:
        """The questions with their fields."""
        return [(asked, self[_name(n)]) for n, asked in enumerate(self.prompts)]

    @property
    def read_version(self) -> int:
        """The version that the page showed."""
        return read_whole(self.version.data or "") or 0

    def to_said(self) -> Said:
        """Return what was written."""
        return Said(
            answers=[(asked, field.data or "") for asked, field in self.questions],
            visibility=Visibility(self.visibility.data),
        )


def reflection_form(
    prompts: Sequence[str], before: Reflection | None, *, by_team: bool
) -> ReflectionForm:
    """Return the form that asks these questions, and those that were answered before."""
    known = {asked: answer for asked, answer in before.answers} if before else {}  # noqa: C416
    asked = tuple(dict.fromkeys([*prompts, *known]))
    fields: dict[str, Any] = {
        _name(n): TextAreaField(text, [PlainText(lines=True, longest=4000)], render_kw={"rows": 3})
        for n, text in enumerate(asked)
    }
    data: dict[str, Any] = {_name(n): known.get(text, "") for n, text in enumerate(asked)}
    data["version"] = str(before.version if before else 0)
    data["visibility"] = (before.visibility if before else Visibility.TEAM).value
    made: type[ReflectionForm] = type("Asked", (ReflectionForm,), {**fields, "prompts": asked})
    form = made(data=data)
    hints: Mapping[Visibility, str] = TEAM_HINTS if by_team else OWN_HINTS
    form.visibility.choices = [SelectChoice(one.value, words) for one, words in hints.items()]
    return form


class PromptsForm(ActForm):
    """The questions of a cohort, a line for each."""

    prompts = TextAreaField(
        say("Questions after each meeting"),
        [PlainText(lines=True, longest=2000)],
        description=say("A line for each, at most six. Empty: the usual three are asked."),
        render_kw={"rows": 6},
    )

    def to_prompts(self) -> Sequence[str]:
        """Return the questions."""
        return (self.prompts.data or "").splitlines()


class LessonForm(KeptForm):
    """A lesson."""

    version = HiddenField(default="0")
    title = StringField(say("Title"), [InputRequired(say("Give the lesson a title."))])
    topic = SelectField(
        say("What is it about?"),
        choices=[SelectChoice(code, words) for code, words in TOPICS.items()],
        invalid_choice_message=FROM_THE_LIST,
    )
    body = TextAreaField(
        say("The lesson"),
        [PlainText(lines=True, longest=4000)],
        description=say(
            "What you tried, what came of it, what you would do again. Offices instead of names, "
            "and nothing about a single student."
        ),
        render_kw={"rows": 10},
    )

    def fill(self, lesson: Lesson) -> None:
        """Show a lesson."""
        self.version.data = str(lesson.version)
        self.title.data, self.topic.data, self.body.data = lesson.title, lesson.topic, lesson.body

    @property
    def read_version(self) -> int:
        """The version that the page showed."""
        return read_whole(self.version.data or "") or 0

    def to_text(self) -> LessonText:
        """Return what was written."""
        body = (self.body.data or "").replace("\r\n", "\n")
        return LessonText(title=self.title.data or "", topic=self.topic.data or "", body=body)


class AgreeForm(ActForm):
    """One side's agreement to a text."""

    digest = HiddenField(default="")
    agree = BooleanField(say("I agree"), [DataRequired(say("Tick that you agree."))])
    named = BooleanField(
        say("Name me as someone to ask"),
        description=say("Your name and office stand below the lesson. Off unless you tick it."),
    )
    for_reports = BooleanField(
        say("Reports to funders may tell it"),
        description=say("Only where both sides tick this."),
    )


class SearchForm(Form):
    """What someone looks for in the library; the address carries it."""

    class Meta(Form.Meta):
        """Nothing is changed by looking."""

        csrf = False

    q = StringField(say("Words"))
    topic = SelectField(
        say("Topic"),
        choices=[
            SelectChoice("", say("Any")),
            *(SelectChoice(code, words) for code, words in TOPICS.items()),
        ],
    )
    size = SelectField(
        say("Size of the district"),
        choices=[
            SelectChoice("", say("Any")),
            *(SelectChoice(code, words) for code, (words, _, _) in SIZES.items()),
        ],
    )
    place = SelectField(
        say("Where it lies"),
        choices=[
            SelectChoice("", say("Any")),
            *(SelectChoice(code, words) for code, words in PLACES.items()),
        ],
    )
    state = SelectField(say("State"))

    def __init__(self, states: Sequence[str], **values: Any) -> None:
        super().__init__(**values)
        self.state.choices = [
            SelectChoice("", say("Any")),
            *(SelectChoice(code, STATES[code]) for code in states if code in STATES),
        ]


def _name(number: int) -> str:
    return f"answer_{number}"
