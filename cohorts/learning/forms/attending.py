"""What facilitators and teams fill in about who came, and how others make up for it."""

from collections.abc import Sequence
from uuid import UUID

from wtforms import HiddenField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from cohorts.learning.forms.planning import FROM_THE_LIST, read_version
from consortium.fields import TicksField, WebAddress
from consortium.forms import ActForm, PlainText
from consortium.words import say

MOST_ON_A_ROLL = 5000
"""Persons, whose ids have 36 characters each; a cohort has hundreds."""


class RollForm(ActForm):
    """Who was at a meeting: one tick for each person on the page."""

    among = HiddenField(validators=[PlainText(longest=MOST_ON_A_ROLL * 37)])
    """The persons on the page, so that who came since is not ticked away."""
    present = TicksField(say("Who was there?"), validate_choice=False)

    def about(self, person_ids: Sequence[UUID], here: Sequence[UUID]) -> None:
        """Name everyone on the roll."""
        if not self.is_submitted() or self.present.data is None:
            self.among.data = " ".join(map(str, person_ids))
            self.present.data = [str(one) for one in here]

    @property
    def named(self) -> frozenset[UUID]:
        """Who was on the page; what is no id is nobody."""
        return _ids((self.among.data or "").split())

    @property
    def there(self) -> frozenset[UUID]:
        """Who is ticked."""
        return _ids(self.present.data or [])


class SnowForm(ActForm):
    """That a meeting is held on its snow date, as the page showed it."""

    version = HiddenField(default="")

    @property
    def seen_version(self) -> int:
        """The version that was on the page; -1 where it cannot be read."""
        return read_version(self.version.data)


class HomeworkForm(ActForm):
    """What a team hands in for a meeting."""

    note = TextAreaField(
        say("What you did"),
        [InputRequired(say("Say in a line what you did.")), PlainText(lines=True, longest=2000)],
    )
    link = StringField(
        say("Link"),
        [PlainText(longest=2000), WebAddress()],
        description=say("Where your facilitator can see it, if anywhere."),
    )


class MakeUpForm(ActForm):
    """How a member made up for a meeting."""

    person_id = SelectField(say("Who?"), invalid_choice_message=FROM_THE_LIST)
    way = SelectField(say("How?"), invalid_choice_message=FROM_THE_LIST)

    def about(self, people: Sequence[tuple[UUID, str]], sisters: Sequence[tuple[str, str]]) -> None:
        """Offer the members who missed it, and the sister meetings that took place."""
        self.person_id.choices = [SelectChoice(str(one), name) for one, name in people]
        self.way.choices = [
            SelectChoice("", say("Watched the recording")),
            *(SelectChoice(code, title) for code, title in sisters),
        ]


def _ids(texts: Sequence[str]) -> frozenset[UUID]:
    found = set()
    for text in texts:
        try:
            found.add(UUID(text))
        except ValueError:
            continue
    return frozenset(found)
