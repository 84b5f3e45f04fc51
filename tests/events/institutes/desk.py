"""What a coordinator does at a browser, for tests."""

from typing import Any

from bs4 import BeautifulSoup
from werkzeug.test import TestResponse

from consortium.database import db
from events.institutes.domain import Status
from events.institutes.models import Institute
from events.institutes.service import get_by_slug
from tests.browser import Browser
from tests.factories import make_institute

ROOT = "/lakeshore/manage/institutes"


def page_of(client: Browser, path: str) -> BeautifulSoup:
    answer = client.get(path)
    assert answer.status_code == 200
    return BeautifulSoup(answer.text, "html.parser")


def words_of(tag: Any) -> str:
    return " ".join(tag.get_text(" ").split())


def draft(**values: Any) -> Institute:
    return make_institute(**{"status": Status.DRAFT, "published_at": None, **values})


def parsed(answer: TestResponse) -> BeautifulSoup:
    return BeautifulSoup(answer.text, "html.parser")


def words(answer: TestResponse, selector: str) -> list[str]:
    return [" ".join(tag.get_text(" ").split()) for tag in parsed(answer).select(selector)]


def filled_in(page: BeautifulSoup) -> dict[str, Any]:
    """Return what a browser would send of the page's form, untouched."""
    form = page.select_one("main form.form")
    assert form is not None
    fields: dict[str, Any] = {}
    for tag in form.select("input[name], textarea[name], select[name]"):
        name = tag["name"]
        if tag.name == "select":
            chosen = tag.select_one("option[selected]") or tag.select_one("option")
            fields[name] = chosen["value"] if chosen else ""
        elif tag.name == "textarea":
            fields[name] = tag.get_text().removeprefix("\r\n").removeprefix("\n")
        elif tag.get("type") in {"checkbox", "radio"}:
            if tag.has_attr("checked"):
                fields.setdefault(name, []).append(tag.get("value", "y"))
        else:
            fields[name] = tag.get("value", "")
    return fields


def send(desk: Browser, path: str, **changes: Any) -> TestResponse:
    """Open a page, change some fields, and press its button."""
    opened = desk.get(path)
    assert opened.status_code == 200
    fields = filled_in(parsed(opened))
    return desk.post(path, data={**fields, **changes})


def again(slug: str = "summer") -> Institute:
    db.session.expire_all()
    return get_by_slug(slug, drafts=True)
