"""Forms about how far a goal is."""

from typing import Any

from wtforms import FileField, HiddenField, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired

from cohorts.plans.domain import PHASE_HINTS, PHASES, Phase, Reading, read_amount
from cohorts.plans.forms.goals import NO_NUMBER
from consortium.fields import DayField, refuse
from consortium.files.forms import FileForm
from consortium.forms import ActForm, PlainText
from consortium.links import NO_LINK, host_of_link
from consortium.words import say


class ReadingForm(ActForm):
    """A value measured on a day."""

    on = DayField(say("Measured on"), [InputRequired(say("Choose the day."))])
    value = StringField(say("Value"), [InputRequired(NO_NUMBER)])
    note = StringField(say("What stands behind it"), [PlainText(longest=500)])

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the fields; the value is a number."""
        valid = super().validate(extra_validators)
        if not self.value.errors and read_amount(self.value.data or "") is None:
            return refuse(self.value, NO_NUMBER)
        return valid

    def to_reading(self) -> Reading:
        """Return what was written down."""
        value = read_amount(self.value.data or "")
        if value is None or self.on.data is None:
            raise ValueError(self.value.data)
        return Reading(on=self.on.data, value=value)


class EvidenceForm(FileForm):
    """A file, or a link, that shows how a goal moves."""

    title = StringField(say("What it shows"), [DataRequired(say("Say in a few words what it is."))])
    link = StringField(
        say("A link"),
        [PlainText(longest=2000)],
        description=say("The whole address, beginning with https://."),
    )
    file = FileField(say("Or a file"))

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        self.describe(self.file)

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the fields, and look into the file; there is one thing, a link or a file."""
        valid = super().validate(extra_validators)
        if not self.take(self.file):
            return False
        if self.link.data and self.upload is not None:
            return refuse(self.link, say("Give a link or a file, not both."))
        if not self.link.data and self.upload is None:
            return refuse(self.link, say("Give a link, or choose a file."))
        if self.link.data and host_of_link(self.link.data) is None:
            return refuse(self.link, NO_LINK)
        return valid


class PhaseForm(ActForm):
    """Where the work on a goal is."""

    phase = RadioField(
        say("Where are you with it?"),
        choices=[
            SelectChoice(phase.value, say("%(name)s: %(hint)s", name=name, hint=PHASE_HINTS[phase]))
            for phase, name in PHASES.items()
        ],
    )

    @property
    def chosen(self) -> Phase:
        """The phase chosen."""
        return Phase(self.phase.data)


class MilestoneForm(ActForm):
    """Whether a milestone is done."""

    done = HiddenField(default="")

    @property
    def is_done(self) -> bool:
        """Whether the button says that it is done."""
        return bool(self.done.data == "yes")
