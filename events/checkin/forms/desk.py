"""What a desk looks for, and the buttons beside names."""

from collections.abc import Iterable
from uuid import UUID

from wtforms import Field, HiddenField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice

from consortium.forms import ActForm, Form, PlainText
from consortium.words import say
from events.checkin.domain import Direction
from events.checkin.domain.batches import MOST_CHARACTERS
from events.checkin.forms.fields import DIRECTION_WORDS, direction_of, offer_places, uuid_of
from events.schedule.models import Session


class AtADoor:
    """Where a desk stands, and what it does there: the fields ``at`` and ``direction`` read."""

    at: Field
    direction: Field

    @property
    def session_id(self) -> UUID | None:
        """The session at whose door the desk stands; none at the institute's."""
        return uuid_of(self.at.data)

    @property
    def way(self) -> Direction:
        """What a scan, or the button, means here."""
        return direction_of(self.direction.data)


class DeskForm(AtADoor, Form):
    """What a desk looks for, and at which door; asked by GET."""

    class Meta(Form.Meta):
        """Looking changes nothing."""

        csrf = False

    q = StringField(
        say("Scan a badge, or type a name or LEA"),
        [PlainText(longest=200)],
        description=say("A scanner types the code and presses Enter by itself."),
    )
    at = SelectField(say("Where"), default="", validate_choice=False)
    direction = SelectField(
        say("Scans mean"),
        choices=[SelectChoice(each.value, words) for each, words in DIRECTION_WORDS.items()],
        default=Direction.IN.value,
        validate_choice=False,
    )

    def about(self, sessions: Iterable[Session]) -> None:
        """Offer the door and the day's sessions."""
        offer_places(self.at, sessions)


class CheckInForm(AtADoor, ActForm):
    """The button beside a name."""

    code = HiddenField()
    at = HiddenField()
    direction = HiddenField()
    q = HiddenField()


class UndoForm(ActForm):
    """Take a check-in back that was a mistake."""

    person = HiddenField()
    q = HiddenField()

    @property
    def person_id(self) -> UUID | None:
        """Whose check-in it is; nobody's where nothing readable was sent."""
        return uuid_of(self.person.data)


class ScansForm(Form):
    """What a desk's script sends; each scan in it carries a key of its own."""

    batch = TextAreaField(validators=[PlainText(lines=True, longest=MOST_CHARACTERS)])
