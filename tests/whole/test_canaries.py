"""Nobody learns what is told in confidence: everyone asks for every page, file, mail and calendar.

Everyone in the world has values that nobody else has. Whatever shows one of them to someone whom
neither the class of the value nor a consent entitles to it is found here.
"""

import base64
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import pytest
import structlog
from sqlalchemy import select
from werkzeug.test import TestResponse

from consortium.access import GRANTS, Permission, StaffRole, policy_of
from consortium.audit.models import AuditEntry
from consortium.database import db
from consortium.outbox import service as outbox
from consortium.outbox.models import OutboxEmail
from consortium.tenancy import as_tenant
from tests.factories import make_person, make_tenant
from tests.whole.world import INSTITUTE, SLUG, STAFF, Someone, World, pages_of

pytestmark = pytest.mark.real_commits

SIZE = 1
HOSTS = frozenset({"owner", "coordinator"})
ROSTER_READERS = HOSTS | {"facilitator"}
VIEWERS = (
    None, *STAFF[1:], "neighbour", "nobody-here",
    "super1", "union1", "super2", "union2", "draft", "visitor",
)  # fmt: skip
TRY_ALL_DOORS = frozenset({"nobody-here", "super1"})
"""The others ask neither for what their permissions refuse nor for the teams and seats of people
they have nothing to do with, and leave a page after a few refusals: one is like the other, and the
table of routes has each.
"""
A_FEW = 3
SHOWS_ALL = "demonstration."
"""These pages stand for everyone's mailbox, in demonstrations only."""
CANARY = re.compile(r"(?P<what>email|name|dietary|access|offers|asks|reason)(?P<whose>\w+?)canary")
PHONE = re.compile(r"732555(\d{4})")
PEER_PAGES = re.compile(rf"/{SLUG}/institutes/{INSTITUTE}/peers")


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
    return unfolded(answer.text) + str(answer.headers.get("Location"))


def unfolded(text: str) -> str:
    """Return the text with the folded lines of calendars and cards made whole."""
    return re.sub(r"\r\n[ \t]", "", text)


@pytest.fixture(scope="module")
def hunt(world_of: Callable[[int], World]) -> Hunt:
    with structlog.testing.capture_logs() as logged:
        world = world_of(SIZE)
        found = Hunt(world=world, logged=logged)
        with world.app.app_context(), as_tenant(world.tenant_id):
            _read_pages(found)
            _read_mails(found)
    return found


def _read_pages(hunt: Hunt) -> None:
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
    for viewer in VIEWERS:
        if viewer in world.people:
            browser = world.browser(viewer)
        else:
            browser = world.browser()
            if viewer:
                browser.sign_in(f"{viewer}@example.org")
        grants = GRANTS.get(StaffRole(viewer)) if viewer in STAFF else ()
        open_to = {"public", Permission.SIGNED_IN, *(grants or ())}
        closed = _of_others(world, viewer)
        for policy, addresses in pages:
            refusals = 0
            for address in addresses if policy in open_to else addresses[: viewer in TRY_ALL_DOORS]:
                if any(part in closed for part in address.split("/")):
                    continue
                answer = browser.get(address)
                assert answer.status_code < HTTPStatus.INTERNAL_SERVER_ERROR, (viewer, address)
                hunt.read(viewer, address, plain(answer))
                refusals += answer.status_code == HTTPStatus.NOT_FOUND
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


def _read_mails(hunt: Hunt) -> None:
    by_address = {someone.email: key for key, someone in hunt.world.people.items()}
    told = select(OutboxEmail).where(OutboxEmail.outcome != outbox.SUPERSEDED)
    for mail in db.session.scalars(told):
        files = [base64.b64decode(one["content"]).decode() for one in mail.attachments]
        text = unfolded(" ".join((mail.subject, mail.text, mail.html or "", *files)))
        hunt.read(by_address[mail.to], f"mail {mail.about.split(':')[0]}", text)


def team_of(world: World, key: str) -> tuple[str, ...]:
    return next((keys for keys in world.teams.values() if key in keys), ())


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


def test_food_and_access_are_seen_by_nobody_but_the_person_and_the_hosts(hunt: Hunt) -> None:
    assert [seen for seen in hunt.of("dietary", "access") if seen.viewer not in HOSTS] == []


def test_what_people_offer_and_ask_is_seen_by_nobody_else(hunt: Hunt) -> None:
    assert [seen for seen in hunt.of("offers", "asks") if seen.viewer not in HOSTS] == []


