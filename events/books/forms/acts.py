"""What finance does to an invoice by hand."""

from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, Optional

from consortium.fields import DayField, PriceField
from consortium.forms import ActForm
from consortium.words import say


class CreditForm(ActForm):
    """A credit note: how much, and why."""

    amount = PriceField(
        say("Amount, in dollars"), [DataRequired(say("Write an amount, like 150.00."))]
    )
    why = StringField(
        say("Why?"),
        [DataRequired(say("Write why: it stands on the credit note."))],
        description=say("It stands on the credit note, where the payer reads it."),
    )


class WriteOffForm(ActForm):
    """Why nobody will pay the rest."""

    why = TextAreaField(
        say("Why?"),
        [DataRequired(say("Write why: the auditor asks."))],
        description=say("It stands in the journal. The payer is not told."),
        render_kw={"rows": 3},
    )


class PauseForm(ActForm):
    """Until when nobody is reminded of an invoice."""

    until = DayField(
        say("No reminders before"),
        [Optional()],
        description=say("Leave it empty to go on with reminders."),
    )


class ReopenForm(ActForm):
    """Why a month that was closed is opened again."""

    why = TextAreaField(
        say("Why?"),
        [DataRequired(say("Write why: the auditor asks."))],
        description=say("It is kept on record with your address."),
        render_kw={"rows": 3},
    )
