"""What a coordinator says about tables and partner teams."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from wtforms import BooleanField, HiddenField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange, ValidationError

from cohorts.matching.domain.grouping import GroupingKind, Start, Terms
from cohorts.matching.service.grouping_pages import GroupsPage
from consortium.fields import NumberField
from consortium.forms import ActForm
from consortium.words import say
from events.facade import RegisteredTeam

FEWEST, MOST = 2, 20
STARTS = {
    Start.NEAR: say("Stay near the draft: as few teams as possible move"),
    Start.MEND: say("Mend what is published: as few teams as possible move"),
    Start.ANEW: say("Begin anew: teams that have met meet others"),
}


class ProposeForm(ActForm):
    """From what to set out, and how large tables are."""

    start = RadioField(say("How should we look?"), validators=[InputRequired(say("Choose one."))])
    smallest = NumberField(
        say("Teams at a table, at least"),
        default=4,
        validators=[
            InputRequired(say("Say how many teams sit at a table at least.")),
            NumberRange(FEWEST, MOST, say("Write a number from 2 to 20.")),
        ],
    )
    largest = NumberField(
        say("Teams at a table, at most"),
        default=6,
        validators=[
            InputRequired(say("Say how many teams sit at a table at most.")),
            NumberRange(FEWEST, MOST, say("Write a number from 2 to 20.")),
        ],
    )
    other_state = BooleanField(say("Partners come from different states"))

    def about(self, page: GroupsPage) -> None:
        """Offer the starts that there are, and what the last proposal was asked for."""
        there = [Start.NEAR] if page.draft else [Start.MEND] if page.published else []
        self.start.choices = [SelectChoice(one, STARTS[one]) for one in (*there, Start.ANEW)]
        last = page.draft or next(iter(page.published), None)
        if self.start.data is None:
            self.start.data = (*there, Start.ANEW)[0].value
            if last is not None and page.kind is GroupingKind.TABLES:
                self.smallest.data, self.largest.data = last.smallest, last.largest
            if last is not None:
                self.other_state.data = last.other_state
            else:
                self.other_state.data = len({team.state for team in page.teams}) > 1
        if page.kind is GroupingKind.PARTNERS:
            del self.smallest, self.largest
        else:
            del self.other_state

    def validate_largest(self, field: Any) -> None:
        """Refuse sizes that are none."""
        if (self.smallest.data or 0) > (field.data or 0):
            raise ValidationError(say("This must not be less than the number above."))

    def to_terms(self) -> Terms:
        """Return what is asked for."""
        start = Start(self.start.data)
        if "smallest" in self:
            smallest, largest = self.smallest.data or FEWEST, self.largest.data or FEWEST
            return Terms(start=start, smallest=smallest, largest=largest)
        return Terms(start=start, smallest=2, largest=3, other_state=self.other_state.data)


class WishForm(ActForm):
    """Two teams, and whether they are kept together or apart."""

    first = SelectField(say("One team"), validators=[InputRequired(say("Choose a team."))])
    second = SelectField(say("The other team"), validators=[InputRequired(say("Choose a team."))])
    apart = RadioField(
        say("What about them?"),
        choices=[
            SelectChoice("yes", say("Keep them apart")),
            SelectChoice("no", say("Keep them together")),
        ],
        default="yes",
        validators=[InputRequired(say("Choose one."))],
    )

    def about(self, teams: Sequence[RegisteredTeam]) -> None:
        """Offer the registered teams."""
        for field in (self.first, self.second):
            field.choices = [
                SelectChoice("", say("Choose a team")),
                *(SelectChoice(str(team.id), team.title) for team in teams),
            ]
        if len(teams) == 2 and self.first.data is None:  # noqa: PLR2004  (no other two)
            self.first.data, self.second.data = (str(team.id) for team in teams)

    def to_teams(self) -> tuple[UUID, UUID]:
        """Return the two teams."""
        return UUID(self.first.data), UUID(self.second.data)


class KeepForm(ActForm):
    """Whether a team stays at its table."""

    kept = HiddenField(default="yes")
