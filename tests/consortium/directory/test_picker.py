"""The picker as a page uses it: a form that mixes it in, shown by the macro."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask, render_template_string
from wtforms import StringField
from wtforms.validators import InputRequired

from consortium.directory.forms import LeaPicker
from consortium.forms import Form
from tests.factories import make_lea
from tests.house_style import check_house_style

PAGE = """
{% extends "layouts/page.html" %}
{% import "components/forms.html" as forms with context %}
{% import "components/leas.html" as leas_of with context %}
{% block title %}Start a team{% endblock %}
{% block content %}
  {{ forms.errors(form) }}
  {% call forms.form(form, "Start") %}
    {{ leas_of.lea_picker(form, form.leas_found()) }}
    {{ forms.field(form.team) }}
  {% endcall %}
{% endblock %}
"""


class StartForm(LeaPicker, Form):
    team = StringField("Team", [InputRequired("Name the team.")])


@pytest.fixture(autouse=True)
def listed(database: None) -> None:
    make_lea("0100750", "Clay County", "AL", city="Ashland", search_text="clay county|ashland")
    make_lea("1301200", "Clay County", "GA", city="Fort Gaines", enrollment=None)
    make_lea("3400001", "Millbrook", "NJ")


@pytest.fixture
def send(app: Flask) -> Any:
    def send(**fields: str) -> tuple[StartForm, BeautifulSoup, bool]:
        with app.test_request_context("/start", method="POST", data=fields):
            app.preprocess_request()
            form = StartForm()
            taken = not form.finding and form.validate()
            shown = render_template_string(PAGE, form=form)
            check_house_style(shown)
            return form, BeautifulSoup(shown, "html.parser"), taken

    return send


def choices(page: BeautifulSoup) -> list[tuple[str, str, bool]]:
    return [
        (
            radio["value"],
            " ".join(page.find("label", attrs={"for": radio["id"]}).get_text(" ").split()),
            radio.has_attr("checked"),
        )
        for radio in page.select("[data-options] input[type=radio]")
    ]


def test_find_lists_the_districts_without_judging_the_rest_of_the_form(send: Any) -> None:
    form, page, taken = send(lea_text="clay county", find="1")

    assert not taken
    assert not form.errors
    assert choices(page) == [
        ("0100750", "Clay County (Ashland, AL) School district · 2,000 students", False),
        ("1301200", "Clay County (Fort Gaines, GA) School district", False),
    ]
    assert page.select_one("[role=status]").get_text(strip=True) == "2 districts found."
    assert page.select_one("input[name=lea_text]")["value"] == "clay county"


def test_find_takes_a_zip_code_and_says_when_nothing_is_there(send: Any) -> None:
    make_lea("3400002", "Highland Park Boro", "NJ", zip="08904", enrollment=None)

    _, page, _ = send(lea_text="08904-1234", find="1")
    assert [value for value, *_ in choices(page)] == ["3400002"]

    _, page, _ = send(lea_text="99999", find="1")
    assert page.select_one("[role=status]").get_text(strip=True) == (
        "No district found with its office in the ZIP code 99999. Try one word of its name, "
        "or another state."
    )


def test_the_first_button_of_the_form_is_find_so_that_enter_searches(send: Any) -> None:
    _, page, _ = send()

    assert [button.get_text(strip=True) for button in page.select("main form button")] == [
        "Find",
        "Start",
    ]


def test_the_form_is_taken_with_a_chosen_district(send: Any) -> None:
    form, page, taken = send(lea_text="clay", lea_id="1301200", team="Us")

    assert taken
    assert form.lea_id.data == "1301200"
    assert [checked for *_, checked in choices(page)] == [False, True]


def test_a_choice_outlives_another_search(send: Any) -> None:
    _, page, _ = send(lea_text="clay", lea_state="AL", lea_id="3400001", find="1")

    assert [(value, checked) for value, _, checked in choices(page)] == [
        ("3400001", True),
        ("0100750", False),
    ]
    assert page.select_one("[role=status]").get_text(strip=True) == "1 district found."


@pytest.mark.parametrize(
    ("lea_id", "error"),
    [
        ("", "Find your district by its name, then choose it from the list."),
        ("75", "Choose your district from the list."),
    ],
)
def test_without_a_choice_the_form_says_what_to_do(send: Any, lea_id: str, error: str) -> None:
    _, page, taken = send(lea_text="clay", lea_id=lea_id, team="Us")

    assert not taken
    summary = page.select_one("#error-summary a")
    fieldset = page.select_one(summary["href"])
    assert summary.get_text(strip=True) == error
    assert fieldset.name == "fieldset"
    assert page.select_one(f"#{fieldset['aria-describedby']}").get_text(" ", strip=True) == (
        f"Error: {error}"
    )
    assert len(choices(page)) == 2


@pytest.mark.parametrize(
    "fields", [{"lea_id": "9999999"}, {"lea_id": "\0"}, {"lea_text": "clay", "lea_state": "\0"}]
)
def test_what_is_not_in_the_directory_shows_no_choice(send: Any, fields: dict[str, str]) -> None:
    _, page, _ = send(**fields, find="1")

    assert choices(page) == []
    assert page.select_one("fieldset").has_attr("hidden")
