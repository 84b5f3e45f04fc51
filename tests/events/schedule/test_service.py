from datetime import UTC, datetime
from typing import Any

import pytest
from icalendar import Calendar
from sqlalchemy import func, select

from consortium.adapters.icalendar_writer import IcalendarWriter
from consortium.audit.models import AuditEntry
from consortium.database import db
from consortium.errors import Conflict, NotFound
from consortium.tenancy import as_tenant
from consortium.tenants.models import Tenant
from events.institutes.domain import Status
from events.institutes.models import Institute
from events.registration.models import Seat
from events.schedule import service as schedule
from events.schedule.domain import (
    Attendee,
    ChoiceRefused,
    NotForYou,
    SessionRefused,
    SessionSpec,
    SwapOffered,
)
from events.schedule.models import Session, SessionChoice
from tests.factories import make_institute, make_lea, make_session, make_team, make_tenant

BY = "coordinator@example.org"


@pytest.fixture
def institute(tenant: Tenant) -> Institute:
    return make_institute()


def spec(**values: Any) -> SessionSpec:
    return SessionSpec(
        **{
            "code": "key",
            "title": "Keynote",
            "kind": "plenary",
            "time_zone": "America/New_York",
            "starts": datetime(2026, 5, 1, 9),
            "ends": datetime(2026, 5, 1, 10),
            **values,
        }
    )


def acts() -> list[str]:
    return list(db.session.scalars(select(AuditEntry.act).order_by(AuditEntry.at)))


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
        "3 people have chosen this session already. Leave at least as many places.",
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


# Choosing


@pytest.fixture
def seats(institute: Institute) -> list[Seat]:
    """Two teachers and a principal, in three teams."""
    return [
        make_team(institute, make_lea(f"340000{n}", f"District {n}"), {f"p{n}@x.org": role}).seats[
            0
        ]
        for n, role in enumerate(("superintendent", "superintendent", "principal"))
    ]


@pytest.fixture
def ana(seats: list[Seat]) -> Attendee:
    return Attendee(seat_id=seats[0].id, role_codes=("superintendent",))


@pytest.fixture
def ben(seats: list[Seat]) -> Attendee:
    return Attendee(seat_id=seats[1].id, role_codes=("superintendent",))


@pytest.fixture
def breakouts(institute: Institute) -> list[Session]:
    return [
        make_session(
            institute,
            code,
            "2026-05-01T10:00",
            "2026-05-01T11:00",
            choice_group="A",
            capacity=1,
            title=code.upper(),
        )
        for code in ("a1", "a2")
    ]


def taken(institute: Institute) -> dict[str, int]:
    """The counters, checked against the rows they count."""
    counted: dict[str, int] = dict(
        db.session.execute(
            select(Session.code, func.count(SessionChoice.id))
            .outerjoin(SessionChoice, SessionChoice.session_id == Session.id)
            .where(Session.institute_id == institute.id)
            .group_by(Session.code)
        ).all()
    )
    db.session.expire_all()
    said = {session.code: session.taken for session in schedule.sessions_of(institute.id)}
    assert said == counted
    return said


def test_a_choice_takes_a_place_once(
    institute: Institute, breakouts: list[Session], ana: Attendee
) -> None:
    for _ in range(2):
        schedule.choose_session(institute, ana, "a1", by="ana")

    assert taken(institute) == {"a1": 1, "a2": 0}
    assert schedule.chosen_by([ana.seat_id]) == {breakouts[0].id}
    assert acts() == ["choose_session"]


def test_a_full_session_is_refused(
    institute: Institute, breakouts: list[Session], ana: Attendee, ben: Attendee
) -> None:
    schedule.choose_session(institute, ana, "a1", by="ana")

    with pytest.raises(ChoiceRefused) as refusal:
        schedule.choose_session(institute, ben, "a1", by="ben")

    assert refusal.value.message == "“A1” is full. Choose another."
    assert taken(institute) == {"a1": 1, "a2": 0}


def test_a_second_session_of_the_round_is_offered_as_a_swap_and_swapped_in_one_act(
    institute: Institute, breakouts: list[Session], ana: Attendee
) -> None:
    schedule.choose_session(institute, ana, "a1", by="ana")

    with pytest.raises(SwapOffered):
        schedule.choose_session(institute, ana, "a2", by="ana")
    schedule.swap_session(institute, ana, give_up="a1", take="a2", by="ana")

    assert taken(institute) == {"a1": 0, "a2": 1}
    assert acts() == ["choose_session", "swap_session"]


