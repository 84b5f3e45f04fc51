"""What finance says about a payment that is here: small forms, one act each."""

from collections.abc import Sequence
from uuid import UUID

from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, ValidationError

from consortium.fields import DayField, PriceField, TicksField
from consortium.forms import ActForm
from consortium.words import dollars, say
from events.invoices.models import Payer
from events.invoices.service import InvoiceView
from events.payments.domain import WAY_WORDS, RefundWay
from events.payments.forms.recording import NO_AMOUNT, in_a_list
from events.payments.models import Payment
from events.payments.service.applying import in_words

CHOOSE = InputRequired(say("Choose one."))


class ApplyForm(ActForm):
    """Which invoice the rest of a payment is for."""

    invoice = RadioField(say("Invoice"), [CHOOSE])
    amount = PriceField(
        say("Amount"), description=say("Leave it empty to apply as much as is open.")
    )

    def offer(self, views: Sequence[InvoiceView]) -> None:
        """Let someone choose one of the open invoices."""
        self.invoice.choices = [
            SelectChoice(str(view.invoice.id), in_a_list(view)) for view in views
        ]
        _take_the_only_one(self.invoice)

    def validate_amount(self, field: PriceField) -> None:
        """Refuse what is no amount."""
        if (field.data or "").strip() and field.cents is None:
            raise ValidationError(NO_AMOUNT)

    @property
    def towards(self) -> Sequence[tuple[UUID, int | None]]:
        """Return what was chosen."""
        return [(UUID(self.invoice.data), self.amount.cents)]


class MoveForm(ActForm):
    """From which invoice to which a payment goes."""

    leaves = RadioField(say("It pays now"), [CHOOSE])
    to = RadioField(say("It should pay"), [CHOOSE])

    def offer(self, paid: Sequence[tuple[InvoiceView, int]], views: Sequence[InvoiceView]) -> None:
        """Let someone choose among what it pays and what is open."""
        self.leaves.choices = [
            SelectChoice(
                str(view.invoice.id),
                say("%(number)s: %(cents)s", number=view.invoice.number, cents=dollars(cents)),
            )
            for view, cents in paid
        ]
        self.to.choices = [
            *(SelectChoice(str(view.invoice.id), in_a_list(view)) for view in views),
            SelectChoice("nothing", say("Nobody knows yet: keep it aside")),
        ]
        _take_the_only_one(self.leaves)


class PayerForm(ActForm):
    """Whose money it is."""

    payer = RadioField(say("Payer"), [CHOOSE])

    def offer(self, payers: Sequence[Payer]) -> None:
        """Let someone choose one of the payers that were found."""
        self.payer.choices = [
            SelectChoice(str(one.id), f"{one.name} ({one.contact_email})") for one in payers
        ]
        _take_the_only_one(self.payer)


class ReturnForm(ActForm):
    """When and why the bank sent a check back."""

    on = DayField(say("Day the bank returned it"), [InputRequired(say("Write the day."))])
    why = StringField(
        say("What the bank says"), description=say("For example: insufficient funds.")
    )


class RefundForm(ActForm):
    """How much of a payment goes back, out of what, how, and why."""

    out_of = RadioField(say("Out of"), [CHOOSE])
    amount = PriceField(say("Amount"), [InputRequired(NO_AMOUNT)])
    way = SelectField(say("How"), default="")
    why = StringField(
        say("Why"),
        [InputRequired(say("Write why it goes back."))],
        description=say("The payer reads it in the mail that says what goes back, and how."),
    )

    def offer(self, choices: Sequence[tuple[str, str]], ways: Sequence[RefundWay]) -> None:
        """Let someone choose an invoice's credit, or the payment's rest, and how it can go."""
        self.out_of.choices = [SelectChoice(*pair) for pair in choices]
        self.way.choices = [
            SelectChoice("", say("The way it came")),
            *(SelectChoice(way.value, WAY_WORDS[way]) for way in ways),
        ]
        _take_the_only_one(self.out_of)

    def validate_amount(self, field: PriceField) -> None:
        """Refuse what is no amount."""
        if field.cents is None:
            raise ValidationError(NO_AMOUNT)

    @property
    def invoice_id(self) -> UUID | None:
        """Return the invoice out of whose credit it goes; ``None`` for the payment's rest."""
        return UUID(self.out_of.data) if self.out_of.data != "rest" else None

    @property
    def chosen_way(self) -> RefundWay | None:
        """Return how it goes, where that is said."""
        return RefundWay(self.way.data) if self.way.data else None


class DepositForm(ActForm):
    """Which checks go to the bank, and when."""

    on = DayField(say("Day of the deposit"), [InputRequired(say("Write the day."))])
    checks = TicksField(say("Checks"))

    def offer(self, payments: Sequence[Payment]) -> None:
        """Let someone tick checks on hand."""
        self.checks.choices = [
            SelectChoice(
                str(one.id),
                say(
                    "%(check)s, %(payer)s: %(cents)s",
                    check=in_words(one),
                    payer=one.payer.name if one.payer else one.drawer or say("payer not known"),
                    cents=dollars(one.amount_cents),
                ),
            )
            for one in payments
        ]
        if not self.is_submitted():
            self.checks.data = [str(one.id) for one in payments]

    @property
    def chosen(self) -> Sequence[UUID]:
        """Return the ticked checks."""
        return [UUID(one) for one in self.checks.data or ()]


class PayOutForm(ActForm):
    """That a refund went out."""

    check_number = StringField(say("Number of our check"))
    on = DayField(say("Day it was mailed"), [InputRequired(say("Write the day."))])


class UndoForm(ActForm):
    """Why a refund is taken back, or did not arrive."""

    why = TextAreaField(
        say("Why"),
        [InputRequired(say("Write why."))],
        description=say("A payer who was told of the refund already reads why it does not come."),
    )


def _take_the_only_one(field: RadioField) -> None:
    """Let nobody choose where there is no choice."""
    if len(field.choices) == 1 and not field.data:
        field.data = field.choices[0].value
