"""The part of a form by which people hand in a list made in a spreadsheet program."""

import io
from contextlib import closing

from wtforms import FileField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from consortium.forms import Form
from consortium.sheets import ENCODINGS, LARGEST
from consortium.words import say

NAMES = (
    say("Windows (Western European)"),
    say("Old Macintosh (Roman)"),
    say("ISO 8859-1 (Latin 1)"),
)


class SheetForm(Form):
    """A form that brings a list; whoever asks for one says in ``file`` which."""

    file: FileField
    encoding = SelectField(
        say("Encoding of a CSV file"),
        choices=[
            SelectChoice("", say("Unicode (UTF-8 or UTF-16)")),
            *(SelectChoice(code, name) for code, name in zip(ENCODINGS, NAMES, strict=True)),
        ],
        default="",
        description=say("Only asked where a file is not in Unicode. For XLSX leave it as it is."),
    )
    content: bytes

    def validate_file(self, field: FileField) -> None:
        """Ask for a file; what is too large is refused when it is read."""
        if not getattr(field.data, "filename", ""):
            raise ValidationError(say("Choose a file first."))
        with closing(field.data.stream):
            self.content = field.data.stream.read(LARGEST + 1)
        field.data.stream = io.BytesIO(self.content)  # another file is another form
