"""Staff corrects comings and goings; the scans stay as they were, and verify finds nothing."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from consortium.audit.models import AuditEntry
from consortium.database import db
from consortium.errors import NotFound
from consortium.merging.service import merge_people, unmerge
from events.checkin import service as checkin
from events.checkin.domain import Direction, Effect
from events.checkin.models import CheckIn, Scan
from events.checkin.service import CheckInRefused, Correction
from events.checkin.service.invariants import check_ins_off
from tests.events.checkin.stage import BY, MORNING, Doors, scan
from tests.factories import make_person, make_session


@pytest.fixture
def doors(tenant, frozen):
    doors = Doors()
    frozen(MORNING + timedelta(hours=9))
    return doors


def correction(**values):
    return Correction(
        **{
            "at": MORNING,
            "direction": Direction.IN,
            "reason": "The desk had no power.",
            **values,
        }
    )


def acts(name):
    return db.session.scalar(select(func.count(AuditEntry.id)).where(AuditEntry.act == name))


def test_a_coming_and_a_going_are_written_down(doors):
    ann = doors.person("ann").id
    checkin.write_down(doors.institute, ann, correction(), by=BY)
    leaves = correction(at=MORNING + timedelta(hours=8), direction=Direction.OUT)
    checkin.write_down(doors.institute, ann, leaves, by=BY)
    assert doors.here() == [("Ann", "12:07", "20:07")]
    assert acts("write_down") == 2
    assert list(check_ins_off()) == []


def test_a_scan_is_struck_and_stays_in_the_record(doors):
    doors.take(scan(doors.code("ann"), at=MORNING))
    (row,) = db.session.scalars(select(Scan)).all()
    checkin.strike(doors.institute, row.id, "That was Bob.", by=BY)
    assert doors.here() == []
    (line,) = checkin.record_of(doors.institute, doors.person("ann").id).lines
    assert (line.effect, line.struck.reason) == (Effect.UNDONE, "That was Bob.")
    with pytest.raises(CheckInRefused):
        checkin.strike(doors.institute, row.id, "Again.", by=BY)
    assert list(check_ins_off()) == []


def test_another_time_takes_a_scans_place_in_one_act(doors):
    doors.take(scan(doors.code("ann"), at=MORNING))
    (row,) = db.session.scalars(select(Scan)).all()
    earlier = correction(at=MORNING - timedelta(minutes=30), reason="She came at 7:37.")
    checkin.change(doors.institute, row.id, earlier, by=BY)
    assert doors.here() == [("Ann", "11:37", None)]
    assert (row.at, acts("change"), acts("strike"), acts("write_down")) == (MORNING, 1, 0, 0)


def test_what_cannot_be_is_not_written_down(doors):
    ann = doors.person("ann").id
    for wrong in (
        correction(at=MORNING + timedelta(hours=12)),
        correction(at=MORNING - timedelta(days=4)),
    ):
        with pytest.raises(CheckInRefused):
            checkin.write_down(doors.institute, ann, wrong, by=BY)
    stranger = make_person("stranger@x.org").id
    with pytest.raises(NotFound):
        checkin.write_down(doors.institute, stranger, correction(), by=BY)
    other = Doors(("zoe",), slug="winter")
    session = make_session(other.institute, "x", "2026-05-01T09:00", "2026-05-01T10:00")
    with pytest.raises(NotFound):
        checkin.write_down(doors.institute, ann, correction(session_id=session.id), by=BY)
    assert doors.here() == []


def test_a_credit_can_be_put_right_a_year_later(doors, frozen):
    frozen(MORNING + timedelta(days=360))
    checkin.write_down(doors.institute, doors.person("ann").id, correction(), by=BY)
    assert doors.here() == [("Ann", "12:07", None)]


def test_scans_that_do_not_count_wait_until_someone_deals_with_them(doors):
    doors.take(scan("NOSUCH"))
    (row,) = checkin.not_counted(doors.institute)
    checkin.strike(doors.institute, row.id, "A lunch ticket.", by=BY)
    assert checkin.not_counted(doors.institute) == []


def test_merged_records_have_one_check_in_of_a_day_and_parted_ones_their_own(doors):
    ann, bob = doors.person("ann").id, doors.person("bob").id
    doors.take(scan(doors.code("ann"), at=MORNING + timedelta(hours=1)))
    doors.take(scan(doors.code("bob"), at=MORNING))
    doors.take(scan(doors.code("bob"), at=MORNING + timedelta(hours=8), direction=Direction.OUT))
    before = doors.here()
    code = doors.code("bob")
    merge = merge_people(ann, bob, by=BY, may_choose_staff=True)
    assert doors.here() == [("Ann", "12:07", "20:07")]
    assert doors.take(scan(code)) == ["Ann is checked in, 5:07\u202fPM."]
    assert list(check_ins_off()) == []

    db.session.execute(
        Scan.__table__.delete().where(
            Scan.code == code, Scan.at > MORNING + timedelta(hours=8, minutes=1)
        )
    )
    unmerge(merge.id, by=BY, may_choose_staff=True)
    assert doors.here() == before
    assert list(check_ins_off()) == []


def test_verify_finds_a_check_in_that_says_something_else(doors):
    doors.take(scan(doors.code("ann"), at=MORNING), scan(doors.code("bob"), at=MORNING))
    row = db.session.scalars(
        select(CheckIn).where(CheckIn.person_id == doors.person("ann").id)
    ).one()
    row.arrived_at = MORNING - timedelta(minutes=5)
    other = db.session.scalars(select(Scan).where(Scan.person_id == doors.person("bob").id)).one()
    db.session.flush()
    assert len(list(check_ins_off())) == 1
    db.session.delete(other)
    db.session.flush()
    assert len(list(check_ins_off())) == 2
