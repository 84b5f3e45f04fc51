from typing import Any

import pytest
from flask import Flask

from consortium.fields import DayField, NumberField
from consortium.forms import Form


class OneForm(Form):
    day = DayField("Day")
    number = NumberField("Number")


@pytest.fixture
def send(app: Flask) -> Any:
    def send(**fields: str) -> OneForm:
        with app.test_request_context("/", method="POST", data=fields):
            form = OneForm()
            form.validate()
            return form

    return send


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2027-06-21", []),
        ("June 21", ["Write the day like 2027-06-21."]),
        ("0001-01-01", ["The year 1 is not meant, is it? Correct it."]),
        ("9999-12-31", ["The year 9999 is not meant, is it? Correct it."]),
    ],
)
def test_a_day_that_is_none_is_told_and_kept(send: Any, day: str, said: list[str]) -> None:
    form = send(day=day)

    assert list(form.day.errors) == said
    assert form.day._value() == day


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("40", []),
        (" ", []),
        ("forty", ["Write a whole number, such as 40."]),
        ("9" * 5000, ["Write a whole number, such as 40."]),
        ("-1", ["Write a number from 0 to 1,000,000."]),
    ],
)
def test_a_number_that_is_none_is_told(send: Any, number: str, said: list[str]) -> None:
    assert list(send(number=number).number.errors) == said
