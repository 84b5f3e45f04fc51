"""Who bills, how checks are made out, when a fiscal year begins, when payers are reminded."""

import re
from typing import Any

from wtforms import BooleanField, EmailField, FileField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired

from consortium.fields import refuse
from consortium.forms import ActForm
from consortium.tenants.forms import VersionedForm
from consortium.words import say
from events.books.forms.payers import PDF, UploadForm
from events.invoices.models import MoneySettings
from events.invoices.service import Books
from events.ledger.domain.fiscal import NAMES

EIN = re.compile(r"[0-9]{2}-[0-9]{7}")
DAYS = re.compile(r"[0-9]{1,3}")
JULY = 7


class BooksForm(VersionedForm, ActForm):
    """What stands on papers, and how the books are kept."""

    legal_name = StringField(
        say("Name on papers"),
        [DataRequired(say("Write who bills, as it stands on the W-9."))],
        description=say("The fiscal home, as it stands on its W-9."),
    )
    address = TextAreaField(say("Mailing address"), render_kw={"rows": 3})
    phone = StringField(say("Phone"))
    email = EmailField(say("E-mail address for questions about bills"))
    tax_id = StringField(
        say("Employer identification number (EIN)"), description=say("Such as 22-1234567.")
    )
    payable_to = StringField(
        say("Checks are payable to"), description=say("Where it is not the name on papers.")
    )
    remit_to = TextAreaField(
        say("Checks are mailed to"),
        description=say("Where it is not the mailing address."),
        render_kw={"rows": 3},
    )
    fiscal_year_starts = SelectField(
        say("First month of the fiscal year"),
        choices=[SelectChoice(str(n), name) for n, name in enumerate(NAMES, start=1)],
        description=say(
            "A fiscal year is named by the calendar year in which it ends. Once papers were "
            "issued that would change their year, the month stays."
        ),
        validate_choice=False,
    )
    dunning_days = StringField(
        say("Remind after so many days past due"),
        description=say("Up to three numbers that rise, such as 7, 21, 45. Empty: never."),
    )
    dunning_paused = BooleanField(say("Send no reminders for now"))

    def __init__(self, books: MoneySettings) -> None:
        super().__init__(
            data={
                "legal_name": books.legal_name,
                "address": books.address,
                "phone": books.phone,
                "email": books.email,
                "tax_id": books.tax_id,
                "payable_to": books.payable_to,
                "remit_to": books.remit_to,
                "fiscal_year_starts": str(books.fiscal_year_starts),
                "dunning_days": ", ".join(map(str, books.dunning_days)),
                "dunning_paused": books.dunning_paused,
                "version": str(books.version),
            }
        )

    def validate(self, extra_validators: Any = None) -> bool:
        """Refuse what is no EIN, no month, or no list of days."""
        valid = super().validate(extra_validators)
        if self.tax_id.data and not EIN.fullmatch(self.tax_id.data):
            valid = refuse(self.tax_id, say("Write the EIN like 22-1234567."))
        if not any(choice.value == self.fiscal_year_starts.data for choice in self._months):
            valid = refuse(self.fiscal_year_starts, say("Choose one of the months."))
        if not all(DAYS.fullmatch(day) for day in self._days):
            valid = refuse(
                self.dunning_days,
                say("Write up to three numbers of days that rise, such as 7, 21, 45."),
            )
        return valid

    def to_books(self) -> Books:
        """Return what was filled in."""
        return Books(
            legal_name=self.legal_name.data or "",
            address=self.address.data or "",
            phone=self.phone.data or "",
            email=self.email.data or "",
            tax_id=self.tax_id.data or "",
            payable_to=self.payable_to.data or "",
            remit_to=self.remit_to.data or "",
            fiscal_year_starts=int(self.fiscal_year_starts.data or JULY),
            dunning_days=tuple(int(day) for day in self._days),
            dunning_paused=bool(self.dunning_paused.data),
        )

    @property
    def _months(self) -> list[SelectChoice]:
        return list(self.fiscal_year_starts.choices or ())

    @property
    def _days(self) -> list[str]:
        return [day for day in re.split(r"[,;\s]+", self.dunning_days.data or "") if day]


class W9Form(UploadForm):
    """The host's W-9."""

    only_pdf = True
    file = FileField(
        say("W-9"),
        description=say("A PDF, up to 5 MB. Payers can download it with their invoice."),
        render_kw={"accept": PDF},
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """Look at the file, which must be there."""
        valid = super().validate(extra_validators)
        valid = self.read(self.file) and valid
        if valid and self.clean is None:
            valid = refuse(self.file, say("Choose the W-9 as a PDF."))
        return valid