def test_a_swap_into_a_full_session_changes_nothing(
    institute: Institute, breakouts: list[Session], ana: Attendee, ben: Attendee
) -> None:
    schedule.choose_session(institute, ana, "a1", by="ana")
    schedule.choose_session(institute, ben, "a2", by="ben")

    with pytest.raises(ChoiceRefused):
        schedule.swap_session(institute, ana, give_up="a1", take="a2", by="ana")

    assert taken(institute) == {"a1": 1, "a2": 1}


def test_what_was_not_chosen_can_neither_be_dropped_nor_swapped(
    institute: Institute, breakouts: list[Session], ana: Attendee
) -> None:
    with pytest.raises(NotFound):
        schedule.drop_session(institute, ana, "a1", by="ana")
    with pytest.raises(NotFound):
        schedule.swap_session(institute, ana, give_up="a1", take="a2", by="ana")


def test_a_dropped_place_is_free_for_others(
    institute: Institute, breakouts: list[Session], ana: Attendee, ben: Attendee
) -> None:
    schedule.choose_session(institute, ana, "a1", by="ana")
    schedule.drop_session(institute, ana, "a1", by="ana")
    schedule.choose_session(institute, ben, "a1", by="ben")

    assert schedule.chosen_by([ana.seat_id]) == frozenset()
    assert taken(institute) == {"a1": 1, "a2": 0}


@pytest.mark.parametrize(
    "act",
    [
        lambda *who: schedule.choose_session(*who, "a1", by="ana"),
        lambda *who: schedule.drop_session(*who, "a1", by="ana"),
        lambda *who: schedule.swap_session(*who, give_up="a1", take="a2", by="ana"),
    ],
    ids=["choose", "drop", "swap"],
)
def test_nothing_is_chosen_or_dropped_once_it_has_begun(
    institute: Institute, breakouts: list[Session], ana: Attendee, frozen: Any, act: Any
) -> None:
    schedule.choose_session(institute, ana, "a1", by="ana")
    frozen("2026-05-01T10:00-04:00")

    with pytest.raises(ChoiceRefused) as refusal:
        act(institute, ana)

    assert "has begun already." in refusal.value.message


def test_a_session_for_others_is_refused_and_one_for_everyone_needs_no_choice(
    institute: Institute, ana: Attendee
) -> None:
    make_session(
        institute, "ra", "2026-05-01T10:00", "2026-05-01T11:00", audience_roles=["principal"]
    )
    make_session(institute, "lunch", "2026-05-01T12:00", "2026-05-01T13:00")

    with pytest.raises(NotForYou) as refusal:
        schedule.choose_session(institute, ana, "ra", by="ana")
    schedule.choose_session(institute, ana, "lunch", by="ana")

    assert refusal.value.message == (
        "“Ra” (Day 1) is for: Principal. You are registered as: Superintendent."
    )
    assert taken(institute) == {"ra": 0, "lunch": 0}


def test_a_confirmation_carries_one_invitation_for_each_session_still_ahead(
    institute: Institute, breakouts: list[Session], ana: Attendee, frozen: Any, tenant: Tenant
) -> None:
    make_session(institute, "past", "2026-03-01T10:00", "2026-03-01T11:00")
    key = make_session(institute, "key", "2026-05-01T09:00", "2026-05-01T10:00")
    gone = make_session(institute, "gone", "2026-05-01T12:00", "2026-05-01T13:00")
    schedule.put_session(institute, spec(code="tbd", starts=None, ends=None), by=BY)
    schedule.cancel_session(gone, by=BY)
    schedule.choose_session(institute, ana, "a2", by="ana")

    files = schedule.invitation_attachments(
        institute, ana, name="Ana O'Brien", email="p0@x.org", writer=IcalendarWriter()
    )

    assert [(file.filename, file.content_type, file.method) for file in files] == [
        ("key.ics", "text/calendar", "REQUEST"),
        ("a2.ics", "text/calendar", "REQUEST"),
    ]
    event = Calendar.from_ical(files[0].content).events[0]
    assert (event["UID"], event["ORGANIZER"], event["ATTENDEE"]) == (
        key.uid,
        f"mailto:{tenant.reply_address}",
        "mailto:p0@x.org",
    )
    assert event["ORGANIZER"].params["CN"] == tenant.name
