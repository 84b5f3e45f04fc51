from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select

from consortium.audit.models import AuditEntry
from consortium.database import db
from consortium.errors import Conflict, NotFound
from consortium.tenancy import as_tenant
from events.institutes.domain import Status
from events.institutes.models import Institute
from events.schedule import service as schedule
from events.schedule.domain import SessionRefused, SessionSpec
from tests.acts import acts
from tests.events.schedule.sessions import BY, spec
from tests.factories import make_institute, make_session, make_tenant


def test_a_session_is_stored_with_its_instants_and_written_down(institute: Institute) -> None:
    session = schedule.put_session(institute, spec(audience_roles=("principal",)), by=BY)

    db.session.expire_all()
    assert (session.starts, session.time_zone) == (datetime(2026, 5, 1, 9), "America/New_York")
    assert session.starts_at == datetime(2026, 5, 1, 13, tzinfo=UTC)
    assert session.ends_at == datetime(2026, 5, 1, 14, tzinfo=UTC)
    assert (session.sequence, session.version, session.position) == (0, 1, 0)
    assert session.spec == spec(audience_roles=("principal",))
    assert acts() == ["put_session"]


def test_sessions_come_in_order_of_time_undated_last(institute: Institute) -> None:
    for code, values in {
        "later": {"starts": datetime(2026, 5, 1, 11), "ends": datetime(2026, 5, 1, 12)},
        "undated": {"starts": None, "ends": None},
        "first": {},
    }.items():
        schedule.put_session(institute, spec(code=code, **values), by=BY)

    assert [session.code for session in schedule.sessions_of(institute.id)] == [
        "first",
        "later",
        "undated",
    ]
    assert schedule.codes_of(institute) == {"first", "later", "undated"}


def test_a_code_is_used_once_in_an_institute(institute: Institute) -> None:
    schedule.put_session(institute, spec(), by=BY)

    with pytest.raises(SessionRefused) as refusal:
        schedule.put_session(institute, spec(title="Another"), by=BY)

    assert (refusal.value.field, refusal.value.message) == (
        "code",
        "Another session has the short code “key” already. Choose another.",
    )


def test_a_time_in_the_gap_of_the_clock_change_is_asked_back(institute: Institute) -> None:
    with pytest.raises(SessionRefused) as refusal:
        schedule.put_session(
            institute,
            spec(starts=datetime(2027, 3, 14, 2, 30), ends=datetime(2027, 3, 14, 4)),
            by=BY,
        )

    assert refusal.value.field == "begins"


@pytest.mark.parametrize(
    ("change", "sequence"),
    [
        ({"room": "Ballroom"}, 1),
        ({"starts": datetime(2026, 5, 1, 8, 30)}, 1),
        ({"title": "Opening"}, 1),
        ({"capacity": 40}, 0),
        ({"audience_roles": ("principal",)}, 0),
        ({}, 0),
    ],
)
def test_the_sequence_rises_only_when_calendars_show_the_change(
    institute: Institute, frozen: Any, change: dict[str, Any], sequence: int
) -> None:
    session = schedule.put_session(institute, spec(), by=BY)
    uid = session.uid
    later = frozen("2026-03-03T09:00+00:00")

    schedule.change_session(institute, session, spec(**change), version=1, by=BY)

    assert (session.uid, session.sequence) == (uid, sequence)
    assert session.version == (2 if change else 1)
    assert (session.changed_at == later) is bool(change)
    assert acts() == (["put_session", "change_session"] if change else ["put_session"])


def test_a_change_writes_down_only_what_changed(institute: Institute) -> None:
    session = schedule.put_session(institute, spec(), by=BY)

    schedule.change_session(institute, session, spec(room="Ballroom"), version=1, by=BY)

    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.act == "change_session")).one()
    assert (entry.before, entry.after) == ({"room": ""}, {"room": "Ballroom"})


def test_a_change_of_what_someone_else_changed_shows_both_versions(institute: Institute) -> None:
    session = schedule.put_session(institute, spec(), by=BY)
    schedule.change_session(institute, session, spec(room="Ballroom"), version=1, by=BY)

    with pytest.raises(Conflict) as conflict:
        schedule.change_session(institute, session, spec(room="Suite"), version=1, by=BY)

    assert conflict.value.versions == (("Room", "Ballroom", "Suite"),)


def test_fewer_places_than_are_taken_are_refused(institute: Institute) -> None:
    session = make_session(
        institute, "a1", "2026-05-01T10:00", "2026-05-01T11:00", capacity=5, taken=3
    )

    with pytest.raises(SessionRefused) as refusal:
        schedule.change_session(institute, session, spec(code="a1", capacity=2), version=1, by=BY)

    assert (refusal.value.field, refusal.value.message) == (
        "capacity",
        "People who have chosen this session: 3. Leave at least as many places.",
    )


