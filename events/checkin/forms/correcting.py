"""What staff corrects of comings and goings."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from wtforms import RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired

from consortium.fields import ClockField, DayField
from consortium.forms import ActForm, PlainText
from consortium.words import say
from events.checkin.domain import Direction, Stay
from events.checkin.forms.fields import offer_places, uuid_of
from events.checkin.service import Correction
from events.institutes.models import Institute
from events.schedule.domain import instant_of
from events.schedule.models import Session

LONGEST_REASON = 500


class CorrectForm(ActForm):
    """A coming or going that staff writes down, and why."""

    on = DayField(say("Day"), [InputRequired(say("Enter the day."))])
    time = ClockField(say("Time"), [InputRequired(say("Enter the time."))])
    direction = RadioField(
        say("What happened"),
        choices=[
            SelectChoice(Direction.IN.value, say("The person came")),
            SelectChoice(Direction.OUT.value, say("The person left")),
        ],
        default=Direction.IN.value,
        validators=[InputRequired(say("Choose what happened."))],
    )
    instead = SelectField(
        say("In place of"),
        default="",
        validate_choice=False,
        description=say("The scan that then does not count any more."),
    )
    at = SelectField(say("Where"), default="", validate_choice=False)
    reason = StringField(
        say("Reason"),
        [DataRequired(say("Say why, for whoever reads the record.")),
         PlainText(longest=LONGEST_REASON)],
    )  # fmt: skip

    def about(self, sessions: Iterable[Session]) -> None:
        """Offer the door and the sessions."""
        offer_places(self.at, sessions)
        self.instead.choices = [SelectChoice("", say("Nothing: it is added"))]

    def offer(self, scans: Iterable[tuple[UUID, str]]) -> None:
        """Offer the scans in whose place it can be written."""
        self.instead.choices = [
            *self.instead.choices,
            *(SelectChoice(str(scan_id), words) for scan_id, words in scans),
        ]

    def begin(self, stays: Sequence[Stay]) -> None:
        """Begin with what is most often written down: that someone left whom nobody saw leave."""
        unseen = [stay for stay in stays if stay.left is None]
        if stays:
            self.on.data = (unseen or stays)[-1].on
        if unseen:
            self.direction.data = Direction.OUT.value

    @property
    def instead_id(self) -> UUID | None:
        """The scan in whose place this is written; none where it is added."""
        return uuid_of(self.instead.data)

    def to_correction(self, institute: Institute) -> Correction:
        """Return what staff writes down. Raises ``SessionRefused`` for a time there is not."""
        wall = datetime.combine(self.on.data, self.time.data)
        return Correction(
            at=instant_of(wall, institute.time_zone, field="time"),
            direction=Direction(self.direction.data),
            reason=self.reason.data,
            session_id=uuid_of(self.at.data),
        )


class StrikeForm(ActForm):
    """A scan that does not count, and why."""

    reason = StringField(
        say("Reason"),
        [DataRequired(say("Say why, for whoever reads the record.")),
         PlainText(longest=LONGEST_REASON)],
    )  # fmt: skip
