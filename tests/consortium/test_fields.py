from typing import Any

import pytest
from flask import Flask

from consortium.fields import DayField, NumberField, PercentField, PriceField
from consortium.forms import Form


class OneForm(Form):
    day = DayField("Day")
    number = NumberField("Number")
    price = PriceField("Price")
    share = PercentField("Share")


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
        *(
            (odd, ["Write a whole number, such as 40."])
            for odd in ("forty", "1_0", "٤٠", "４", "4.0")
        ),
        ("1000001", ["Write a number from 0 to 1,000,000."]),
        ("9" * 5000, ["Write a whole number, such as 40."]),
        ("-1", ["Write a number from 0 to 1,000,000."]),
    ],
)
def test_a_number_that_is_none_is_told(send: Any, number: str, said: list[str]) -> None:
    assert list(send(number=number).number.errors) == said


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("150", 15_000),
        (" $1,150.05 ", 115_005),
        ("1000000", 100_000_000),
        ("0", 0),
        *(
            (odd, None)
            for odd in ("", "1_000", "١٥٠", "1,15", "-5", "1e3", "150.5", "NaN", "1000001")
        ),
    ],
)
def test_an_amount_is_dollars_in_plain_digits(send: Any, text: str, cents: int | None) -> None:
    assert send(price=text).price.cents == cents


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("50", 5_000),
        ("12.5 %", 1_250),
        ("100.00%", 10_000),
        *((odd, None) for odd in ("", "1_0", "٥٠", "100.01", "-1", "33.333", "half")),
    ],
)
def test_a_share_is_a_percentage_in_plain_digits(send: Any, text: str, points: int | None) -> None:
    assert send(share=text).share.basis_points == points


@pytest.mark.parametrize("points", [0, 50, 1_250, 5_000, 10_000])
def test_a_share_is_shown_as_it_is_read(send: Any, points: int) -> None:
    field = send().share

    field.fill(points)

    assert field.basis_points == (points or None)
