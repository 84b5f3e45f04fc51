"""A mailer that fails as it is told."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from consortium.database import db
from consortium.outbox import service as outbox
from consortium.outbox.models import OutboxEmail
from consortium.ports import Email, Ports


class ScriptedMailer:
    """Fails as it was told, by address, and keeps what got through."""

    def __init__(self) -> None:
        self.sent: list[Email] = []
        self.tried: list[str] = []
        self.fails: dict[str, Exception] = {}
        self.while_sending: Callable[[], None] = lambda: None

    @property
    def subjects(self) -> list[str]:
        return [email.subject for email in self.sent]

    def send(self, email: Email) -> None:
        self.tried.append(email.to)
        self.while_sending()
        if email.to in self.fails:
            raise self.fails[email.to]
        self.sent.append(email)


@pytest.fixture
def scripted(app: Flask) -> Iterator[ScriptedMailer]:
    before: Ports = app.extensions["ports"]
    script = ScriptedMailer()
    app.extensions["ports"] = replace(before, mailer=script)
    yield script
    app.extensions["ports"] = before


def promised(to: str = "ada@example.org", subject: str = "Hello", **values: Any) -> OutboxEmail:
    """Promise a mail and return its row."""
    outbox.promise(Email(to=to, subject=subject, text="Hello."), **values)
    db.session.commit()
    return db.session.scalars(
        select(OutboxEmail).where(OutboxEmail.to == to, OutboxEmail.subject == subject)
    ).one()
