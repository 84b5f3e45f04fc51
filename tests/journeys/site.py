"""The application as a journey sees it: an address, a clock, and the mail it sent."""

import base64
import re
from collections.abc import Callable
from dataclasses import dataclass
from inspect import unwrap
from typing import Any

from flask import Flask
from playwright.sync_api import Page
from sqlalchemy import select

from consortium.database import db
from consortium.jobs import Worker
from consortium.outbox.models import OutboxEmail

CODE = re.compile(r"\b(\d{4}) (\d{4})\b")


@dataclass(frozen=True)
class Letter:
    """A mail that the application promised."""

    to: str
    subject: str
    text: str
    attachments: tuple[tuple[str, bytes], ...]

    @property
    def links(self) -> list[str]:
        """Every address in the text part."""
        return re.findall(r"https?://[^\s>)]+", self.text)


@dataclass(frozen=True)
class Site:
    """A running application."""

    app: Flask
    set_clock: Callable[[str], None]

    @property
    def url(self) -> str:
        """Where it answers."""
        url: str = self.app.extensions["settings"].base_url
        return url

    def letters_to(self, address: str) -> list[Letter]:
        """Return the mails to an address, oldest first."""
        with self.app.app_context():
            rows = db.session.scalars(
                select(OutboxEmail)
                .where(OutboxEmail.to == address)
                .order_by(OutboxEmail.promised_at, OutboxEmail.id)
            ).all()
            return [
                Letter(
                    to=row.to,
                    subject=row.subject,
                    text=row.text,
                    attachments=tuple(
                        (part["filename"], base64.b64decode(part["content"]))
                        for part in row.attachments
                    ),
                )
                for row in rows
            ]

    def work(self) -> None:
        """Let the worker do what is due, as it does beside the real server.

        Every step is taken, however short ago it was taken for the last time: a journey is faster
        than people are.
        """
        Worker(self.app, [unwrap(step) for step in self.app.extensions["steps"]]).run_once()
        worker = Worker(self.app)
        while worker.run_once():
            pass

    def in_app(self, work: Callable[[], Any]) -> Any:
        """Run something inside the application, for what a journey takes as given."""
        with self.app.app_context():
            return work()


def sign_in(page: Page, site: Site, address: str) -> None:
    """Sign in as people do: ask for the mail, type its code."""
    if "/sign-in" not in page.url:
        page.goto("/sign-in")
    page.get_by_label("e-mail address").fill(address)
    with page.expect_navigation():  # with its scripts, which say whether passkeys are possible
        page.get_by_role("button", name="Send").click()
    code = [
        found
        for letter in site.letters_to(address)
        if (found := CODE.search(letter.text)) is not None
    ][-1]
    page.get_by_label("code").fill("".join(code.groups()))
    page.get_by_role("button", name="Sign in").click()
