"""What a payer's contact answers: a no with its reason, or a purchase order."""

from typing import Any

from wtforms import FileField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired

from consortium.fields import DayField, PriceField, refuse
from consortium.files import service as files
from consortium.files.domain import ACCEPT, FileRefused, clean_file
from consortium.files.service import PutFile
from consortium.forms import ActForm
from consortium.ports import FileStorage
from consortium.words import say
from events.invoices.service import OrderFacts

HERE, FOLLOWS = "here", "follows"


class DeclineForm(ActForm):
    """Why a payer does not pay this share."""

    reason = TextAreaField(
        say("Why?"),
        [DataRequired(say("Write a sentence for the team, so that it can find another way."))],
    )


class OrderForm(ActForm):
    """A purchase order: here with its number and amount, or promised."""

    when = RadioField(
        say("The purchase order"),
        choices=[
            SelectChoice(HERE, say("is here: its number and amount are below")),
            SelectChoice(FOLLOWS, say("will follow")),
        ],
        default=HERE,
    )
    number = StringField(
        say("Number"), description=say("Exactly as it stands on it, zeros at its front included.")
    )
    amount = PriceField(say("Amount, in dollars"))
    expires_on = DayField(say("Valid until"), validators=[])
    file = FileField(
        say("A copy of it"),
        description=say("PDF or a photo, up to 5 MB."),
        render_kw={"accept": ACCEPT},
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for number and amount of an order that is here; look at its file."""
        if not (self.expires_on.raw_data and self.expires_on.raw_data[0].strip()):
            self.expires_on.errors = []
            self.expires_on.data = None
            self.expires_on.process_errors = []
        valid = super().validate(extra_validators)
        if not self.follows:
            if not self.number.data:
                valid = refuse(self.number, say("Write the number that stands on it."))
            if not self.amount.cents:
                valid = refuse(self.amount, say("Write the amount that stands on it, like 750.00."))
        self._clean = None
        if self.file.data and getattr(self.file.data, "filename", ""):
            try:
                self._clean = clean_file(self.file.data.filename, self.file.data.read())
            except FileRefused as refused:
                valid = refuse(self.file, refused.message)
        return valid

    @property
    def follows(self) -> bool:
        """Whether it is only promised."""
        return bool(self.when.data == FOLLOWS)

    def put_file(self, storage: FileStorage) -> PutFile | None:
        """Hand the copy to the storage, outside any transaction. Raises ``GatewayDown``."""
        return files.put(storage, self._clean) if self._clean is not None else None

    def to_facts(self, file: PutFile | None) -> OrderFacts:
        """Return what was filled in."""
        return OrderFacts(
            number=self.number.data or "",
            amount_cents=self.amount.cents,
            expires_on=self.expires_on.data,
            file=file,
        )
