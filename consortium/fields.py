"""Fields that say in a sentence how to write what they ask for."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from wtforms import (
    DateField,
    Field,
    FieldList,
    FormField,
    IntegerField,
    SelectMultipleField,
    StringField,
    TimeField,
)
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from consortium.forms import Form
from consortium.words import dollars, say

MOST = 1_000_000
YEARS = range(1900, 2200)  # no day near the ends of the calendar, where sums of days fail
BLANK_ROWS = 3
NO_PRICE = say("Write a price in dollars, like 150 or 150.00.")
POINTS = 100
"""Basis points of one percent."""

# ASCII digits and nothing clever: Python would read “1_000” and digits of other scripts, too.
_WHOLE = re.compile(r"-?[0-9]{1,40}")
_PRICE = re.compile(r"\$? ?([0-9]{1,3}(?:,[0-9]{3})*|[0-9]+)(\.[0-9]{2})?")
_PERCENT = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,2})?) ?%?")


class DayField(DateField):
    """A day; what is not one gets a sentence that says how to write it."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the day."""
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(say("Write the day like 2027-06-21.")) from error
        if self.data is not None and self.data.year not in YEARS:
            year = self.data.year
            raise ValueError(say("The year %(year)s is not meant, is it? Correct it.", year=year))


class ClockField(TimeField):
    """A time of day; what is not one gets a sentence that says how to write it."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the time."""
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(say("Write the time like 09:30 or 17:00.")) from error


class NumberField(IntegerField):
    """A whole number between two bounds, or nothing."""

    def __init__(self, *args: Any, least: int = 0, most: int = MOST, **options: Any) -> None:
        self.least, self.most = least, most
        super().__init__(*args, **options)

    @property
    def bounds(self) -> str:
        """Which numbers may be written, as a sentence."""
        return say(
            "Write a number from %(least)s to %(most)s.", least=self.least, most=f"{self.most:,}"
        )

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number."""
        text = "".join(valuelist[:1]).strip()
        self.data = None
        if not text:
            return
        if not _WHOLE.fullmatch(text):
            raise ValueError(say("Write a whole number, such as 40."))
        self.data = read_whole(text)
        if self.data is None or not self.least <= self.data <= self.most:
            self.data = None
            raise ValueError(self.bounds)


class WebAddress:
    """Refuses what is no whole web address: other schemes could run something on a click."""

    def __call__(self, _form: Any, field: Field) -> None:
        """Raise ``ValidationError`` where a browser would not go to a web page."""
        if not field.data:
            return
        try:
            parts = urlsplit(field.data)
            whole = parts.scheme in {"http", "https"} and bool(parts.hostname)
        except ValueError:  # such as the brackets of an address that end nowhere
            whole = False
        if not whole:
            raise ValidationError(say("Write the whole address, beginning with https://"))


class PriceField(StringField):
    """An amount in dollars; ``cents`` is what it comes to."""

    @property
    def cents(self) -> int | None:
        """The amount in whole cents; ``None`` when nothing readable was written."""
        return read_cents(self.data or "")

    def fill(self, cents: int | None) -> None:
        """Show an amount."""
        self.data = dollars(cents).removeprefix("$") if cents is not None else ""


class PercentField(StringField):
    """A share in percent, with at most two decimals; ``basis_points`` is what it comes to."""

    @property
    def basis_points(self) -> int | None:
        """The share in basis points; ``None`` when nothing readable was written."""
        return read_points(self.data or "")

    def fill(self, points: int | None) -> None:
        """Show a share."""
        whole, rest = divmod(points or 0, POINTS)
        self.data = f"{whole}.{rest:02d}".rstrip("0").rstrip(".") if points else ""


class TicksField(SelectMultipleField):
    """Several checkboxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def chosen(self, *, before: Sequence[str]) -> tuple[str, ...]:
        """Return what is ticked: what was ticked before in its order, then what is new."""
        ticked: list[str] = self.data or []
        stay = [value for value in before if value in ticked]
        return (*stay, *(value for value in ticked if value not in stay))


class Row(Form):
    """One row of several in a form; an empty one is no row."""

    class Meta(Form.Meta):
        """The form around it carries the token."""

        csrf = False


class Rows(FieldList):
    """Rows of a form: those there are, then some blank ones to add more, without scripts."""

    def __init__(self, row: type[Row], **options: Any) -> None:
        super().__init__(FormField(row), max_entries=400, **options)

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Fill the rows; a form that was not sent yet gets blank ones at its end."""
        super().process(formdata, data, extra_filters)
        if not formdata:
            for _ in range(BLANK_ROWS):
                self.append_entry()

    @property
    def forms(self) -> list[Any]:
        """The rows' forms."""
        return [entry.form for entry in self.entries]


def refuse(field: Field, sentence: str) -> bool:
    """Put an error beside a field; always false, for use in ``validate``."""
    field.errors = [*field.errors, sentence]
    return False


def read_whole(text: str) -> int | None:
    """Return a whole number from 0 to a million; ``None`` for anything else."""
    number = int(text) if _WHOLE.fullmatch(text.strip()) else -1
    return number if 0 <= number <= MOST else None


def read_cents(text: str) -> int | None:
    """Return an amount of dollars in cents; ``None`` for anything else."""
    match = _PRICE.fullmatch(text.strip())
    if match is None:
        return None
    whole = Decimal(match[1].replace(",", "") + (match[2] or ""))
    return int(whole * 100) if whole <= MOST else None


def read_points(text: str) -> int | None:
    """Return a share in percent as basis points, at most all of it; ``None`` for anything else."""
    match = _PERCENT.fullmatch(text.strip())
    points = int(Decimal(match[1]) * POINTS) if match else None
    return points if points is not None and points <= 100 * POINTS else None
