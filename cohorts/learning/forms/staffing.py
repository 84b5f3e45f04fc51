"""Whom a host lets facilitate a cohort or coach a team."""

from collections.abc import Sequence
from uuid import UUID

from wtforms import EmailField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from cohorts.learning.forms.planning import FROM_THE_LIST
from cohorts.learning.models import StaffKind
from cohorts.learning.service.staffing import Assignment
from consortium.forms import ActForm, PlainText
from consortium.words import say

KIND_WORDS = {
    StaffKind.FACILITATOR: say("Facilitator: runs meetings, calls the roll"),
    StaffKind.COACH: say("Coach: works with teams on their plans"),
}
GROUP, TEAM = "group:", "team:"


class AssignForm(ActForm):
    """Who looks after what."""

    name = StringField(say("Name"), [InputRequired(say("Write the name.")), PlainText(longest=200)])
    email = EmailField(
        say("E-mail address"),
        [InputRequired(say("Write the address.")), PlainText(longest=254)],
        description=say("They sign in with it, and see only what they look after."),
    )
    kind = RadioField(
        say("What do they do?"),
        choices=[SelectChoice(one, words) for one, words in KIND_WORDS.items()],
        default=StaffKind.FACILITATOR,
        validators=[InputRequired(say("Choose one."))],
    )
    what = SelectField(say("For whom?"), default="", invalid_choice_message=FROM_THE_LIST)

    def about(self, groups: Sequence[str], teams: Sequence[tuple[UUID, str]]) -> None:
        """Offer the whole cohort, its groups and its teams."""
        self.what.choices = [
            SelectChoice("", say("The whole cohort")),
            *(SelectChoice(f"{GROUP}{one}", one) for one in groups),
            *(SelectChoice(f"{TEAM}{one}", name) for one, name in teams),
        ]

    def to_assignment(self) -> Assignment:
        """Return who looks after what."""
        what = self.what.data or ""
        return Assignment(
            email=self.email.data or "",
            name=self.name.data or "",
            kind=StaffKind(self.kind.data),
            group=what.removeprefix(GROUP) if what.startswith(GROUP) else "",
            team_id=UUID(what.removeprefix(TEAM)) if what.startswith(TEAM) else None,
        )
