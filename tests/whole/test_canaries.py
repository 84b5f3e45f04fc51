"""Nobody learns what is told in confidence: everyone asks for every page, file, mail and calendar.

Whatever shows a value of someone to someone whom neither the class of the value nor a consent
entitles to it is found here.
"""

import json
import re
from collections.abc import Callable

import pytest
import structlog
from sqlalchemy import select

from consortium.audit.models import AuditEntry
from consortium.database import db
from consortium.tenancy import as_tenant
from tests.whole.accepting import YEAR
from tests.whole.handing_in import SHOWN
from tests.whole.hunting import VIEWERS, Hunt, Sighting, peers, read_mails, read_pages
from tests.whole.owing import FUND, OFFICE, TREASURER
from tests.whole.reporting import agreed_to_association
from tests.whole.world import INSTITUTE, SLUG, Someone, World

pytestmark = pytest.mark.real_commits

SIZE = 1
HOSTS = frozenset({"owner", "coordinator"})
ROSTER_READERS = HOSTS | {"facilitator"}
PAYERS = frozenset({f"{OFFICE}0", TREASURER, f"{FUND}0"})
"""Contacts of payers: the first pays for the side of the lead who named it."""
DOORS = re.compile(rf"/{SLUG}/institutes/[a-z0-9-]+/(desk|check-in|badges)\b")
"""Where desk helpers read names, LEAs and roles, and nothing else of anyone."""
PEER_PAGES = re.compile(rf"/{SLUG}/(institutes/{INSTITUTE}/peers|contact-seen)")
PEER_MAILS = frozenset({"mail introduction", "mail call_time"})
YEAR_PAGES = re.compile(
    rf"/{SLUG}/institutes/({YEAR}/peers|{INSTITUTE}/peers(/[^/]+)?/ask)"
    "|mail (introduction|peer_request)"
)
"""Where people of a cohort are suggested to each other, and ask each other, by name."""
REPORTS = re.compile(rf"/{SLUG}/reports\b")
"""Where lessons stand that both sides let reports tell, under the partnership's name alone."""


@pytest.fixture(scope="module")
def hunt(world_of: Callable[[int], World]) -> Hunt:
    with structlog.testing.capture_logs() as logged:
        world = world_of(SIZE)
        found = Hunt(world=world, logged=logged)
        with world.app.app_context(), as_tenant(world.tenant_id):
            read_pages(found)
            read_mails(found)
    return found


def team_of(world: World, key: str) -> tuple[str, ...]:
    return next((keys for keys in world.teams.values() if key in keys), ())


def of_people(hunt: Hunt, what: str) -> list[Sighting]:
    """Return where values of people were seen who come, and do not only pay."""
    return [seen for seen in hunt.of(what) if seen.whose not in PAYERS]


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

    assert [seen for seen in of_people(hunt, "email") if not may(seen)] == []


def test_names_are_for_the_team_for_roster_readers_desks_and_peers(hunt: Hunt) -> None:
    met = peers(hunt.world)

    def may(seen: Sighting) -> bool:
        peer_page = PEER_PAGES.match(seen.where) or seen.where in PEER_MAILS
        return (
            seen.viewer in ROSTER_READERS
            or (seen.viewer == "desk" and bool(DOORS.match(seen.where)))
            or seen.viewer in team_of(hunt.world, seen.whose)
            or bool(peer_page and seen.whose in met.get(str(seen.viewer), ()))
            or bool(YEAR_PAGES.match(seen.where) and {seen.viewer, seen.whose} & of_the_year)
            or agreed_to_association(seen)
        )

    of_the_year = {"union1"}

    assert [seen for seen in of_people(hunt, "name") if not may(seen)] == []


def test_an_association_reads_who_agreed_and_a_funder_no_person(hunt: Hunt) -> None:
    seen = [each for each in of_people(hunt, "name") if each.viewer == "viewer"]

    assert seen
    assert all(map(agreed_to_association, seen))


def test_what_payers_tell_is_for_finance_the_hosts_and_the_leads_of_their_side(hunt: Hunt) -> None:
    def may(seen: Sighting) -> bool:
        own_side = (seen.viewer, seen.whose) == ("super1", f"{OFFICE}0")
        return seen.viewer in HOSTS | {"finance"} or own_side

    told = [
        seen
        for seen in hunt.of("name", "email", "mailing", "link", "number")
        if seen.whose in PAYERS
    ]
    assert [seen for seen in told if not may(seen)] == []


def test_who_withdrew_is_named_to_no_peer(hunt: Hunt) -> None:
    seen_by = {
        seen.viewer
        for seen in hunt.of("name", "email", "phone")
        if seen.whose == "union2" and not (seen.viewer == "desk" and DOORS.match(seen.where))
    }

    assert seen_by - ROSTER_READERS - set(team_of(hunt.world, "union2")) == set()


