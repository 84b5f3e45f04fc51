"""The hunt for what is told in confidence: everyone asks for each page, file, mail and calendar.

Everyone in the world has values that nobody else has, so that what shows one says whose it is.
"""

import base64
import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from sqlalchemy import select
from werkzeug.test import TestResponse

from consortium.access import GRANTS, Permission, StaffRole, policy_of
from consortium.database import db
from consortium.outbox import service as outbox
from consortium.outbox.models import OutboxEmail
from consortium.tenancy import as_tenant
from tests.factories import make_person, make_tenant
from tests.whole.world import INSTITUTE, SLUG, STAFF, World, pages_of

VIEWERS = (
    None, *STAFF[1:], "neighbour", "nobody-here",
    "super1", "union1", "super2", "union2", "draft", "visitor", "office0", "treasurer",
)  # fmt: skip
TRY_ALL_DOORS = frozenset({"nobody-here", "super1"})
"""The others ask neither for what their permissions refuse nor for the teams and seats of people
they have nothing to do with, and leave a page after a few refusals: one is like the other, and the
table of routes has each.
"""
A_FEW = 3
SHOWS_ALL = "demonstration."
"""These pages stand for everyone's mailbox, in demonstrations only."""
CANARY = re.compile(
    r"(?P<what>email|name|dietary|access|offers|asks|reason|mailing|licence|filed|forbid|words"
    r"|noted|commented|mused(?:private|team|host|cohort)|lessoned|drafted)(?P<whose>\w+?)canary"
)
PHONE = re.compile(r"732555(\d{4})")


@dataclass(frozen=True, kw_only=True)
class Sighting:
    """Someone's value, seen by someone."""

    viewer: str | None
    where: str
    whose: str
    what: str


@dataclass(kw_only=True)
class Hunt:
    """Everything that everyone saw."""

    world: World
    sightings: set[Sighting] = field(default_factory=set)
    logged: Sequence[Mapping[str, Any]] = ()

    def read(self, viewer: str | None, where: str, text: str) -> None:
        """Note whose values stand in a text."""
        found = {(m["whose"], m["what"]) for m in CANARY.finditer(text.lower())}
        for number in PHONE.findall(re.sub(r"[^0-9a-z]", "", text.lower())):
            found.add((self.world.by_number[int(number)].key, "phone"))
        found |= {
            (whose, "link")
            for token, whose in self.world.links.items()
            if token.lower() in text.lower()
        }
        for whose, what in found:
            self.sightings.add(Sighting(viewer=viewer, where=where, whose=whose, what=what))

    def of(self, *whats: str) -> Iterator[Sighting]:
        """Give the sightings of these kinds of value by others than the person."""
        for seen in sorted(self.sightings, key=str):
            if seen.what in whats and seen.viewer != seen.whose:
                yield seen


def plain(answer: TestResponse) -> str:
    """Return all that an answer says, whatever its format."""
    if answer.mimetype.endswith("sheet"):
        with zipfile.ZipFile(io.BytesIO(answer.data)) as book:
            return " ".join(book.read(name).decode() for name in book.namelist())
    return unfolded(answer.data.decode(errors="replace")) + str(answer.headers.get("Location"))


def unfolded(text: str) -> str:
    """Return the text with the folded lines of calendars and cards made whole."""
    return re.sub(r"\r\n[ \t]", "", text)


def read_pages(hunt: Hunt) -> None:
    world = hunt.world
    neighbour = make_tenant("neighbour")
    with as_tenant(neighbour.id):
        make_person("neighbour@example.org", "Neighbour", staff="owner")
    pages = [
        (policy_of(world.app.view_functions[rule.endpoint]), world.addresses(rule))
        for rule in pages_of(world.app)
        if not rule.endpoint.startswith(SHOWS_ALL)
    ]
    keen = TRY_ALL_DOORS.union(*world.teams.values())
    nowhere: set[str] = set()
    for viewer in VIEWERS:
        if viewer in world.people:
            browser = world.browser(viewer)
        else:
            browser = world.browser()
            if viewer:
                browser.sign_in(f"{viewer}@example.org")
        grants = GRANTS.get(StaffRole(viewer)) if viewer in STAFF else ()
        open_to = {"public", Permission.SIGNED_IN, *(grants or ())}
        closed = _of_others(world, viewer) | {
            token for token, whose in world.links.items() if whose != viewer
        }
        for policy, addresses in pages:
            refusals = 0
            for address in addresses if policy in open_to else addresses[: viewer in TRY_ALL_DOORS]:
                if address in nowhere or any(part in closed for part in address.split("/")):
                    continue
                answer = browser.get(address)
                assert answer.status_code < HTTPStatus.INTERNAL_SERVER_ERROR, (viewer, address)
                hunt.read(viewer, address, plain(answer))
                is_missing = answer.status_code == HTTPStatus.NOT_FOUND
                if is_missing and policy == "public" and viewer == "nobody-here":
                    nowhere.add(address)  # a link shows the same to whoever has it
                refusals += is_missing
                if refusals == A_FEW and viewer not in keen:
                    break


def _of_others(world: World, viewer: str | None) -> frozenset[str]:
    """Return the ids of the teams and seats for which this viewer does not ask."""
    if viewer not in world.people or viewer in {*STAFF, *TRY_ALL_DOORS}:
        return frozenset()
    others = {team_id: keys for team_id, keys in world.teams.items() if viewer not in keys}
    seats = {
        str(world.seats[key]) for keys in others.values() for key in keys if key in world.seats
    }
    return frozenset(others) | seats


def read_mails(hunt: Hunt) -> None:
    by_address = {someone.email: key for key, someone in hunt.world.people.items()}
    told = select(OutboxEmail).where(OutboxEmail.outcome != outbox.SUPERSEDED)
    for mail in db.session.scalars(told):
        files = [base64.b64decode(one["content"]).decode() for one in mail.attachments]
        text = unfolded(" ".join((mail.subject, mail.text, mail.html or "", *files)))
        hunt.read(by_address.get(mail.to, mail.to), f"mail {mail.about.split(':')[0]}", text)


def peers(world: World) -> Mapping[str, set[str]]:
    """Return whom each person was matched with, read off by name from the own page."""
    with world.app.app_context():
        files = {
            key: world.browser(key).get(f"/{SLUG}/institutes/{INSTITUTE}/peers.csv").text.lower()
            for key in world.seats
        }
    return {
        key: {m["whose"] for m in CANARY.finditer(text) if m["what"] == "name"}
        for key, text in files.items()
    }
