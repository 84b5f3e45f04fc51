"""Read the sign-in mails as their receiver would."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from flask import Flask
from sqlalchemy import select

from consortium.database import db
from consortium.outbox.models import OutboxEmail
from tests.browser import Browser


@dataclass(frozen=True)
class Mail:
    """What stands in a sign-in mail."""

    link: str
    code: str


def mails_to(email: str) -> list[Mail]:
    """Return the promised sign-in mails, oldest first."""
    rows = db.session.scalars(
        select(OutboxEmail)
        .where(OutboxEmail.to == email)
        .order_by(OutboxEmail.promised_at, OutboxEmail.id)
    )
    return [read(row.text) for row in rows]


def read(text: str) -> Mail:
    link = re.search(r"https?://[^/]+(/sign-in/link/\S+)", text)
    code = re.search(r"^ +(\d{4} \d{4})$", text, re.MULTILINE)
    assert link, text
    assert code, text
    return Mail(link=link[1], code=code[1])


@pytest.fixture
def email() -> str:
    return "ada@district.example.org"


@pytest.fixture
def in_earnest(app: Flask) -> Iterator[None]:
    """Let the application ask for the second proof, which the demonstration does not."""
    settings = app.extensions["settings"]
    app.extensions["settings"] = replace(settings, demonstration=False)
    yield
    app.extensions["settings"] = settings


@pytest.fixture
def member(client: Browser, email: str) -> Browser:
    """Return the browser of someone who has signed in."""
    client.sign_in(email)
    return client