def test_documents_and_plans_are_for_those_to_whom_they_are_shown(hunt: Hunt) -> None:
    with_place = {key for keys in hunt.world.teams.values() for key in keys} - {"draft"}
    may = {
        "public": {*VIEWERS},
        "place": ROSTER_READERS | with_place,
        "agenda": ROSTER_READERS | with_place,
        "staff": ROSTER_READERS,
        SHOWN: ROSTER_READERS | with_place,
        **{
            keys[0]: ROSTER_READERS | {*keys} for keys in hunt.world.teams.values() if len(keys) > 1
        },
    }
    filed = list(hunt.of("filed"))

    assert [seen for seen in filed if seen.viewer not in may[seen.whose]] == []
    found = {(seen.viewer, seen.whose) for seen in filed}
    assert {(None, "public"), ("super1", "place"), ("union2", "agenda")} <= found
    assert {("coordinator", "staff"), ("union1", "super1"), ("visitor", SHOWN)} <= found


def test_what_coach_and_team_say_is_for_them_and_for_no_host(hunt: Hunt) -> None:
    for what in ("noted", "commented"):
        seen = {(each.viewer, each.whose) for each in hunt.of(what)}
        teams = {keys[0]: {*keys} for keys in hunt.world.teams.values()}

        assert {viewer for viewer, whose in seen if viewer not in teams[whose]} == set()
        assert ("union1", "super1") in seen


def test_what_people_took_from_meetings_and_lessons_are_for_whom_they_chose(hunt: Hunt) -> None:
    team = {keys[0]: {*keys} for keys in hunt.world.teams.values()}
    team |= {keys[1]: {*keys} for keys in hunt.world.teams.values() if len(keys) > 1}
    comes = {key for keys in hunt.world.teams.values() for key in keys} - {"draft", "visitor"}
    may = {
        "musedprivate": {},
        "musedteam": team,
        "musedhost": {key: ROSTER_READERS | own for key, own in team.items()},
        "musedcohort": dict.fromkeys(team, ROSTER_READERS | comes),
        "lessoned": dict.fromkeys(team, ROSTER_READERS | comes),
        "drafted": team,
    }
    seen = {
        (one.what, one.whose, one.viewer)
        for one in hunt.of(*may)
        if not (
            one.what == "lessoned"
            and one.viewer in {"finance", "viewer"}
            and REPORTS.match(one.where)
        )
    }

    assert [one for one in seen if one[2] not in may[one[0]].get(one[1], ())] == []
    assert {
        ("musedteam", "union1", "super1"), ("musedhost", "super1", "coordinator"),
        ("musedcohort", "super2", "super1"), ("lessoned", "super1", "union2"),
        ("drafted", "super1", "union1"),
    } <= seen  # fmt: skip


def test_why_two_never_meet_is_for_who_matches_them(hunt: Hunt) -> None:
    seen = {(each.viewer, each.where) for each in hunt.of("forbid")}

    assert {viewer for viewer, _ in seen} == HOSTS & {*VIEWERS}
    assert {where.rpartition("/")[2] for _, where in seen} == {"locks"}


def test_what_someone_writes_who_asks_for_a_match_is_for_the_asked_person(hunt: Hunt) -> None:
    seen = {(each.viewer, each.whose) for each in hunt.of("words")}

    assert {viewer for viewer, _ in seen} <= {"union1", "sam1"}
    assert ("union1", "0") in seen


def test_licence_numbers_are_for_the_person_and_who_issues_certificates(hunt: Hunt) -> None:
    assert [seen for seen in hunt.of("licence") if seen.viewer not in HOSTS] == []
    shown = {(seen.viewer, seen.whose) for seen in hunt.sightings if seen.what == "licence"}
    assert {("super1", "super1"), ("coordinator", "super1")} <= shown


def test_nothing_personal_is_in_the_log(hunt: Hunt) -> None:
    reader = Hunt(world=hunt.world)
    reader.read(None, "log", repr(hunt.logged))

    assert len(hunt.logged) > len(VIEWERS)
    assert (
        list(
            reader.of(
                "phone",
                "dietary",
                "access",
                "offers",
                "asks",
                "reason",
                "name",
                "licence",
                "forbid",
            )
        )
        == []
    )


def test_the_record_of_acts_keeps_no_confidence(hunt: Hunt) -> None:
    reader = Hunt(world=hunt.world)
    with hunt.world.app.app_context(), as_tenant(hunt.world.tenant_id):
        for entry in db.session.scalars(select(AuditEntry)):
            reader.read(None, entry.act, json.dumps([entry.before, entry.after, entry.subject]))

    assert list(reader.of("phone", "dietary", "access", "offers", "asks", "licence")) == []


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
        ("coordinator", f"{manage}/peers/what-if", "super1", "name"),
        ("facilitator", f"{manage}/board", "super2", "name"),
        (TREASURER, "mail invoice", TREASURER, "link"),
        (TREASURER, f"/{SLUG}/invoices", TREASURER, "link"),
        ("super1", f"/{SLUG}/seats/{hunt.world.seats['super1']}", "super1", "dietary"),
        ("desk", f"/{SLUG}/institutes/today/desk/roster.json", "guest0", "name"),
    ]
    found = {(seen.viewer, seen.where, seen.whose, seen.what) for seen in hunt.sightings}

    assert [each for each in expected if each not in found] == []
    assert ("finance", TREASURER) in {(s.viewer, s.whose) for s in hunt.of("mailing")}


def test_everyone_in_the_world_can_be_told_apart(hunt: Hunt) -> None:
    secrets = [value for one in hunt.world.people.values() for value in one.secrets.values()]

    assert len(secrets) == len(set(secrets)) > 100
    assert isinstance(next(iter(hunt.world.people.values())), Someone)
