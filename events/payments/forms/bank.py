"""A bank's file, and what its lines are."""

from collections.abc import Mapping
from contextlib import closing
from uuid import UUID

from wtforms import FieldList, FileField, FormField, HiddenField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from consortium.fields import Row
from consortium.forms import ActForm
from consortium.sheets import ENCODINGS, LARGEST
from consortium.words import say


class StatementForm(ActForm):
    """A statement as the bank gives it."""

    file = FileField(
        say("The bank's file"),
        description=say(
            "CSV or XLSX, as you download it. Importing the same or an overlapping file again "
            "changes nothing."
        ),
    )
    encoding = SelectField(
        say("Encoding of a CSV file"),
        choices=[
            SelectChoice("", say("Unicode (UTF-8 or UTF-16)")),
            *(
                SelectChoice(code, words)
                for code, words in zip(
                    ENCODINGS,
                    (
                        say("Windows (Western European)"),
                        say("Old Macintosh (Roman)"),
                        say("ISO 8859-1 (Latin 1)"),
                    ),
                    strict=True,
                )
            ),
        ],
        default="",
        description=say("Only asked where a file is not in Unicode."),
    )

    def validate_file(self, field: FileField) -> None:
        """Ask for a file; what is too large is refused when it is read."""
        if not getattr(field.data, "filename", ""):
            raise ValidationError(say("Choose a file first."))
        with closing(field.data):
            self.content: bytes = field.data.read(LARGEST + 1)


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
