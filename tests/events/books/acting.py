"""Sending forms as a person does, and reading what the next page says."""

import io
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from werkzeug.test import TestResponse

from tests.browser import Browser
from tests.events.books.stage import HOME
from tests.reading import main, words


def send(browser: Browser, path: str, sent: Mapping[str, Any] | None = None) -> TestResponse:
    """Send one of finance's forms, with a key of its own."""
    return browser.post(f"{HOME}{path}", data={"action_key": uuid4().hex, **(sent or {})})


def done(browser: Browser, path: str, sent: Mapping[str, Any] | None = None) -> str:
    """Send a form that is taken; return what the next page says."""
    response = send(browser, path, sent)
    assert response.status_code == 302, said(response)
    return said(browser.get(response.location))


def said(response: TestResponse) -> str:
    """Return the words of a page."""
    return words(main(response.text))


def upload(name: str, content: bytes) -> tuple[io.BytesIO, str]:
    """Return a file as a form sends it."""
    return io.BytesIO(content), name
