"""Two desks at the same moment: one check-in, both told, nothing lost; and what happens without."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from consortium.database import db, transaction
from consortium.tenancy import as_tenant
from events.checkin import service as checkin
from events.checkin.domain import Direction
from events.checkin.domain.batches import Batch, millis
from events.checkin.models import ONE_CHECK_IN, CheckIn, Scan
from events.checkin.service import MeanwhileElsewhere, arriving, scanning
from events.checkin.service.invariants import check_ins_off
from events.institutes.models import Institute
from tests.conftest import FakeMailer
from tests.consortium.applications import application
from tests.events.checkin.stage import BY, MORNING, Doors, scan
from tests.factories import make_tenant
from tests.meeting import Meeting

pytestmark = pytest.mark.real_commits
DESKS = 8


class Hall:
    """An institute with desks that all send at the same moment."""

    def __init__(self, app: Flask, frozen: Any) -> None:
        self.app = app
        self.tenant_id = make_tenant().id
        with as_tenant(self.tenant_id):
            self.doors = Doors()
            self.institute_id = self.doors.institute.id
            self.codes = {name: self.doors.code(name) for name in ("ann", "bob", "cyn")}
        frozen(MORNING)
        db.session.remove()

    def at_once(self, batches: list[Batch]) -> list[Any]:
        """Let each batch come from a desk of its own; send it again where that is asked for."""
        together = threading.Barrier(len(batches))
        told: list[Any] = []
        broken: list[BaseException] = []

        def send(batch: Batch) -> None:
            together.wait()
            for _ in range(20):
                try:
                    with self.app.app_context(), as_tenant(self.tenant_id), transaction():
                        institute = db.session.get_one(Institute, self.institute_id)
                        told.extend(checkin.take_in(institute, batch, by=BY))
                except MeanwhileElsewhere:
                    continue
                except BaseException as error:  # noqa: BLE001  (it must fail the test)
                    broken.append(error)
                return

        threads = [threading.Thread(target=send, args=(batch,)) for batch in batches]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert broken == []
        return told

    def count(self, model: Any) -> int:
        with as_tenant(self.tenant_id):
            found = db.session.scalars(select(func.count(model.id))).one()
        db.session.remove()
        return found

    def faults(self) -> list[str]:
        with as_tenant(self.tenant_id):
            found = list(check_ins_off())
        db.session.remove()
        return found


@pytest.fixture(params=["sqlite", "postgresql"])
def hall(request: pytest.FixtureRequest, tmp_path: Path, frozen: Any) -> Iterator[Hall]:
    with application(request.param, tmp_path, mailer=FakeMailer()) as app, app.app_context():
        yield Hall(app, frozen)


def batch(*scans: Any, desk: str) -> Batch:
    return Batch(desk=desk, sent_at=millis(MORNING), scans=scans)


def test_the_same_badge_from_many_desks_is_one_check_in(hall: Hall) -> None:
    batches = [batch(scan(hall.codes["ann"]), desk=f"Desk {n}") for n in range(DESKS)]

    told = hall.at_once(batches)

    effects = sorted(str(one.effect) for one in told)
    assert (hall.count(CheckIn), hall.count(Scan), hall.faults()) == (1, DESKS, [])
    assert set(effects) <= {"arrived", "here_already"}
    assert effects.count("arrived") >= 1


def test_the_same_scans_sent_by_two_tabs_are_stored_once(hall: Hall) -> None:
    scans = [scan(hall.codes[name]) for name in ("ann", "bob", "cyn")] + [scan("NOSUCHCODE")]

    hall.at_once([batch(*scans, desk="One"), batch(*reversed(scans), desk="One")] * 3)

    assert (hall.count(CheckIn), hall.count(Scan), hall.faults()) == (3, 4, [])


def test_one_desk_in_and_one_out_leave_what_all_scans_come_to(hall: Hall) -> None:
    both = [
        batch(
            *(scan(hall.codes[name], direction=direction) for name in ("cyn", "ann", "bob")),
            desk=direction.value,
        )
        for direction in (Direction.IN, Direction.OUT) * 3
    ]

    hall.at_once(both)

    assert (hall.count(CheckIn), hall.count(Scan), hall.faults()) == (3, 18, [])


POSTGRESQL = pytest.mark.parametrize("hall", ["postgresql"], indirect=True)
"""On SQLite one writes at a time, so that nobody there can be careless."""


def carelessly(monkeypatch: pytest.MonkeyPatch, desks: int) -> None:
    """Let desks not hold whom they scan, and look for check-ins before any of them has written.

    That is the last they look at, so that whoever is slow cannot see what the others wrote.
    """
    meeting, look = Meeting(desks), arriving._rows

    def look_together(*args: Any) -> Any:
        found = look(*args)
        meeting.wait()
        return found

    monkeypatch.setattr(scanning, "hold_people", lambda _people: None)
    monkeypatch.setattr(arriving, "_rows", look_together)


@POSTGRESQL
def test_desks_that_hold_nobody_leave_something_else_than_the_scans_come_to(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: the one sees Ann come back, the other sees her leave for good."""
    ann = hall.codes["ann"]

    def later(minutes: int, direction: Direction) -> Any:
        return scan(ann, at=MORNING - timedelta(minutes=minutes), direction=direction)

    hall.at_once([batch(later(70, Direction.IN), desk="One")])
    there_and_back = batch(later(20, Direction.OUT), later(10, Direction.IN), desk="One")
    carelessly(monkeypatch, 2)

    hall.at_once([there_and_back, batch(later(15, Direction.OUT), desk="Two")])

    assert hall.faults() != []


@POSTGRESQL
def test_desks_that_hold_nobody_check_in_twice_where_the_database_lets_them(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control, with the database's own word out of the way too."""
    with db.engine.begin() as connection:
        connection.execute(text(f"ALTER TABLE check_in DROP CONSTRAINT {ONE_CHECK_IN}"))
    carelessly(monkeypatch, 2)

    hall.at_once([batch(scan(hall.codes["ann"]), desk=desk) for desk in ("One", "Two")])

    assert hall.count(CheckIn) == 2
