"""What a host fills in to invite LEAs."""

from wtforms import EmailField, StringField, SubmitField, TextAreaField
from wtforms.validators import DataRequired

from consortium.directory.forms import LeaPicker
from consortium.forms import ActForm, PlainText
from consortium.words import say
from events.intake.service import Guest

LONGEST_LIST = 60_000
LONGEST_NOTE = 1_000


def _note() -> TextAreaField:
    return TextAreaField(
        say("A few words of your own"),
        [PlainText(lines=True, longest=LONGEST_NOTE)],
        description=say("They stand in the mail."),
        render_kw={"rows": 3},
    )


class InviteForm(LeaPicker, ActForm):
    """One LEA, and to whom the invitation goes."""

    name = StringField(say("Name"), description=say("To whom the mail is written."))
    email = EmailField(
        say("E-mail address"),
        [DataRequired(say("Enter the e-mail address."))],
        render_kw={"autocomplete": "off"},
    )
    note = _note()

    def to_guest(self) -> Guest:
        """Return whom to invite."""
        return Guest(lea_id=self.lea_id.data, email=self.email.data, name=self.name.data or "")


class PasteInvitationsForm(ActForm):
    """Many LEAs, one on each line."""

    lines = TextAreaField(
        say("LEAs and addresses"),
        [
            DataRequired(say("Paste at least one line.")),
            PlainText(lines=True, longest=LONGEST_LIST),
        ],
        description=say(
            "One LEA on each line: its NCES id or its whole name, the e-mail address, and the "
            "person's name if you like. Lines copied from a spreadsheet work."
        ),
        render_kw={"rows": 8, "spellcheck": "false"},
    )
    note = _note()
    save = SubmitField(say("Invite all of them"))
