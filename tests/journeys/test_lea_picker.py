"""Pick a district with a real browser: by typing, with the keyboard alone, and without scripts."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import render_template_string
from playwright.sync_api import Page, expect
from wtforms import StringField

from consortium.access import public
from consortium.database import transaction
from consortium.directory import service
from consortium.directory.domain import LeaRecord
from consortium.directory.forms import LeaPicker
from consortium.forms import Form
from tests.journeys.site import Site

PAGE = """
{% extends "layouts/page.html" %}
{% import "components/forms.html" as forms with context %}
{% import "components/leas.html" as leas_of with context %}
{% block title %}{{ "Started for " ~ form.lea_id.data if taken else "Start a team" }}{% endblock %}
{% block content %}
  {{ forms.errors(form) }}
  {% call forms.form(form, "Start") %}
    {{ leas_of.lea_picker(form, form.leas_found()) }}
    {{ forms.field(form.team) }}
  {% endcall %}
{% endblock %}
"""
AGENCIES = (
    ("0100750", "Clay County", "AL", "Ashland", 1776),
    ("1301200", "Clay County", "GA", "Fort Gaines", 205),
    ("5400240", "CLAY COUNTY SCHOOLS", "WV", "CLAY", 1530),
    ("3400001", "Millbrook", "NJ", "Millbrook", 4000),
)


class StartForm(LeaPicker, Form):
    team = StringField("Team")


@public
def start() -> str:
    form = StartForm()
    taken = form.is_submitted() and not form.finding and form.validate()
    return render_template_string(PAGE, form=form, taken=taken)


@pytest.fixture(autouse=True)
def page_with_picker(site: Site) -> None:
    site.app.add_url_rule("/start", view_func=start, methods=["GET", "POST"])
    records = [
        LeaRecord(id=lea_id, name=name, state=state, city=city, enrollment=enrollment)
        for lea_id, name, state, city, enrollment in AGENCIES
    ]
    with site.app.app_context(), transaction():
        service.take_leas(records, source="a journey", by="a journey")


def test_districts_appear_while_their_name_is_typed(new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.goto("/start")
    page.get_by_label("Type part of the district's name").press_sequentially("clay c", delay=20)

    expect(page.get_by_role("status")).to_have_text("3 districts found.")
    expect(page.get_by_role("group", name="Your district").get_by_role("radio")).to_have_count(3)
    assert Axe().run(page).violations_count == 0

    page.get_by_label("Clay County (Fort Gaines, GA)").check()
    page.get_by_label("State").select_option("New Jersey")
    expect(page.get_by_role("status")).to_have_text(
        "No district found. Try one word of its name, or another state."
    )
    expect(page.get_by_label("Clay County (Fort Gaines, GA)")).to_be_checked()

    page.get_by_role("button", name="Start").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Started for 1301200")


def test_a_district_is_picked_with_the_keyboard_alone(new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.goto("/start")
    page.get_by_label("Type part of the district's name").focus()
    page.keyboard.type("clay county")
    expect(page.get_by_role("status")).to_have_text("3 districts found.")
    for key in ("Tab", "Tab", "Tab", "Space", "ArrowDown", "Tab", "Tab", "Enter"):
        page.keyboard.press(key)

    expect(page.get_by_role("heading", level=1)).to_have_text("Started for 1301200")


def test_a_district_is_picked_without_scripts(new_page: Callable[..., Page]) -> None:
    page = new_page(java_script_enabled=False)
    page.goto("/start")
    page.get_by_label("Type part of the district's name").fill("clay county ga")
    page.get_by_label("Type part of the district's name").press("Enter")
    expect(page.get_by_role("status")).to_have_text("1 district found.")
    page.get_by_label("Clay County (Fort Gaines, GA)").check()
    page.get_by_role("button", name="Start").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Started for 1301200")


def test_when_the_list_cannot_be_fetched_the_button_is_named(new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.route("**/leas/search.json*", lambda route: route.abort())
    page.goto("/start")
    page.get_by_label("Type part of the district's name").press_sequentially("clay")
    expect(page.get_by_role("status")).to_have_text("The list could not be fetched. Press Find.")
    page.get_by_role("button", name="Find").click()

    expect(page.get_by_role("status")).to_have_text("3 districts found.")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", ["/leas", "/leas?q=clay", "/leas?q=clay%07", "/leas/0100750"])
def test_the_directorys_pages_have_no_barriers(
    new_page: Callable[..., Page], address: str, scheme: str
) -> None:
    page = new_page(color_scheme=scheme, viewport={"width": 320, "height": 640})
    page.goto(address)

    assert Axe().run(page).violations_count == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
