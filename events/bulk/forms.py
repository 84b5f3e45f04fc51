"""Handing in a list, and bringing it in after a look at what it would do."""

from wtforms import FileField, HiddenField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from consortium.forms import ActForm, Form, PlainText
from consortium.sheet_forms import SheetForm
from consortium.words import say

DRAFTS, REGISTER = "drafts", "register"
LONGEST_SEEN = 400_000


class UploadForm(SheetForm):
    """A list, and what is to become of the teams it brings."""

    file = FileField(
        say("The list"),
        description=say("XLSX or CSV. Nothing is changed before you have seen what it would do."),
    )
    register = RadioField(
        say("Teams that are not registered yet"),
        choices=[
            SelectChoice(DRAFTS, say("Keep them as drafts. Nobody gets a mail.")),
            SelectChoice(
                REGISTER,
                say("Register them. Their people get invitations; full places mean the waitlist."),
            ),
        ],
        default=DRAFTS,
    )

    @property
    def registers(self) -> bool:
        """Whether the teams are to be registered."""
        return bool(self.register.data == REGISTER)


def packed_list() -> HiddenField:
    """Return the field in which a page carries a list."""
    missing = say("The list is missing. Choose the file again.")
    return HiddenField(validators=[InputRequired(missing), PlainText(longest=2_000_000)])


class BringForm(ActForm):
    """A list that was looked at, on its way back to be brought in."""

    content = packed_list()
    seen = HiddenField(validators=[PlainText(longest=LONGEST_SEEN)])
    register = HiddenField(default=DRAFTS)

    @classmethod
    def holding(cls, packed: str, *, seen: str, register: bool) -> "BringForm":
        """Return the form with the list in it, and what the page says of its rows."""
        data = {
            "content": packed,
            "seen": seen,
            "register": REGISTER if register else DRAFTS,
        }
        return cls(formdata=None, data=data)

    @property
    def registers(self) -> bool:
        """Whether the teams are to be registered."""
        return bool(self.register.data == REGISTER)


class LeftOutForm(Form):
    """Rows that were left out, on their way into a file."""

    content = packed_list()
