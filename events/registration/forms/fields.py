"""Fields that several forms of registration share."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from wtforms import HiddenField, SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from consortium.forms import PlainText
from consortium.words import say
from events.institutes.domain import RoleRule
from events.registration.domain import lost_letters

LONGEST_BASE = 20_000
CHOOSE = SelectChoice("", say("Choose …"))


def name_field(label: str, missing: str) -> StringField:
    """Return a field for a person's name, in whatever script it is written."""
    return StringField(label, [DataRequired(missing), _with_all_letters])


def _with_all_letters(_form: Any, field: StringField) -> None:
    lost = lost_letters(field.data)
    if lost is not None:
        raise ValidationError(lost)


def tick_list(
    label: str, *, description: str = "", validate_choice: bool = True
) -> SelectMultipleField:
    """Return a list of checkboxes; their choices are given later."""
    return SelectMultipleField(
        label,
        description=description,
        validate_choice=validate_choice,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


def offer_roles(
    field: SelectField, rules: Iterable[RoleRule], first: SelectChoice = CHOOSE
) -> None:
    """Let the field choose among the institute's roles."""
    field.choices = [first, *(SelectChoice(rule.code, rule.label) for rule in rules)]


def base_field() -> HiddenField:
    """Return the hidden copy of what the page was filled from; see ``domain.editing``."""
    return HiddenField(default="{}", validators=[PlainText(longest=LONGEST_BASE)])


def written_base(values: Mapping[str, Any]) -> str:
    """Return what a page was filled from as it travels in the form."""
    return json.dumps(values)


def base_read(field: HiddenField) -> Mapping[str, Any]:
    """Return what the page was filled from; one that cannot be read knew nothing."""
    try:
        read = json.loads(str(field.data or "{}"))
    except (ValueError, RecursionError):
        return {}
    return read if isinstance(read, dict) else {}
