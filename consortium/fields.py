"""Fields that say in a sentence how to write what they ask for."""

from collections.abc import Sequence
from typing import Any

from wtforms import (
    DateField,
    Field,
    FieldList,
    FormField,
    IntegerField,
    SelectMultipleField,
    TimeField,
)
from wtforms.widgets import CheckboxInput, ListWidget

from consortium.forms import Form
from consortium.words import say

MOST = 1_000_000
YEARS = range(1900, 2200)  # no day near the ends of the calendar, where sums of days fail
BLANK_ROWS = 3


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
    """A whole number, 0 or more, or nothing."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number."""
        if not any(text.strip() for text in valuelist):
            self.data = None
            return
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(say("Write a whole number, such as 40.")) from error
        if self.data is not None and not 0 <= self.data <= MOST:
            raise ValueError(say("Write a number from 0 to 1,000,000."))


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
