"""A test client that behaves like a strict browser and checks house style on every page."""

import re
from typing import Any

from bs4 import BeautifulSoup
from flask import g
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from consortium.auth import service as auth
from consortium.database import db, transaction
from consortium.people import service as people


class Browser(FlaskClient):
    """Forgets what a request left uncommitted, as production would, and reads every page."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        for name in list(g):  # one context spans the test: what the last request knew must go
            g.pop(name)
        response = super().open(*args, **kwargs)
        db.session.rollback()
        shown = response.mimetype == "text/html" and response.data  # HEAD shows nothing
        if shown and response.status_code not in {301, 302, 303, 308}:
            check_house_style(response.text)
        return response

    def sign_in(self, email: str) -> None:
        """Sign in as this address without the mail."""
        with transaction():
            token = auth.begin_session(people.identity_for(email))
        with self.session_transaction() as session:
            auth.remember(session, token)


def check_house_style(html: str) -> BeautifulSoup:
    """Assert what is true of every page: one h1, a title that begins with it, ids once, labels."""
    page = BeautifulSoup(html, "html.parser")
    headings = page.find_all("h1")
    assert len(headings) == 1, f"{len(headings)} h1 on the page"
    title = _words(page.title)
    heading = _words(headings[0])
    assert title.removeprefix("Error: ").startswith(heading), f"title {title!r}, h1 {heading!r}"
    ids = [tag["id"] for tag in page.find_all(id=True)]
    assert len(ids) == len(set(ids)), f"ids twice: {sorted({i for i in ids if ids.count(i) > 1})}"
    for control in page.find_all(["input", "select", "textarea"]):
        if control.get("type") in {"hidden", "submit"}:
            continue
        labelled = control.get("aria-label") or control.get("aria-labelledby")
        assert labelled or page.find("label", attrs={"for": control.get("id")}), (
            f"no label: {control}"
        )
    for tag in page.find_all(True):
        assert not tag.get("style"), f"inline style: {tag}"
        assert not [name for name in tag.attrs if name.startswith("on")], f"inline script: {tag}"
    for tag in page.find_all(src=True) + page.find_all("link", href=True):
        address = tag.get("src") or tag.get("href")
        assert not re.match(r"(https?:)?//", address) or address.startswith("http://localhost"), (
            address
        )
    return page


def _words(tag: Any) -> str:
    return " ".join(tag.get_text().split()) if tag else ""
