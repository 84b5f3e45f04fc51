"""A programme file becomes an institute, or changes one, wholly or not at all."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from consortium import clock
from consortium.audit.models import AuditEntry
from consortium.database import db
from consortium.people.models import Role
from consortium.tenancy import as_tenant
from consortium.tenants.models import Tenant
from events.institutes.domain import Status
from events.institutes.models import TEAMS, Day, Institute, Pool, RoleRequirement
from events.institutes.service import get_by_slug, pools
from events.institutes.service.editing import basics_changed
from events.programmes import service as programmes
from events.programmes.domain import parse
from events.schedule.models import Session, SessionChoice
from tests.events.programmes.files import FILES, NAMES, as_bytes, parsed, scenario, small
from tests.events.programmes.loads import load, loaded, rows, session_of, sessions_of
from tests.factories import make_lea, make_team, make_tenant

BY = "coordinator@example.org"
COUNTED = (Institute, Session, Pool, RoleRequirement, Day, Role, AuditEntry)


@pytest.mark.parametrize("file", FILES, ids=NAMES)
def test_every_real_file_is_loaded_exported_and_loaded_without_a_change(
    tenant: Tenant, file: Path
) -> None:
    programme = parse(file.read_bytes()).programme
    institute = load(programme)
    assert institute.status is Status.PUBLISHED
    assert programmes.programme_of(institute) == replace(programme, slug=institute.slug)
    exported = as_bytes(programmes.export_programme(institute))
    again = parse(exported).programme
    assert programmes.plan(again).changes == ()
    before = {session.code: (session.uid, session.sequence) for session in sessions_of(institute)}
    assert load(again).id == institute.id
    assert programmes.programme_of(institute) == again
    after = {session.code: (session.uid, session.sequence) for session in sessions_of(institute)}
    assert after == before


@pytest.mark.parametrize("file", FILES, ids=NAMES)
def test_every_session_begins_at_the_instant_the_file_gives_for_checking(
    tenant: Tenant, file: Path
) -> None:
    institute = load(parse(file.read_bytes()).programme)
    raw = json.loads(file.read_text())
    given = {
        item["id"]: (item["start_utc"], item["end_utc"])
        for name in ("sessions", "cohort_meetings")
        for item in raw.get(name, [])
        if "start_utc" in item
    }
    assert given
    assert {
        session.code: (_utc(session.starts_at), _utc(session.ends_at))
        for session in sessions_of(institute)
        if session.code in given
    } == given


def _utc(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%dT%H:%MZ}" if moment else ""


def test_a_loaded_institute_is_what_the_file_says(tenant: Tenant) -> None:
    institute = load(parse(scenario("01").read_bytes()).programme)
    found = get_by_slug("california-labor-management-initiative-summer-institute-2017")
    assert found.id == institute.id
    assert [(pool.code, pool.capacity) for pool in found.pools] == [("people", 300), ("teams", 50)]
    assert [role.code for role in found.roles][:2] == ["superintendent", "cert_union_leader"]
    assert found.guests_by_request
    assert found.published_at is not None
    key = session_of(found, "d1-key")
    assert key.starts == datetime(2017, 6, 20, 9, 0)
    assert key.starts_at == datetime(2017, 6, 20, 16, 0, tzinfo=UTC)
    assert key.time_zone == "America/Los_Angeles"


def test_a_file_that_names_no_states_admits_the_consortiums_own(tenant: Tenant) -> None:
    institute = loaded(states_admitted=...)
    assert institute.home_states == ["NJ"]


def test_a_draft_stays_one_until_it_is_loaded_to_be_published(tenant: Tenant) -> None:
    institute = load(parsed(), publish=False)
    assert (institute.status, institute.published_at) == (Status.DRAFT, None)
    assert load(parsed()).status is Status.PUBLISHED
    assert load(parsed(), publish=False).status is Status.PUBLISHED


def test_roles_the_consortium_does_not_have_yet_enter_its_catalogue(tenant: Tenant) -> None:
    db.session.add(Role(code="superintendent", label="Chief", side="management", position=4))
    loaded()
    found = db.session.execute(select(Role.code, Role.label, Role.position).order_by(Role.position))
    assert [tuple(row) for row in found] == [
        ("superintendent", "Chief", 4),
        ("union_leader", "Association president", 5),
    ]


def test_the_same_file_again_changes_nothing_and_says_so(tenant: Tenant) -> None:
    first = loaded()
    assert programmes.plan(parsed()).institute == first
    assert programmes.plan(parsed()).changes == ()
    before = rows()
    second = loaded()
    assert second.id == first.id
    assert rows() == {**before, "audit_entry": before["audit_entry"] + 1}


def test_a_changed_file_says_what_it_changes_and_changes_it_in_place(tenant: Tenant) -> None:
    institute = loaded()
    uid = session_of(institute, "open").uid
    role_id = institute.roles[1].id
    changed = parsed(
        slug=institute.slug,
        title="Summer Institute of 2027",
        roles__1__max=4,
        capacity__teams=12,
        sessions__0__start="2027-03-14T08:30",
        sessions__1__capacity=30,
    )
    assert [
        (str(change.what), change.before, change.after)
        for change in programmes.plan(changed).changes
    ] == [
        ("Title", "Summer Institute 2027", "Summer Institute of 2027"),
        (
            "Role “union_leader”",
            "Association president, labor, 1–2, expected",
            "Association president, labor, 1–4, expected",
        ),
        ("Places “teams”", "10", "12"),
        ("Session “Opening”: Begins", "2027-03-14 09:00", "2027-03-14 08:30"),
        ("Session “Talk”: Places", "", "30"),
    ]
    assert load(changed).id == institute.id
    assert institute.slug == "summer-institute-2027"
    assert institute.version == 2
    assert (institute.roles[1].id, institute.roles[1].max) == (role_id, 4)
    assert pools.left(institute.id, TEAMS) == 12
    opening, talk = session_of(institute, "open"), session_of(institute, "talk")
    assert (opening.uid, opening.sequence, opening.version) == (uid, 1, 2)
    assert (talk.sequence, talk.version, talk.capacity) == (0, 2, 30)


def test_a_session_that_goes_from_a_draft_is_as_if_it_had_never_been(tenant: Tenant) -> None:
    institute = load(parsed(), publish=False)
    load(parsed(sessions=small()["sessions"][:1]), publish=False)
    assert [session.code for session in sessions_of(institute)] == ["open"]


def test_a_session_that_goes_from_a_published_programme_is_cancelled(tenant: Tenant) -> None:
    institute = loaded()
    loaded(sessions=small()["sessions"][:1])
    talk = session_of(institute, "talk")
    assert talk.cancelled_at is not None
    assert talk.sequence == 1
    assert [spec.code for spec in programmes.programme_of(institute).sessions] == ["open"]
    loaded(sessions=small()["sessions"][:1])
    assert session_of(institute, "talk").sequence == 1
    loaded()
    talk = session_of(institute, "talk")
    assert (talk.cancelled_at, talk.sequence) == (None, 2)


def test_a_chosen_session_that_goes_is_cancelled_and_the_choice_is_kept(tenant: Tenant) -> None:
    institute = loaded(sessions__1__choice_group="A", sessions__1__capacity=20)
    team = make_team(institute, make_lea("3400001", "Elm"))
    talk = session_of(institute, "talk")
    choice = SessionChoice(session_id=talk.id, seat_id=team.seats[0].id, chosen_at=clock.now())
    talk.taken = 1
    db.session.add(choice)
    loaded(sessions=small()["sessions"][:1])
    assert session_of(institute, "talk").cancelled_at is not None
    assert db.session.get(SessionChoice, choice.id) is not None


def test_a_title_of_another_year_is_another_institute(tenant: Tenant) -> None:
    first = loaded()
    later: dict[str, Any] = {
        "days": [{"date": "2028-06-20"}],
        "sessions": [],
        "deadlines__0__at": "2028-05-01",
    }
    assert programmes.plan(parsed(**later)).institute is None
    second = loaded(**later)
    assert (first.slug, second.slug) == ("summer-institute-2027", "summer-institute-2027-2")
    assert loaded(**later).id == second.id
    assert loaded().id == first.id


def test_an_address_names_the_institute_whatever_its_title(tenant: Tenant) -> None:
    institute = loaded(slug="summer")
    assert institute.slug == "summer"
    assert load(parsed(title="Another title"), slug="summer").id == institute.id
    assert load(parsed(title="Another title")).id != institute.id


def test_a_title_without_a_letter_of_ours_gets_an_address_too(tenant: Tenant) -> None:
    assert loaded(title="夏期講習").slug == "institute"
    assert loaded(title="New").slug == "new-2"
    assert loaded(title="Été à l’école " + "x" * 100).slug == "ete-a-lecole"


def test_another_consortiums_institute_is_never_changed(tenant: Tenant) -> None:
    first = loaded()
    first_id, slug = first.id, first.slug
    with as_tenant(make_tenant("elsewhere").id):
        second = loaded()
        assert second.slug == slug
        assert second.id != first_id


def test_one_audit_row_tells_what_was_loaded_and_what_it_changed(tenant: Tenant) -> None:
    institute = loaded()
    loaded(venue="Union hall")
    made, changed = db.session.scalars(
        select(AuditEntry).order_by(AuditEntry.at, AuditEntry.id)
    ).all()
    assert (made.act, made.actor, made.subject) == (
        "load_programme",
        BY,
        f"institute:{institute.id}",
    )
    assert made.after["slug"] == "summer-institute-2027"
    assert (changed.before, changed.after["Venue"]) == ({"Venue": ""}, "Union hall")


def test_the_first_of_two_equal_wall_times_keeps_its_instant(tenant: Tenant) -> None:
    institute = loaded(
        sessions__0__start="2027-11-07T01:30-04:00", sessions__0__end="2027-11-07T03:00"
    )
    opening = session_of(institute, "open")
    assert opening.starts_at == datetime(2027, 11, 7, 5, 30, tzinfo=UTC)
    assert opening.ends_at == datetime(
        2027, 11, 7, 3, 0, tzinfo=ZoneInfo("America/New_York")
    ).astimezone(UTC)
    assert institute.days[0].on == date(2027, 3, 14)


def test_a_file_that_changes_only_the_venue_is_told_of(tenant: Tenant) -> None:
    institute = loaded()
    told: list[Any] = []

    with basics_changed.connected_to(told.append):
        load(parsed(venue="Union hall"))

    assert told == [institute.id]
