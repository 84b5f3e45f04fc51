"""The two forms of a programme file in the browser: give it, then load it."""

from contextlib import closing
from typing import Any

from wtforms import BooleanField, FileField, HiddenField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, ValidationError

from consortium.forms import ActForm, Form, PlainText
from consortium.tenants.domain.places import HOME_ZONES, other_zones
from consortium.words import say
from events.programmes.domain import LARGEST

LARGEST_HERE = 1_500_000  # bytes; the file travels back and forth inside a form of at most 2 MB


class UploadForm(Form):
    """A programme file, or the schedule of a conference and what schedules are silent about."""

    file = FileField(
        say("Programme file"),
        description=say("A JSON file. Nothing is loaded before you have seen what it says."),
    )
    zone = SelectField(
        say("Time zone of the conference"),
        description=say("Only where its schedule names no zone of its own."),
        default="",
    )
    rounds = BooleanField(
        say("People choose one of the talks at the same time"),
        description=say("Talks that begin and end together become a round."),
    )

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.zone.choices = {
            say("As the file says"): [SelectChoice("", say("As its offsets say, or our own"))],
            say("United States"): [SelectChoice(name, words) for name, words in HOME_ZONES],
            say("Elsewhere"): [
                SelectChoice(name, name.replace("_", " ")) for name in other_zones()
            ],
        }

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
    zone = HiddenField(validators=[PlainText()])
    rounds = HiddenField(validators=[PlainText()])
    seen = HiddenField(description=say("What the page said that the file changes."))
    publish = BooleanField(
        say("Publish it at once"),
        description=say("Without this it stays a draft that only people who may edit can see."),
        default=True,
    )

    @classmethod
    def holding(cls, upload: UploadForm, *, publish: bool) -> "LoadForm":
        """Return the form with the file in it, and what was said beside it."""
        data: dict[str, Any] = {
            "content": upload.content.decode("utf-8-sig"),
            "zone": upload.zone.data,
            "rounds": "y" if upload.rounds.data else "",
            "publish": publish,
        }
        return cls(formdata=None, data=data)

    @property
    def file(self) -> bytes:
        """The file as it was given, line ends apart."""
        return str(self.content.data or "").encode("utf-8", "surrogatepass")
