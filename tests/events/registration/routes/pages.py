"""Reading pages as people do."""

from bs4 import BeautifulSoup
from werkzeug.test import TestResponse


def words(response: TestResponse) -> str:
    """Return what the main part of a page says, spaces made single."""
    main = BeautifulSoup(response.text, "html.parser").find("main")
    return " ".join(main.get_text(" ").split()).replace("\u202f", " ") if main else ""


def errors(response: TestResponse) -> list[str]:
    """Return the sentences of the error summary."""
    page = BeautifulSoup(response.text, "html.parser")
    return [" ".join(item.get_text().split()) for item in page.select("#error-summary li")]


def value(response: TestResponse, name: str) -> str:
    """Return what a field of the form holds."""
    page = BeautifulSoup(response.text, "html.parser")
    control = page.find(attrs={"name": name})
    assert control is not None, f"no field {name}"
    if control.name == "textarea":
        return str(control.text).removeprefix("\n").removeprefix("\r\n")
    if control.name == "select":
        chosen = control.find("option", selected=True)
        return str(chosen["value"]) if chosen else ""
    return str(control.get("value", ""))


def headings(response: TestResponse) -> list[str]:
    page = BeautifulSoup(response.text, "html.parser")
    return [" ".join(tag.get_text().split()) for tag in page.select("main h1, main h2")]
