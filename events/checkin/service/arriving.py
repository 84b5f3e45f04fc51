"""The one check-in of a person and day: what that day's scans at the door come to."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import select

from consortium import clock
from consortium.database import db, hold, translating
from consortium.errors import Refusal
from consortium.people.models import Person
from consortium.words import say
from events.checkin.domain import Attendance, attendance_of
from events.checkin.models import ONE_CHECK_IN, CheckIn, Scan, Strike
from events.checkin.service.attending import Key, passings_of, undone_at

Day = tuple[UUID, date]
"""Who, and on which day."""


class MeanwhileElsewhere(Refusal):
    """Another desk wrote the same at this moment; sending it again is right."""

    def __init__(self) -> None:
        super().__init__(say("Another desk was at it at this moment. Send it again."))


def hold_people(person_ids: Iterable[UUID]) -> None:
    """Let other desks wait that scan the same people, and whoever gives their badges away."""
    hold(Person.id, *sorted(person_ids))


def attendances(institute_id: UUID, days: Collection[Day]) -> Mapping[Key, Attendance]:
    """Return what these people's scans on these days come to, at the door and in each session.

    Who was not scanned at the door on a day has no stay there.
    """
    wanted = {*days}
    people, on = {person for person, _ in wanted}, {day for _, day in wanted}
    where = Scan.person_id.in_(people) & Scan.on.in_(on)
    found = {
        key: passings
        for key, passings in passings_of(institute_id, where).items()
        if (key[1], key[2]) in wanted
    }
    undone = undone_at(institute_id, {one.key for theirs in found.values() for one in theirs})
    return {key: attendance_of(key[1], key[2], passings, undone) for key, passings in found.items()}


def strike_of(institute_id: UUID, scan_key: str, *, key: str, reason: str, by: str) -> Strike:
    """Return the row by which a scan counts no more; the scan itself never changes."""
    return Strike(
        institute_id=institute_id,
        client_id=key,
        strikes=scan_key,
        reason=reason,
        at=clock.now(),
        by=by,
    )


def write_check_ins(institute_id: UUID, found: Mapping[Key, Attendance]) -> None:
    """Let each person's check-in of a day say what the scans come to. Flushes.

    The people are held by the caller. Raises ``MeanwhileElsewhere`` where someone wrote one
    all the same.
    """
    at_door = {(who, on): said for (session, who, on), said in found.items() if session is None}
    rows = {(row.person_id, row.on): row for row in _rows(institute_id, at_door)}
    for day, attendance in at_door.items():
        _write(institute_id, day, attendance, rows.get(day))
    with translating(ONE_CHECK_IN, into=MeanwhileElsewhere()):
        db.session.flush()


def _write(institute_id: UUID, day: Day, attendance: Attendance, row: CheckIn | None) -> None:
    now = clock.now()
    if not attendance.stays:
        if row is not None and row.undone_at is None:
            row.undone_at = row.changed_at = now
        return
    arrived, left = attendance.stays[0].arrived, attendance.stays[-1].left
    if row is None:
        person_id, on = day
        row = CheckIn(institute_id=institute_id, person_id=person_id, on=on)
        db.session.add(row)
    elif (row.arrived_at, row.left_at, row.undone_at) == (arrived, left, None):
        return
    row.arrived_at, row.left_at, row.undone_at, row.changed_at = arrived, left, None, now


def _rows(institute_id: UUID, days: Collection[Day]) -> Iterable[CheckIn]:
    statement = select(CheckIn).where(
        CheckIn.institute_id == institute_id,
        CheckIn.person_id.in_({person for person, _ in days}),
        CheckIn.on.in_({on for _, on in days}),
    )
    return db.session.scalars(statement.execution_options(populate_existing=True)).all()
