"""A licence number, a hold on records, a reason to withdraw a certificate."""

from wtforms import StringField, TextAreaField
from wtforms.validators import InputRequired

from consortium.forms import ActForm
from consortium.words import say
from events.credit.domain.licences import format_in_words
from events.credit.domain.rules import Licence


class LicenceForm(ActForm):
    """The number by which a state knows an educator."""

    number = StringField(say("Number"), [InputRequired(say("Enter the number."))])

    def __init__(self, licence: Licence) -> None:
        super().__init__()
        self.licence = licence
        self.number.label.text = licence.name
        self.number.description = format_in_words(licence)


class HoldForm(ActForm):
    """Why records are kept whatever the years."""

    reason = TextAreaField(
        say("Why do they have to be kept?"),
        [InputRequired(say("Write why they have to be kept."))],
        description=say("Such as the case or the audit that needs them, and who asked."),
    )


class WithdrawForm(ActForm):
    """Why a certificate holds no more."""

    why = StringField(
        say("Why is it withdrawn?"),
        [InputRequired(say("Write why it is withdrawn."))],
        description=say(
            "Staff and the person read it. Whoever checks the paper reads that it was withdrawn, "
            "and not why."
        ),
    )
