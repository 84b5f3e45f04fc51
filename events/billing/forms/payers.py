"""Who pays, and to whom the invoice goes."""

from collections.abc import Sequence

from wtforms import EmailField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired

from consortium.forms import KeptForm
from consortium.words import say
from events.invoices.domain import METHOD_WORDS, PAYER_WORDS, Method, PayerKind
from events.invoices.models import Payer
from events.invoices.service import PayerFacts

LATER = SelectChoice("", say("The payer decides"))


class PayerForm(KeptForm):
    """A payer, and the contact to whom its invoices go."""

    kind = SelectField(say("What is the payer?"), validate_choice=False)
    name = StringField(
        say("Name of the payer"),
        [DataRequired(say("Write who pays, as its checks say it."))],
        description=say("As it stands on its checks, such as “Elgin Area School District U-46”."),
    )
    contact_name = StringField(
        say("Contact"), description=say("Who handles invoices there, such as Accounts Payable.")
    )
    contact_email = EmailField(
        say("E-mail address for invoices"),
        [DataRequired(say("Write the address to which the invoice goes."))],
    )
    address = TextAreaField(say("Mailing address"), description=say("It stands on the invoice."))
    grant_number = StringField(say("Grant number"), description=say("Only for grants."))
    tax_exempt = StringField(
        say("Tax-exempt certificate number"), description=say("Where one is asked for.")
    )
    method = RadioField(say("How will it pay?"), validate_choice=False)

    def about(self, methods: Sequence[Method], payer: Payer | None = None) -> None:
        """Offer these ways to pay; show what is known of a payer on a page just opened."""
        self.kind.choices = [SelectChoice(kind.value, PAYER_WORDS[kind]) for kind in PayerKind]
        self.method.choices = [
            LATER,
            *(SelectChoice(method.value, METHOD_WORDS[method]) for method in methods),
        ]
        self.method.data = self.method.data or ""
        if payer is None or self.is_submitted():
            return
        for field in ("name", "contact_name", "contact_email", "address", "grant_number"):
            self[field].data = getattr(payer, field)
        self.tax_exempt.data, self.kind.data = payer.tax_exempt, payer.kind.value

    def to_facts(self, *, lea_id: str | None = None) -> PayerFacts:
        """Return what was filled in; an LEA's own payer is known by its LEA."""
        kind = PayerKind(self.kind.data) if self.kind.data in set(PayerKind) else PayerKind.LEA
        return PayerFacts(
            kind=kind,
            name=self.name.data or "",
            contact_email=self.contact_email.data or "",
            contact_name=self.contact_name.data or "",
            address=self.address.data or "",
            grant_number=self.grant_number.data or "",
            tax_exempt=self.tax_exempt.data or "",
            lea_id=lea_id if kind is PayerKind.LEA else None,
        )

    def to_method(self) -> Method | None:
        """Return how it means to pay; ``None`` where the payer decides."""
        return Method(self.method.data) if self.method.data in set(Method) else None
