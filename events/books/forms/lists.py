"""Filters of lists, and days to look at the books from; they only read the address."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask import request
from wtforms import BooleanField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from consortium.fields import DayField, refuse
from consortium.forms import Form
from consortium.words import say
from events.books.domain.filters import SHOWN_WORDS, InvoiceFilter, PayerFilter
from events.books.domain.periods import Period, period_of_year


class ReadingForm(Form):
    """A form whose fields stand in the address."""

    class Meta(Form.Meta):
        """Without CSRF: reading changes nothing, and the address can be kept and sent on."""

        csrf = False

    def __init__(self, **options: Any) -> None:
        super().__init__(request.args, **options)


class InvoicesForm(ReadingForm):
    """Which invoices the list shows."""

    standing = SelectField(
        say("Standing"),
        choices=[
            SelectChoice("", say("All")),
            *(SelectChoice(one.value, words) for one, words in SHOWN_WORDS.items()),
        ],
        default="",
        validate_choice=False,
    )
    institute = SelectField(say("Institute"), default="", validate_choice=False)
    payer = StringField(say("Payer or contact"))
    number = StringField(say("Invoice number"))

    def __init__(self, institutes: Iterable[tuple[str, str]]) -> None:
        super().__init__()
        self.institute.choices = [
            SelectChoice("", say("All")),
            *(SelectChoice(slug, title) for slug, title in institutes),
        ]

    def to_filter(self) -> InvoiceFilter:
        """Return the filter; one that asks nothing when the form is wrong."""
        if not self.validate():
            return InvoiceFilter()
        offered = {choice.value for choice in self.institute.choices or ()}
        institute = self.institute.data or ""
        return InvoiceFilter(
            standing=self.standing.data or "",
            institute=institute if institute in offered else "",
            payer=self.payer.data or "",
            number=self.number.data or "",
        )


class PayersForm(ReadingForm):
    """Which payers the list shows."""

    words = StringField(say("Name or contact"))
    owing = BooleanField(say("Only with an open balance or a credit"))

    def to_filter(self) -> PayerFilter:
        """Return the filter; one that asks nothing when the form is wrong."""
        if not self.validate():
            return PayerFilter()
        return PayerFilter(words=self.words.data or "", owing="yes" if self.owing.data else "")


class AsOfForm(ReadingForm):
    """As of which day a report is told."""

    on = DayField(say("As of the end of"), [Optional()])

    def day(self, today: date) -> date:
        """Return the day; today where none, or none that is one, was given, or one to come."""
        asked = self.on.data if self.validate() else None
        return min(asked, today) if asked is not None else today


class PeriodForm(ReadingForm):
    """From which day to which; a fiscal year stands for its days."""

    year = SelectField(say("Fiscal year"), default="", validate_choice=False)
    since = DayField(say("or from"), [Optional()])
    until = DayField(say("to"), [Optional()])

    def offer(self, years: Iterable[int]) -> None:
        """Offer these fiscal years."""
        self.year.choices = [
            SelectChoice("", say("Choose days")),
            *(SelectChoice(str(year), str(year)) for year in years),
        ]

    def validate(self, extra_validators: Any = None) -> bool:
        """Refuse days the wrong way round."""
        valid = super().validate(extra_validators)
        since, until = self.since.data, self.until.data
        if since is not None and until is not None and since > until:
            valid = refuse(self.until, say("This day is before the first one. Swap them."))
        return valid

    def period(self, usual: Period, *, starts: int) -> Period:
        """Return the days that were asked for, or the usual ones where nothing readable was.

        The usual ones end today, and nothing is told of days to come.
        """
        if not self.validate():
            return usual
        offered = {choice.value for choice in self.year.choices or ()}
        if self.year.data and self.year.data in offered:
            asked = period_of_year(int(self.year.data), starts)
        else:
            asked = Period(
                since=self.since.data or usual.since, until=self.until.data or usual.until
            )
        until = min(asked.until, usual.until)
        return Period(since=min(asked.since, until), until=until)
