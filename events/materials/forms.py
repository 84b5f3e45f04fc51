"""What someone fills in about a material. Shape is checked here; rules live in ``domain``."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from wtforms import (
    BooleanField,
    FileField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from consortium.fields import ClockField, DayField, read_whole, refuse
from consortium.files.domain import Taken
from consortium.files.forms import FileForm
from consortium.forms import PlainText
from consortium.words import say
from events.materials.domain import (
    AUDIENCES,
    FILE_KINDS,
    KINDS,
    Audience,
    MaterialKind,
    MaterialSpec,
    Subject,
)

FROM_THE_LIST = say("Choose one from the list.")
MIDNIGHT, LAST_MINUTE = time(0, 0), time(23, 59)


class MaterialForm(FileForm):
    """A document or link that is handed out."""

    version = HiddenField(default="0")
    title = StringField(say("Title"), [InputRequired(say("Give it a title."))])
    kind = SelectField(say("What it is"), invalid_choice_message=FROM_THE_LIST)
    file = FileField(say("File"))
    link = StringField(
        say("Or a link"),
        [PlainText(longest=2000)],
        description=say("The whole address, beginning with https://. For a recording, say."),
    )
    description = TextAreaField(
        say("Description"), [PlainText(lines=True, longest=1000)], render_kw={"rows": 3}
    )
    subject = SelectField(say("It belongs to"), invalid_choice_message=FROM_THE_LIST)
    audience = RadioField(say("Who gets it?"), validate_choice=True)
    after_session = BooleanField(say("Hand it out when the session has ended"))
    from_on = DayField(say("From the day"), [Optional()])
    from_time = ClockField(say("From the time"), [Optional()])
    until_on = DayField(say("Until the day"), [Optional()])
    until_time = ClockField(say("Until the time"), [Optional()])

    def __init__(
        self,
        *,
        subjects: Sequence[tuple[str, str]],
        largest: int,
        **values: Any,
    ) -> None:
        super().__init__(**values)
        self.taken = Taken(kinds=FILE_KINDS, largest=largest)
        self.kind.choices = [SelectChoice(code, words) for code, words in KINDS.items()]
        self.audience.choices = [SelectChoice(code, words) for code, words in AUDIENCES.items()]
        self.subject.choices = [SelectChoice(key, words) for key, words in subjects]
        self.describe(self.file)

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the fields, and look into the file."""
        valid = super().validate(extra_validators)
        for day, at in ((self.from_on, self.from_time), (self.until_on, self.until_time)):
            if at.data is not None and day.data is None and not day.errors:
                valid = refuse(day, say("Choose the day, too."))
        return self.take(self.file) and valid

    @property
    def read_version(self) -> int:
        """The version that the page showed."""
        return read_whole(self.version.data or "") or 0

    def to_spec(self) -> MaterialSpec:
        """Return what was written down."""
        return MaterialSpec(
            title=self.title.data or "",
            kind=MaterialKind(self.kind.data),
            description=self.description.data or "",
            link=self.link.data or "",
            subject=Subject.read(self.subject.data or ""),
            audience=Audience(self.audience.data),
            after_session=bool(self.after_session.data),
            available_from=_wall(self.from_on, self.from_time, MIDNIGHT),
            available_until=_wall(self.until_on, self.until_time, LAST_MINUTE),
        )


def filled(spec: MaterialSpec, *, version: int) -> dict[str, Any]:
    """Return what the form shows of a material that is there."""
    begins, ends = spec.available_from, spec.available_until
    return {
        "version": str(version),
        "title": spec.title,
        "kind": spec.kind.value,
        "link": spec.link,
        "description": spec.description,
        "subject": spec.subject.key,
        "audience": spec.audience.value,
        "after_session": spec.after_session,
        "from_on": begins.date() if begins else None,
        "from_time": begins.time() if begins else None,
        "until_on": ends.date() if ends else None,
        "until_time": ends.time() if ends else None,
    }


def _wall(day: DayField, at: ClockField, otherwise: time) -> datetime | None:
    return datetime.combine(day.data, at.data or otherwise) if day.data else None
