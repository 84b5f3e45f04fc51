"""What people type to sign in."""

from typing import Any

from wtforms import EmailField, HiddenField, StringField
from wtforms.validators import InputRequired, ValidationError

from consortium.auth.domain import LONGEST_PATH
from consortium.auth.domain.passkeys import LONGEST_NAME
from consortium.forms import ActForm, Form, PlainText
from consortium.words import say

LONGEST_ADDRESS = 254
LONGEST_ANSWER = 20_000  # a passkey's answer has some 1,000 characters


class AddressForm(Form):
    """Which address the mail goes to, and where to go afterwards."""

    email = EmailField(
        say("Your e-mail address"),
        [InputRequired(say("Enter your e-mail address.")), PlainText(longest=LONGEST_ADDRESS)],
        description=say("We send you a mail that lets you in. There is no password."),
        render_kw={"autocomplete": "email", "spellcheck": "false"},
    )
    next = HiddenField(validators=[PlainText(longest=LONGEST_PATH)])

    def validate_email(self, field: EmailField) -> None:
        """Refuse letters that only look like those of another address before they are cleaned.

        Cleaning turns a few of them (the Kelvin sign) into the letter they imitate.
        """
        typed = (field.raw_data or [""])[0]
        if not typed.strip().partition("@")[0].isascii():
            raise ValidationError(
                say("Use plain letters before the @ sign, as in name@district.org.")
            )


class CodeForm(Form):
    """The code of the mail. Spaces and dashes do no harm."""

    code = StringField(
        say("Code from the mail"),
        [InputRequired(say("Enter the 8 digits that stand in the mail."))],
        description=say("8 digits, for example 1234 5678"),
        render_kw={"inputmode": "numeric", "autocomplete": "one-time-code"},
    )


class OneTimePasswordForm(Form):
    """The six digits that the authenticator app shows at this moment."""

    code = StringField(
        say("Code from your authenticator app"),
        [InputRequired(say("Enter the 6 digits that the app shows."))],
        description=say("6 digits, for example 123 456"),
        render_kw={"inputmode": "numeric", "autocomplete": "one-time-code"},
    )
    next = HiddenField(validators=[PlainText(longest=LONGEST_PATH)])


class EnrolmentForm(OneTimePasswordForm):
    """The first code of a new authenticator, with the secret it was made from, sealed."""

    sealed = HiddenField(validators=[PlainText(longest=400)])


class _PasskeyAnswer:
    """What the browser says about a passkey; the script of the page fills it in."""

    credential = HiddenField(validators=[PlainText(longest=LONGEST_ANSWER)])
    next = HiddenField(validators=[PlainText(longest=LONGEST_PATH)])

    def validate(self, extra_validators: Any = None) -> bool:
        """Say what to do when the browser sent nothing."""
        valid: bool = super().validate(extra_validators)  # type: ignore[misc]
        if valid and not self.credential.data:
            self.form_errors: list[str]
            self.form_errors.append(
                say(
                    "Your browser sent no passkey. Turn on JavaScript, or use a newer browser; "
                    "the mail signs you in without either."
                )
            )
            return False
        return valid


class PasskeyForm(_PasskeyAnswer, Form):
    """A passkey that is used."""


class NewPasskeyForm(_PasskeyAnswer, ActForm):
    """A passkey that was just made."""


class NameForm(Form):
    """What someone calls a passkey, so that they know which device it is."""

    name = StringField(
        say("Name"),
        [InputRequired(say("Enter a name.")), PlainText(longest=LONGEST_NAME)],
        description=say("Where it is kept, for example “My phone” or “Work laptop”"),
        render_kw={"autocomplete": "off", "maxlength": LONGEST_NAME},
    )
