"""What the host chooses for check-in, and kiosks."""

from wtforms import BooleanField, StringField
from wtforms.validators import DataRequired

from consortium.forms import ActForm, PlainText
from consortium.words import say
from events.checkin.service import Doors


class DoorsForm(ActForm):
    """What the host chooses for check-in."""

    walk_ins = BooleanField(
        say("Desks may register people who come without a seat"),
        description=say("As long as there are places. They get a badge and a mail at once."),
    )
    until_day_end = BooleanField(
        say("Whoever is not scanned out counts until the day's last session ends"),
        description=say("Otherwise the time of leaving stays open, which matters for credit."),
    )

    def fill(self, doors: Doors) -> None:
        """Show what is chosen now."""
        self.walk_ins.data, self.until_day_end.data = doors.walk_ins, doors.until_day_end

    def to_doors(self) -> Doors:
        """Return what the host chooses."""
        return Doors(walk_ins=self.walk_ins.data, until_day_end=self.until_day_end.data)


class KioskForm(ActForm):
    """A tablet becomes a kiosk."""

    name = StringField(
        say("What this tablet is called"),
        [DataRequired(say("Give the tablet a name, like “Lobby”.")), PlainText(longest=80)],
        default="Lobby",
    )


class ComeForm(ActForm):
    """Someone checks in at a kiosk."""

    code = StringField(
        say("Hold your badge before the reader, or type its code"),
        [PlainText(longest=200)],
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    )
    name = StringField(
        say("Your first and last name"), [PlainText(longest=200)], render_kw={"autocomplete": "off"}
    )
    letters = StringField(
        say("The last four letters before the @ of your e-mail address"),
        [PlainText(longest=20)],
        render_kw={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"},
    )