def test_why_a_seat_was_given_back_is_for_the_leads_and_the_hosts(hunt: Hunt) -> None:
    def may(seen: Sighting) -> bool:
        return seen.viewer in HOSTS or seen.viewer == team_of(hunt.world, seen.whose)[0]

    assert [seen for seen in hunt.of("reason") if not may(seen)] == []


def test_telephone_numbers_are_for_the_hosts_and_for_peers_who_may_see_them(hunt: Hunt) -> None:
    def may(seen: Sighting) -> bool:
        shared = (seen.whose, seen.viewer) == ("super1", "super2")
        return seen.viewer in HOSTS or bool(shared and PEER_PAGES.match(seen.where))

    assert [seen for seen in hunt.of("phone") if not may(seen)] == []


def test_addresses_are_for_the_team_for_roster_readers_and_for_peers_who_may_see_them(
    hunt: Hunt,
) -> None:
    def may(seen: Sighting) -> bool:
        shared = {seen.whose, seen.viewer} == {"super1", "super2"}
        return (
            seen.viewer in ROSTER_READERS
            or seen.viewer in team_of(hunt.world, seen.whose)
            or bool(shared and PEER_PAGES.match(seen.where))
        )

    assert [seen for seen in hunt.of("email") if not may(seen)] == []


def test_names_are_for_the_team_for_roster_readers_and_for_peers(hunt: Hunt) -> None:
    met = peers(hunt.world)

    def may(seen: Sighting) -> bool:
        peer_page = PEER_PAGES.match(seen.where) or seen.where == "mail introduction"
        return (
            seen.viewer in ROSTER_READERS
            or seen.viewer in team_of(hunt.world, seen.whose)
            or bool(peer_page and seen.whose in met.get(str(seen.viewer), ()))
        )

    assert [seen for seen in hunt.of("name") if not may(seen)] == []


def test_who_withdrew_is_named_to_no_peer(hunt: Hunt) -> None:
    seen_by = {seen.viewer for seen in hunt.of("name", "email", "phone") if seen.whose == "union2"}

    assert seen_by - ROSTER_READERS - set(team_of(hunt.world, "union2")) == set()


def test_nothing_personal_is_in_the_log(hunt: Hunt) -> None:
    reader = Hunt(world=hunt.world)
    reader.read(None, "log", repr(hunt.logged))

    assert len(hunt.logged) > len(VIEWERS)
    assert list(reader.of("phone", "dietary", "access", "offers", "asks", "reason", "name")) == []


def test_the_record_of_acts_keeps_no_confidence(hunt: Hunt) -> None:
    reader = Hunt(world=hunt.world)
    with hunt.world.app.app_context(), as_tenant(hunt.world.tenant_id):
        for entry in db.session.scalars(select(AuditEntry)):
            reader.read(None, entry.act, json.dumps([entry.before, entry.after, entry.subject]))

    assert list(reader.of("phone", "dietary", "access", "offers", "asks")) == []


def test_the_hunt_sees_what_is_shown_to_those_who_may_see_it(hunt: Hunt) -> None:
    """The control: a hunt that finds nothing anywhere would prove nothing."""
    home = f"/{SLUG}/institutes/{INSTITUTE}"
    manage = f"/{SLUG}/manage/institutes/{INSTITUTE}"
    expected = [
        ("super2", f"{home}/peers", "super1", "phone"),
        ("super2", f"{home}/peers.vcf", "super1", "phone"),
        ("super1", f"{home}/peers.csv", "super2", "email"),
        ("super1", "mail introduction", "super2", "name"),
        ("coordinator", f"{manage}/roster.xlsx", "union1", "phone"),
        ("coordinator", f"{manage}/roster", "visitor", "email"),
        ("facilitator", f"{manage}/board", "super2", "name"),
        ("super1", f"/{SLUG}/seats/{hunt.world.seats['super1']}", "super1", "dietary"),
    ]
    found = {(seen.viewer, seen.where, seen.whose, seen.what) for seen in hunt.sightings}

    assert [each for each in expected if each not in found] == []


def test_everyone_in_the_world_can_be_told_apart(hunt: Hunt) -> None:
    secrets = [value for one in hunt.world.people.values() for value in one.secrets.values()]

    assert len(secrets) == len(set(secrets)) > 100
    assert isinstance(next(iter(hunt.world.people.values())), Someone)
