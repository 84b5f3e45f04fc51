"""What finance writes down of money that came."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from wtforms import BooleanField, FieldList, FormField, HiddenField, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, ValidationError

from consortium.fields import DayField, PriceField, Row, TicksField
from consortium.forms import ActForm
from consortium.words import dollars, say
from events.invoices.service import InvoiceView
from events.payments.domain import KIND_WORDS, PaymentKind
from events.payments.domain.recording import CheckFacts, Facts, TransferFacts

NO_AMOUNT = say("Write an amount in dollars, like 150 or 150.00.")
BY_HAND = (PaymentKind.CHECK, PaymentKind.TRANSFER)
KINDS = [SelectChoice(kind.value, KIND_WORDS[kind]) for kind in BY_HAND]


class MoneyCameForm(ActForm):
    """What checks and transfers have in common."""

    kind = RadioField(say("How it came"), choices=KINDS, default=PaymentKind.CHECK.value)
    received_on = DayField(say("Day it came"), [InputRequired(say("Write the day it came."))])
    confirmed = BooleanField(say("Yes, record it as it is"))

    asks_again = False
    """Whether something about it is odd, so that the page asks for a confirmation."""

    @property
    def payment_kind(self) -> PaymentKind:
        """Return how it came."""
        return PaymentKind(self.kind.data or PaymentKind.CHECK)


class RecordForm(MoneyCameForm):
    """A check or a transfer, and the invoices it is for."""

    number = StringField(
        say("Check number"),
        description=say("For a transfer: its reference at the bank, if it has one."),
    )
    amount = PriceField(
        say("Amount"), [InputRequired(NO_AMOUNT)], render_kw={"inputmode": "decimal"}
    )
    drawer = StringField(
        say("Name on the check"), description=say("Where it is another than the payer's.")
    )
    note = StringField(say("Note"))
    invoices = TicksField(say("What it pays"))

    def offer(self, views: Sequence[InvoiceView]) -> None:
        """Let someone tick open invoices; they are paid in this order."""
        self.invoices.choices = [
            SelectChoice(str(view.invoice.id), in_a_list(view)) for view in views
        ]

    def validate_amount(self, field: PriceField) -> None:
        """Refuse what is no amount."""
        if field.cents is None:
            raise ValidationError(NO_AMOUNT)

    def to_facts(self, payer_id: UUID | None) -> Facts:
        """Return what was written."""
        of = CheckFacts if self.payment_kind is PaymentKind.CHECK else TransferFacts
        return of(
            number=self.number.data or "",
            cents=self.amount.cents or 0,
            received_on=self.received_on.data or date.min,
            payer_id=payer_id,
            drawer=self.drawer.data or "",
            note=self.note.data or "",
        )

    @property
    def towards(self) -> Sequence[tuple[UUID, int | None]]:
        """Return the ticked invoices in the order of the list."""
        return [(UUID(one), None) for one in _ticked(self.invoices)]


class MarkRow(Row):
    """One open invoice: whether it was paid, by which check, with how much."""

    invoice_id = HiddenField()
    paid = BooleanField(say("Paid"))
    number = StringField(say("Check number"))
    amount = PriceField(say("Amount"), render_kw={"inputmode": "decimal"})

    def validate_amount(self, field: PriceField) -> None:
        """Refuse what is no amount; nothing means all that is open."""
        if (field.data or "").strip() and field.cents is None:
            raise ValidationError(NO_AMOUNT)


class MarkForm(MoneyCameForm):
    """Many invoices that were paid, each by its own check or transfer."""

    rows = FieldList(FormField(MarkRow), max_entries=200)

    def validate(self, extra_validators: Any = None) -> bool:
        """Check as usual; what is wrong in a row is said on top, too."""
        valid: bool = super().validate(extra_validators)
        if any(entry.errors for entry in self.rows.entries):
            self.form_errors.append(say("In the list: %(words)s", words=NO_AMOUNT))
        return valid

    @property
    def ticked(self) -> Sequence[Any]:
        """Return the rows that are ticked."""
        return [entry.form for entry in self.rows.entries if entry.form.paid.data]


def in_a_list(view: InvoiceView) -> str:
    """Name an open invoice with what is open of it."""
    return say(
        "%(number)s, %(payer)s, %(what)s: %(open)s open",
        number=view.invoice.number,
        payer=view.invoice.payer.name,
        what=view.invoice.what,
        open=dollars(view.balance_cents),
    )


def _ticked(field: TicksField) -> Sequence[str]:
    ticked = set(field.data or ())
    return [str(choice.value) for choice in field.choices or () if str(choice.value) in ticked]