def test_a_cancelled_session_stays_with_a_raised_sequence(institute: Institute) -> None:
    session = schedule.put_session(institute, spec(), by=BY)

    schedule.cancel_session(session, by=BY)
    schedule.cancel_session(session, by=BY)

    assert (session.sequence, session.cancelled_at) == (1, session.changed_at)
    assert [
        one.cancelled for one in schedule.dated_events([session], institute, admitted=False)
    ] == [True]
    assert acts() == ["put_session", "cancel_session"]


def test_a_session_of_another_institute_or_consortium_is_not_found(institute: Institute) -> None:
    make_session(institute, "key", "2026-05-01T10:00", "2026-05-01T11:00")
    other = make_institute("winter")

    with pytest.raises(NotFound):
        schedule.get_session(other, "key")
    hillside = make_tenant("hillside").id
    db.session.refresh(institute)
    with as_tenant(hillside), pytest.raises(NotFound):
        schedule.get_session(institute, "key")


def test_a_dated_event_tells_the_link_only_to_those_admitted(institute: Institute) -> None:
    session = make_session(
        institute,
        "s1",
        "2026-05-01T10:00",
        "2026-05-01T11:00",
        title="Trust",
        description="How it grows",
        homework="Read chapter 1",
        online_link="https://video.example.org/s1",
        mode="virtual",
        kind="cohort_meeting",
    )

    event = schedule.dated_event_of(session, institute, admitted=True, url="https://x.example.org")

    assert (event.uid, event.summary, event.location) == (session.uid, "Trust", "Online")
    assert event.description.split("\n\n") == [
        "Summer Institute",
        "How it grows",
        "Before the session: Read chapter 1",
        "Join online: https://video.example.org/s1",
    ]
    assert (event.categories, event.url) == (("Cohort meeting",), "https://x.example.org")
    public = schedule.dated_event_of(session, institute, admitted=False)
    assert "video.example.org" not in repr(public)


def test_the_sessions_of_a_cancelled_institute_are_cancelled_and_undated_ones_left_out(
    institute: Institute,
) -> None:
    make_session(institute, "s1", "2026-05-01T10:00", "2026-05-01T11:00", room="Suite")
    schedule.put_session(institute, spec(code="tbd", starts=None, ends=None), by=BY)
    institute.status = Status.CANCELLED

    events = schedule.dated_events(schedule.sessions_of(institute.id), institute, admitted=False)

    assert [(event.location, event.cancelled) for event in events] == [
        ("Suite, Rutgers University, New Brunswick", True)
    ]


def in_round(code: str, pick: int) -> SessionSpec:
    return spec(code=code, choice_group="A", pick=pick)


def test_a_session_that_comes_to_a_round_keeps_to_its_number(institute: Institute) -> None:
    schedule.put_session(institute, in_round("a1", 2), by=BY)
    elsewhere = schedule.put_session(institute, spec(code="b1", choice_group="B"), by=BY)

    for coming in (
        lambda: schedule.put_session(institute, in_round("a2", 1), by=BY),
        lambda: schedule.change_session(institute, elsewhere, in_round("b1", 1), version=1, by=BY),
    ):
        with pytest.raises(SessionRefused) as refusal:
            coming()
        assert refusal.value.field == "pick"
        assert refusal.value.message == (
            "People take 2 of the round “A”. Write 2 here too; you can change it for the whole "
            "round afterwards."
        )


def test_how_many_people_take_is_changed_for_the_whole_round(institute: Institute) -> None:
    first, second = (
        schedule.put_session(institute, in_round(code, 2), by=BY) for code in ("a1", "a2")
    )
    other = schedule.put_session(institute, spec(code="b1", choice_group="B"), by=BY)

    schedule.change_session(institute, first, in_round("a1", 1), version=1, by=BY)

    db.session.expire_all()
    assert [(one.pick, one.version, one.sequence) for one in (first, second, other)] == [
        (1, 2, 0),
        (1, 2, 0),
        (1, 1, 0),
    ]


def test_sessions_of_several_zones_come_in_order_of_instants(institute: Institute) -> None:
    make_session(institute, "late", "2026-05-01T11:30", "2026-05-01T12:00")
    make_session(
        institute, "denver", "2026-05-01T09:00", "2026-05-01T10:00", time_zone="America/Denver"
    )
    make_session(institute, "early", "2026-05-01T10:30", "2026-05-01T11:00")

    found = schedule.sessions_of(institute.id)

    assert [session.code for session in found] == ["early", "denver", "late"]
