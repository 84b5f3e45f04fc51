"""The two forms of a programme file in the browser: give it, then load it."""

from contextlib import closing
from typing import Any

from wtforms import BooleanField, FileField, HiddenField
from wtforms.validators import InputRequired, ValidationError

from consortium.forms import ActForm, Form, PlainText
from consortium.words import say
from events.programmes.domain import LARGEST

LARGEST_HERE = 1_500_000  # bytes; the file travels back and forth inside a form of at most 2 MB


class UploadForm(Form):
    """A programme file."""

    file = FileField(
        say("Programme file"),
        description=say("A JSON file. Nothing is loaded before you have seen what it says."),
    )

    def validate_file(self, field: FileField) -> None:
        """Ask for a file, and refuse one that is too large to show first."""
        if not getattr(field.data, "filename", ""):
            raise ValidationError(say("Choose a file first."))
        with closing(field.data):
            self.content: bytes = field.data.read(LARGEST + 1)
        if LARGEST_HERE < len(self.content) <= LARGEST:
            raise ValidationError(
                say(
                    "This file is larger than 1.5 MB. Load it with the command "
                    "“consortium programme load”."
                )
            )


class LoadForm(ActForm):
    """A file that was read without a fault, on its way back to be loaded."""

    content = HiddenField(
        validators=[
            InputRequired(say("The file is missing. Choose it again.")),
            PlainText(lines=True, longest=2_000_000),
        ]
    )
    seen = HiddenField(description=say("What the page said that the file changes."))
    publish = BooleanField(
        say("Publish it at once"),
        description=say("Without this it stays a draft that only people who may edit can see."),
        default=True,
    )

    @classmethod
    def holding(cls, content: bytes) -> "LoadForm":
        """Return the form with the file in it."""
        data: dict[str, Any] = {"content": content.decode("utf-8-sig")}
        return cls(formdata=None, data=data)

    @property
    def file(self) -> bytes:
        """The file as it was given, line ends apart."""
        return str(self.content.data or "").encode("utf-8", "surrogatepass")
