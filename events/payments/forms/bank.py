"""A bank's file, and what its lines are."""

from collections.abc import Mapping
from uuid import UUID

from wtforms import FieldList, FileField, FormField, HiddenField, SelectField

from consortium.fields import Row
from consortium.forms import ActForm
from consortium.sheet_forms import SheetForm
from consortium.words import say


class StatementForm(SheetForm, ActForm):
    """A statement as the bank gives it."""

    file = FileField(
        say("The bank's file"),
        description=say(
            "CSV or XLSX, as you download it. Importing the same or an overlapping file again "
            "changes nothing."
        ),
    )


class ChoiceRow(Row):
    """What one line is."""

    line_id = HiddenField()
    choice = SelectField(validate_choice=False)


class MatchForm(ActForm):
    """What the lines are that wait; a line without a choice goes on waiting."""

    rows = FieldList(FormField(ChoiceRow), max_entries=200)

    def to_choices(self) -> Mapping[UUID, str]:
        """Return what was chosen. Raises ``ValueError`` for what no page of ours sends."""
        return {
            UUID(entry.form.line_id.data or ""): entry.form.choice.data
            for entry in self.rows.entries
            if entry.form.choice.data
        }
