"""A consortium with some of everything, for the tests that visit every address of the application.

Everyone in it has values of one's own (``Someone.secrets``), so that whatever shows one of them
says whose it is.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from flask import Flask, g
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from consortium.database import db
from tests.browser import Browser

STAFF = ("owner", "coordinator", "finance", "facilitator", "desk", "viewer")
SLUG, INSTITUTE = "lakeshore", "summer"
NO_PAGES = frozenset({"static", "bootstrap.static"})


class Visitor(Browser):
    """A browser that forgets between requests, and leaves the style of pages to other tests."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        for name in list(g):
            g.pop(name)
        response = FlaskClient.open(self, *args, **kwargs)
        db.session.rollback()
        return response


@dataclass(frozen=True, kw_only=True)
class Someone:
    """A person of the world, and the values that nobody else has."""

    number: int
    key: str
    role: str = ""

    @property
    def email(self) -> str:
        return f"email{self.key}canary@example.org"

    @property
    def name(self) -> str:
        return f"Name{self.key}canary"

    @property
    def phone(self) -> str:
        return f"+1732555{self.number:04}"

    @property
    def secrets(self) -> Mapping[str, str]:
        """What to look for, by what it is."""
        words = ("dietary", "access", "offers", "asks", "reason", "mailing", "licence")
        return {
            "email": f"email{self.key}canary",
            "name": f"name{self.key}canary",
            "phone": self.phone[2:],
            **{word: f"{word}{self.key}canary" for word in words},
        }


@dataclass(kw_only=True)
class World:
    """What was stored, and who is in which team."""

    app: Flask
    size: int
    tenant_id: UUID
    people: dict[str, Someone] = field(default_factory=dict)
    teams: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """The keys of the people of each team, the lead first."""
    seats: dict[str, UUID] = field(default_factory=dict)
    """The seat of each person at the main institute."""
    parts: list[dict[str, str]] = field(default_factory=list)
    """Address parts that belong together, as of a seat and its team."""
    links: dict[str, str] = field(default_factory=dict)
    """The key of each payer's contact, by the token of the link that shows the invoice."""

    @property
    def by_number(self) -> Mapping[int, Someone]:
        """Everyone by the end of their telephone number."""
        return {someone.number: someone for someone in self.people.values()}

    def meet(self, key: str, role: str = "") -> Someone:
        """Invent someone."""
        someone = Someone(number=100 + len(self.people), key=key, role=role)
        self.people[key] = someone
        return someone

    def browser(self, key: str | None = None) -> Visitor:
        """Return the browser of someone, or of nobody in particular."""
        client = Visitor(self.app, self.app.response_class)
        if key:
            client.sign_in(self.people[key].email)
        return client

    def addresses(self, rule: Rule) -> list[str]:
        """Return the addresses at which this page is, one for each thing of its kind.

        A part of an address that nothing here explains fails: tell ``World.parts`` of it.
        """
        wanted = rule.arguments - {"consortium"}
        fitting = [values for values in self.parts if wanted <= values.keys()]
        assert fitting, f"{rule.rule}: tell tests/whole/world.py what {sorted(wanted)} may be"
        chosen = dict.fromkeys(tuple(sorted((n, v[n]) for n in wanted)) for v in fitting)
        urls = self.app.url_map.bind("localhost")
        return [
            urls.build(
                rule.endpoint,
                dict(values) | ({"consortium": SLUG} if "consortium" in rule.arguments else {}),
            )
            for values in chosen
        ]


def pages_of(app: Flask) -> Iterator[Rule]:
    """Return the address of each view that can be asked for, but for files of the disk."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.endpoint):
        if "GET" in (rule.methods or ()) and rule.endpoint not in NO_PAGES:
            yield rule
