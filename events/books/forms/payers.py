"""A payer's contact, and the tax-exempt certificate on file."""

from typing import Any

from wtforms import EmailField, FileField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired

from consortium.fields import refuse
from consortium.files import service as files
from consortium.files.domain import ACCEPT, CleanFile, FileRefused, clean_file
from consortium.files.service import PutFile
from consortium.forms import ActForm
from consortium.ports import FileStorage
from consortium.tenants.forms import VersionedForm
from consortium.words import say
from events.invoices.domain import PAYER_WORDS, PayerKind
from events.invoices.models import Payer
from events.invoices.service import PayerFacts

PDF = "application/pdf"


class UploadForm(ActForm):
    """A form with one file, which is looked at before anything is done with it."""

    only_pdf = False
    clean: CleanFile | None = None

    def read(self, field: FileField) -> bool:
        """Look at what was handed in; false with a sentence beside the field when it is refused."""
        if not (field.data and getattr(field.data, "filename", "")):
            return True
        no_pdf = say("This is no PDF. Save the form as a PDF and choose that.")
        content = field.data.read()
        if self.only_pdf and not content.startswith(b"%PDF-"):
            return refuse(field, no_pdf)  # a list of all kinds that are taken would mislead
        try:
            self.clean = clean_file(field.data.filename, content)
        except FileRefused as refused:
            return refuse(field, refused.message)
        if self.only_pdf and self.clean.content_type != PDF:
            return refuse(field, no_pdf)
        return True

    def put(self, storage: FileStorage) -> PutFile | None:
        """Hand the file to the storage, outside any transaction. Raises ``GatewayDown``."""
        return files.put(storage, self.clean) if self.clean is not None else None


class CertificateForm(UploadForm):
    """A tax-exempt certificate: its number, its file."""

    number = StringField(say("Certificate number"))
    file = FileField(
        say("Certificate"),
        description=say("PDF or a photo, up to 5 MB. A former one is replaced."),
        render_kw={"accept": ACCEPT},
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """Look at the file."""
        valid = super().validate(extra_validators)
        return self.read(self.file) and valid


class EditPayerForm(VersionedForm, ActForm):
    """Who pays, and to whom its invoices go."""

    kind = SelectField(
        say("What is the payer?"),
        choices=[SelectChoice(kind.value, words) for kind, words in PAYER_WORDS.items()],
        validate_choice=False,
    )
    name = StringField(
        say("Name of the payer"), [DataRequired(say("Write who pays, as its checks say it."))]
    )
    contact_name = StringField(say("Contact"))
    contact_email = EmailField(
        say("E-mail address for invoices"),
        [DataRequired(say("Write the address to which the invoice goes."))],
        description=say("Whoever signs in with it sees this payer's invoices."),
    )
    address = TextAreaField(say("Mailing address"), render_kw={"rows": 4})
    grant_number = StringField(say("Grant number"), description=say("Only for grants."))

    def __init__(self, payer: Payer) -> None:
        super().__init__(
            data={
                "kind": payer.kind.value,
                "name": payer.name,
                "contact_name": payer.contact_name,
                "contact_email": payer.contact_email,
                "address": payer.address,
                "grant_number": payer.grant_number,
                "version": str(payer.version),
            }
        )
        self._payer = payer

    def to_facts(self) -> PayerFacts:
        """Return what was filled in; what is not on the page stays as it is."""
        kind = PayerKind(self.kind.data) if self.kind.data in set(PayerKind) else self._payer.kind
        return PayerFacts(
            kind=kind,
            name=self.name.data or "",
            contact_email=self.contact_email.data or "",
            contact_name=self.contact_name.data or "",
            address=self.address.data or "",
            grant_number=self.grant_number.data or "",
            lea_id=self._payer.lea_id,
            tax_exempt=self._payer.tax_exempt,
        )
