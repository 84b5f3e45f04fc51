"""Roles and offices as staff fill them in. Shape is checked here; rules live in ``domain``."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from consortium.directory import service as directory
from consortium.directory.models import Lea
from consortium.errors import NotFound
from consortium.fields import DayField
from consortium.forms import ActForm, Form
from consortium.people.domain import SIDE_WORDS, Office, RoleWords, Side, Term
from consortium.people.models import Role
from consortium.words import say

MATCHES_SHOWN = 8
ID_DIGITS = 7


def _side_field() -> RadioField:
    return RadioField(
        say("Side of the table"),
        [InputRequired(say("Choose a side."))],
        choices=[SelectChoice(side.value, SIDE_WORDS[side]) for side in Side],
    )


def _one_holder_field() -> BooleanField:
    return BooleanField(
        say("One person at a time holds it"),
        description=say(
            "Then nobody can be written down for it while somebody else holds it at the same LEA."
        ),
    )


def _words(form: "NewRoleForm | RoleForm") -> RoleWords:
    return RoleWords(
        label=form.label.data or "",
        side=Side(form.side.data),
        one_holder=bool(form.one_holder.data),
    )


class NewRoleForm(ActForm):
    """A role to add."""

    label = StringField(say("Name of the role"), [InputRequired(say("Enter the role's name."))])
    side = _side_field()
    one_holder = _one_holder_field()

    def to_words(self) -> RoleWords:
        """Return what was filled in."""
        return _words(self)


class RoleForm(Form):
    """A role to rename or to move to another side, and what it was when the page was opened."""

    label = StringField(say("Name of the role"), [InputRequired(say("Enter the role's name."))])
    side = _side_field()
    was_label = HiddenField()
    was_side = HiddenField()
    one_holder = _one_holder_field()
    was_one_holder = HiddenField()

    def __init__(self, role: Role) -> None:
        super().__init__(
            data={
                "label": role.label,
                "side": role.side.value,
                "was_label": role.label,
                "was_side": role.side.value,
                "one_holder": role.one_holder,
                "was_one_holder": "y" if role.one_holder else "",
            }
        )

    def to_words(self) -> RoleWords:
        """Return what was filled in."""
        return _words(self)

    def was(self, role: Role) -> RoleWords:
        """Return what the page was filled with; ``role`` where the page did not say."""
        known = {side.value for side in Side}
        was_side = self.was_side.data if self.was_side.data in known else role.side
        return RoleWords(
            label=self.was_label.data or "",
            side=Side(was_side),
            one_holder=bool(self.was_one_holder.data),
        )


class OfficeForm(ActForm):
    """An office to write down. An LEA is found by part of its name; several finds are offered."""

    role = SelectField(say("Office"), [InputRequired(say("Choose the office."))])
    lea = StringField(
        say("District or other LEA"),
        description=say(
            "Part of its name, with the state if the name is common: Clay County FL. Or its "
            "seven-digit number. Leave this empty for an office of the whole state."
        ),
    )
    lea_id = RadioField(say("Which one is meant?"), choices=[], validate_choice=False)
    site = StringField(
        say("School"),
        description=say("For an office of one school, such as its principal."),
    )
    begins_on = DayField(say("First day in office"), [InputRequired(say("Enter the first day."))])
    ends_on = DayField(
        say("Last day in office"),
        [Optional()],
        description=say("Leave this empty while the office is held."),
    )
    interim = BooleanField(say("Interim, until somebody is found for good"))

    def __init__(self, roles: Sequence[Role], **options: Any) -> None:
        super().__init__(**options)
        self.role.choices = [SelectChoice(role.code, role.label) for role in roles]

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the fields, and find the LEA that is meant."""
        valid = super().validate(extra_validators)
        return self._find_lea() and valid

    def to_office(self) -> Office:
        """Return which office it is."""
        lea_id = (self.lea_id.data or None) if self.lea.data else None
        site = (self.site.data or "") if lea_id else ""
        return Office(role_code=self.role.data, lea_id=lea_id, site=site)

    def to_term(self) -> Term:
        """Return from when to when."""
        begins_on: date = self.begins_on.data
        return Term(begins_on=begins_on, ends_on=self.ends_on.data)

    def _find_lea(self) -> bool:
        text = self.lea.data or ""
        if not text:
            return True
        found = _leas_meant(text)
        chosen = [lea for lea in found if lea.id == self.lea_id.data]
        if len(found) == 1 or chosen:
            self.lea_id.data = (chosen or found)[0].id
            self._offer(found)
            return True
        self.lea_id.data = None
        if not found:
            sentence = say("We know no LEA like “%(text)s”. Try fewer letters.", text=text[:60])
            self.lea.errors = [*self.lea.errors, sentence]
            return False
        self._offer(found)
        self.lea_id.errors = [say("Several LEAs match. Choose the one you mean.")]
        return False

    def _offer(self, found: Sequence[Lea]) -> None:
        self.lea_id.choices = [
            SelectChoice(
                lea.id,
                say("%(name)s, %(city)s %(state)s", name=lea.name, city=lea.city, state=lea.state),
            )
            for lea in found
        ]


class LeaveForm(ActForm):
    """The last day of an office."""

    ends_on = DayField(say("Last day in office"), [InputRequired(say("Enter the last day."))])


def _leas_meant(text: str) -> list[Lea]:
    if len(text) == ID_DIGITS and text.isascii() and text.isdigit():
        try:
            return [directory.get_lea(text)]
        except NotFound:
            return []
    return directory.find_leas(text, limit=MATCHES_SHOWN)
