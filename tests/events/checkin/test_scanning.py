"""Desks send what they scanned: once, twice, late, shuffled, with clocks that are wrong."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from consortium.audit.models import AuditEntry
from consortium.database import db
from events.checkin import service as checkin
from events.checkin.domain import SEAT, Direction, Ending, Problem, Way
from events.checkin.models import CheckIn, CheckInSettings, Scan
from events.registration.models import SeatStatus
from events.registration.service import Editor, NamedPerson, Substitution, substitute
from tests.events.checkin.stage import BY, MORNING, Doors, scan
from tests.factories import make_institute, make_session

HOST = Editor(email="host@example.org", coordinates=True)


@pytest.fixture
def doors(tenant, frozen):
    doors = Doors()
    frozen(MORNING)
    return doors


def later(frozen, **by):
    return frozen(MORNING + timedelta(**by))


def test_the_first_scan_checks_in_and_both_desks_read_since_when(doors, frozen):
    assert doors.take(scan(doors.code("ann"))) == ["Ann is checked in, 8:07\u202fAM."]
    later(frozen, minutes=20)
    told = doors.take(scan(doors.code("ann")), desk="South door")
    assert told == ["Ann is already here, since 8:07\u202fAM."]
    assert doors.here() == [("Ann", "12:07", None)]


def test_a_batch_that_is_sent_again_changes_nothing(doors, frozen):
    first, second = scan(doors.code("ann")), scan(doors.code("bob"))
    told = doors.take(first, second)
    acts = select(func.count(AuditEntry.id)).where(AuditEntry.act == "take_in")
    later(frozen, hours=3)
    assert doors.take(first, second) == told
    assert doors.here() == [("Ann", "12:07", None), ("Bob", "12:07", None)]
    assert db.session.scalar(acts) == 1


def test_a_desk_that_was_offline_makes_the_arrival_earlier(doors, frozen):
    waiting = scan(doors.code("ann"))
    later(frozen, minutes=30)
    doors.take(scan(doors.code("ann")))
    later(frozen, hours=4)
    assert doors.take(waiting) == ["Ann is checked in, 8:07\u202fAM."]
    assert doors.here() == [("Ann", "12:07", None)]


def test_a_wrong_clock_is_righted_when_it_sends(doors, frozen):
    wrong = timedelta(hours=-17, minutes=3)
    waiting = scan(doors.code("ann"), at=MORNING + wrong)
    later(frozen, hours=2)
    doors.take(waiting, ahead=wrong)
    assert doors.here() == [("Ann", "12:07", None)]
    row = db.session.scalars(select(Scan)).one()
    assert (row.device_at, row.at) == (MORNING + wrong, MORNING)


def test_a_scan_of_the_future_is_kept_and_does_not_count(doors):
    told = doors.take(scan(doors.code("ann"), at=MORNING + timedelta(hours=5)))
    (why,) = told
    assert why.startswith("This tablet's clock was wrong, so the scan does not count until")
    assert doors.here() == []
    row = db.session.scalars(select(Scan)).one()
    assert (row.problem, row.person_id) == (Problem.CLOCK, doors.person("ann").id)


def test_a_scan_on_no_day_of_the_institute_does_not_count(doors, frozen):
    frozen(MORNING - timedelta(days=3))
    assert doors.take(scan(doors.code("ann"))) == [
        "This is not a day of the institute, so the scan does not count."
    ]
    assert doors.here() == []


def test_yesterdays_badge_is_todays_badge(doors, frozen):
    doors.take(scan(doors.code("ann")))
    later(frozen, days=1)
    assert doors.take(scan(doors.code("ann"))) == ["Ann is checked in, 8:07\u202fAM."]
    assert len(doors.here()) == 2


def test_a_badge_of_another_institute_is_refused_with_its_name(doors, frozen):
    other = Doors(("zoe",), slug="winter")
    assert doors.take(scan(other.code("zoe"))) == [
        "This badge is for Winter Institute. Look the person up by name."
    ]
    assert doors.here() == []


def test_a_code_nobody_has_is_kept_with_its_reason(doors):
    assert (
        doors.take(scan("NOSUCHCODE"), scan("\x00"))
        == ["No badge has this code. Look the person up by name."] * 2
    )
    assert db.session.scalar(select(func.count(Scan.id))) == 2


def test_a_replaced_badge_names_who_comes_instead_and_scans_of_before_still_count(doors, frozen):
    old = doors.code("ann")
    early = scan(old)
    later(frozen, hours=1)
    new = NamedPerson(name="Dee", email="dee@x.org", role_codes=("principal",))
    substitute(doors.team.id, doors.seat("ann").id, Substitution(person=new), HOST)
    db.session.commit()
    later(frozen, hours=2)

    assert doors.take(scan(old)) == ["This badge was replaced on May 1, 2026. Dee comes instead."]
    assert doors.here() == []
    assert doors.take(early) == ["Ann is checked in, 8:07\u202fAM."]
    assert doors.here() == [("Ann", "12:07", None)]


def test_a_badge_whose_seat_was_given_back_says_so(doors, frozen):
    from events.registration.service import remove_member

    code = doors.code("ann")
    remove_member(doors.team.id, doors.seat("ann").id, HOST)
    later(frozen, hours=1)
    assert doors.take(scan(code)) == [
        "This badge ended on May 1, 2026: the seat was given back. Ask a coordinator."
    ]


def test_who_had_not_answered_is_confirmed_by_coming(doors, mailer):
    seat = doors.seat("bob")
    seat.status = SeatStatus.INVITED
    db.session.commit()
    told = doors.take(scan(f"{SEAT}{seat.id}", way=Way.NAME))
    assert told == ["Bob is checked in, 8:07\u202fAM."]
    assert doors.seat("bob").status is SeatStatus.CONFIRMED
    assert doors.take(scan(doors.code("bob"))) == ["Bob is already here, since 8:07\u202fAM."]


def test_a_seat_of_nobody_here_is_no_way_in(doors):
    other = Doors(("zoe",), slug="winter")
    for code in (f"{SEAT}{other.seat('zoe').id}", f"{SEAT}nonsense"):
        assert doors.take(scan(code)) == ["No badge has this code. Look the person up by name."]
    assert doors.here() == []


def test_in_and_out_come_to_stays(doors, frozen):
    doors.take(scan(doors.code("ann")))
    later(frozen, hours=4)
    assert doors.take(scan(doors.code("ann"), direction=Direction.OUT)) == [
        "Ann is checked out, 12:07\u202fPM."
    ]
    later(frozen, hours=5)
    doors.take(scan(doors.code("ann"), direction=Direction.EITHER))
    ann = doors.person("ann").id
    stays = checkin.stays_of(doors.institute.id)[ann]
    assert [(s.arrived, s.left) for s in stays] == [
        (MORNING, MORNING + timedelta(hours=4)),
        (MORNING + timedelta(hours=5), None),
    ]
    assert checkin.stays_of(doors.institute.id, person_ids=[doors.person("bob").id]) == {}


def test_stays_end_with_the_days_programme_where_the_host_counts_so(doors, frozen):
    last = make_session(doors.institute, "last", "2026-05-01T15:00", "2026-05-01T16:30")
    doors.take(scan(doors.code("ann")))
    db.session.add(CheckInSettings(institute_id=doors.institute.id, until_day_end=True))
    db.session.commit()
    ann = doors.person("ann").id
    (stay,) = checkin.stays_of(doors.institute.id)[ann]
    assert stay.left is None
    later(frozen, hours=12)
    (stay,) = checkin.stays_of(doors.institute.id)[ann]
    assert (stay.left, stay.ending) == (last.ends_at, Ending.DAY_END)


def test_scans_at_a_sessions_door_are_the_sessions(doors, frozen):
    session = make_session(doors.institute, "panel", "2026-05-01T09:00", "2026-05-01T10:00")
    doors.take(scan(doors.code("ann"), session=session.id))
    later(frozen, hours=1)
    doors.take(scan(doors.code("ann"), session=session.id, direction=Direction.OUT))
    ann = doors.person("ann").id
    assert checkin.stays_of(doors.institute.id) == {}
    (stay,) = checkin.session_stays_of(doors.institute.id)[session.id][ann]
    assert (stay.arrived, stay.left) == (MORNING, MORNING + timedelta(hours=1))


def test_a_session_of_another_institute_is_none_of_this_desk(doors):
    other = make_session(make_institute("winter"), "x", "2026-05-01T09:00", "2026-05-01T10:00")
    with pytest.raises(checkin.CheckInRefused, match="no such session"):
        doors.take(scan(doors.code("ann"), session=other.id))


def test_a_session_that_is_only_planned_is_none_of_this_desk(doors):
    planned = make_session(doors.institute, "x", "2026-05-01T09:00", "2026-05-01T10:00")
    planned.published = False
    db.session.commit()
    with pytest.raises(checkin.CheckInRefused, match="no such session"):
        doors.take(scan(doors.code("ann"), session=planned.id))


def test_a_mistake_is_undone_whichever_comes_first(doors, frozen):
    wrong = scan(doors.code("ann"))
    doors.take(wrong)
    doors.take(undo=[wrong.id])
    assert doors.here() == []
    early = scan(doors.code("bob"))
    doors.take(undo=[early.id])
    assert doors.take(early) == ["The check-in of Bob was undone."]
    assert doors.here() == []
    later(frozen, minutes=5)
    doors.take(scan(doors.code("ann")))
    assert doors.here() == [("Ann", "12:12", None)]


def test_nobody_is_checked_in_at_a_cancelled_institute(doors, frozen):
    from events.institutes.domain import Status

    doors.institute.status = Status.CANCELLED
    db.session.commit()
    assert doors.take(scan(doors.code("ann"))) == [
        "This institute was cancelled. Nobody is checked in."
    ]
    assert doors.here() == []


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_two_desks_in_any_order_and_batches_come_to_the_same(doors, data):
    """The same thirty scans of three people, by two desks, in any batches and copies."""
    for row in db.session.scalars(select(Scan)).all():
        db.session.delete(row)
    for row in db.session.scalars(select(CheckIn)).all():
        db.session.delete(row)
    db.session.commit()
    made = [
        scan(
            doors.code(name),
            at=MORNING - timedelta(minutes=minutes),
            direction=data.draw(st.sampled_from(Direction)),
        )
        for minutes, name in enumerate(["ann", "bob", "cyn", "ann"] * 3)
    ]
    checkin.take_in(doors.institute, doors.sent(*made), by=BY)
    want = doors.here()
    stays = checkin.stays_of(doors.institute.id)
    for row in [*db.session.scalars(select(Scan)), *db.session.scalars(select(CheckIn))]:
        db.session.delete(row)
    db.session.commit()
    shuffled = data.draw(st.permutations([*made, *made[:5]]))
    cut = data.draw(st.integers(0, len(shuffled)))
    for desk, part in (("North", shuffled[:cut]), ("South", shuffled[cut:]), ("North", made)):
        checkin.take_in(doors.institute, doors.sent(*part, desk=desk), by=BY)
    assert doors.here() == want
    assert checkin.stays_of(doors.institute.id) == stays
