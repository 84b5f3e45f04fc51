"""Who holds an office of a partnership, from when to when."""

from collections.abc import Sequence
from uuid import UUID

from wtforms import BooleanField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from cohorts.structures.service import OfficeDraft
from consortium.fields import DayField
from consortium.forms import ActForm, PlainText
from consortium.people.domain import Term
from consortium.people.models import Role
from consortium.words import say

FROM_THE_LIST = say("Choose one from the list.")


class OfficeForm(ActForm):
    """An office to write down."""

    role = SelectField(
        say("Office"),
        [InputRequired(say("Choose the office."))],
        invalid_choice_message=FROM_THE_LIST,
    )
    person = SelectField(say("Who holds or held it"), invalid_choice_message=FROM_THE_LIST)
    name = StringField(say("Somebody new: name"), [PlainText(longest=80)])
    email = StringField(
        say("Somebody new: e-mail address"),
        description=say("No mail goes out. It tells people of the same name apart."),
    )
    begins_on = DayField(say("First day in office"), [InputRequired(say("Enter the first day."))])
    ends_on = DayField(
        say("Last day in office"),
        [Optional()],
        description=say("Leave this empty while the office is held."),
    )
    interim = BooleanField(say("Interim, until somebody is found for good"))

    def offer(self, roles: Sequence[Role], people: Sequence[tuple[UUID, str]]) -> None:
        """Let the form choose among these roles and people."""
        self.role.choices = [SelectChoice(role.code, role.label) for role in roles]
        self.person.choices = [
            SelectChoice("", say("Somebody new")),
            *(SelectChoice(str(person_id), name) for person_id, name in people),
        ]

    def to_draft(self) -> OfficeDraft:
        """Return what was written down."""
        chosen = self.person.data or ""
        return OfficeDraft(
            role_code=self.role.data,
            person_id=UUID(chosen) if chosen else None,
            name=self.name.data or "",
            email=self.email.data or "",
            term=Term(begins_on=self.begins_on.data, ends_on=self.ends_on.data),
            interim=bool(self.interim.data),
        )


class LeaveOfficeForm(ActForm):
    """The last day of somebody in an office."""

    ends_on = DayField(say("Last day in office"), [InputRequired(say("Enter the last day."))])
