"""What staff corrects of someone's comings and goings; the scans themselves stay as they were."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import select

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db
from consortium.errors import NotFound
from consortium.people.models import Person
from consortium.words import say
from events.checkin.domain import Attendance, Direction, Effect, Stay, Way, day_of, problem_of_time
from events.checkin.domain.scans import OLDEST
from events.checkin.models import Scan, Strike
from events.checkin.service.arriving import attendances, hold_people, strike_of, write_check_ins
from events.checkin.service.attending import Key
from events.checkin.service.days import days_of
from events.checkin.service.desks import CheckInRefused
from events.checkin.service.resolving import names_of
from events.institutes.models import Institute
from events.institutes.service.cancelling import refuse_cancelled
from events.schedule.models import Session


@dataclass(frozen=True, kw_only=True)
class Correction:
    """A coming or going as staff writes it down, and why."""

    at: datetime
    direction: Direction
    reason: str
    session_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class ScanLine:
    """One scan of a person as staff reads it."""

    scan: Scan
    effect: Effect | None
    """None: it does not count."""
    struck: Strike | None


@dataclass(frozen=True, kw_only=True)
class Record:
    """Everything known of someone's comings and goings at one institute."""

    person_id: UUID
    name: str
    team: str
    stays: Sequence[Stay]
    in_sessions: Mapping[UUID, Sequence[Stay]]
    lines: Sequence[ScanLine]


def write_down(institute: Institute, person_id: UUID, said: Correction, *, by: str) -> Scan:
    """Add a coming or going that no desk scanned.

    Raises ``NotFound`` for someone who has no part in the institute, and ``CheckInRefused`` for
    a time to come, or on no day of the institute.
    """
    scan = _added(institute, person_id, said, by=by)
    audit.record("write_down", f"person:{person_id}", by=by, after=_facts(institute, scan))
    return scan


def strike(institute: Institute, scan_id: UUID, reason: str, *, by: str) -> Scan:
    """Let a scan not count any more. Raises ``NotFound``."""
    scan = _struck(institute, scan_id, reason, by=by)
    after = {"reason": reason, "counts": False}
    audit.record(
        "strike", f"person:{scan.person_id}", by=by, before=_facts(institute, scan), after=after
    )
    return scan


def change(institute: Institute, scan_id: UUID, said: Correction, *, by: str) -> Scan:
    """Put another time or direction in a scan's place. Raises as the other two do."""
    before = _struck(institute, scan_id, said.reason, by=by)
    if before.person_id is None:
        raise _no_such_scan()
    after = _added(institute, before.person_id, said, by=by)
    audit.record(
        "change",
        f"person:{before.person_id}",
        by=by,
        before=_facts(institute, before),
        after=_facts(institute, after),
    )
    return after


def record_of(institute: Institute, person_id: UUID) -> Record:
    """Return someone's comings and goings. Raises ``NotFound`` for who has no part in it."""
    statement = select(Scan).where(Scan.institute_id == institute.id, Scan.person_id == person_id)
    scans = db.session.scalars(statement.order_by(Scan.at, Scan.id)).all()
    name, team = _known(institute, person_id, scans)
    found = attendances(institute.id, {(person_id, scan.on) for scan in scans})
    struck = _strikes(institute.id, scans)
    in_sessions = {
        session_id: said.stays
        for (session_id, _who, _on), said in found.items()
        if session_id is not None
    }
    return Record(
        person_id=person_id,
        name=name,
        team=team,
        stays=[stay for key, said in _in_order(found) if key[0] is None for stay in said.stays],
        in_sessions=in_sessions,
        lines=[
            ScanLine(scan=scan, effect=_effect(found, scan), struck=struck.get(scan.client_id))
            for scan in scans
        ],
    )


def whose_scan(institute: Institute, scan_id: UUID) -> UUID | None:
    """Return whose scan it is; ``None`` where its badge is nobody's. Raises ``NotFound``."""
    statement = select(Scan).where(Scan.institute_id == institute.id, Scan.id == scan_id)
    scan = db.session.scalar(statement)
    if scan is None:
        raise _no_such_scan()
    return scan.person_id


def not_counted(institute: Institute) -> Sequence[Scan]:
    """Return the scans that do not count and that nobody has dealt with, the last first."""
    settled = select(Strike.strikes).where(Strike.institute_id == institute.id)
    statement = (
        select(Scan)
        .where(
            Scan.institute_id == institute.id,
            Scan.problem.is_not(None),
            Scan.client_id.not_in(settled),
        )
        .order_by(Scan.received_at.desc(), Scan.id)
        .limit(200)
    )
    return db.session.scalars(statement).all()


def _added(institute: Institute, person_id: UUID, said: Correction, *, by: str) -> Scan:
    refuse_cancelled(institute)
    _known(institute, person_id, ())
    if said.session_id is not None:
        here = select(Session.id).where(
            Session.institute_id == institute.id, Session.id == said.session_id, Session.published
        )
        if db.session.scalar(here) is None:
            raise NotFound(say("There is no such session at this institute."))
    now = clock.now()
    if said.at > now:
        raise CheckInRefused(say("That time has not come yet."), field="time")
    # Long after the institute a credit may still have to be put right.
    late = max(said.at, now - OLDEST)
    if problem_of_time(late, now, (), institute.zone) or (
        problem_of_time(said.at, said.at, days_of(institute), institute.zone)
    ):
        raise CheckInRefused(say("That is not a day of the institute."), field="on")
    hold_people([person_id])
    scan = Scan(
        institute_id=institute.id,
        client_id=f"staff-{uuid4().hex}",
        person_id=person_id,
        session_id=said.session_id,
        on=day_of(said.at, institute.zone),
        at=said.at,
        device_at=said.at,
        received_at=now,
        direction=said.direction,
        way=Way.STAFF,
        reason=said.reason,
        by=by,
    )
    db.session.add(scan)
    db.session.flush()
    write_check_ins(institute.id, attendances(institute.id, [(person_id, scan.on)]))
    return scan


def _struck(institute: Institute, scan_id: UUID, reason: str, *, by: str) -> Scan:
    refuse_cancelled(institute)
    scan = db.session.scalar(
        select(Scan).where(Scan.institute_id == institute.id, Scan.id == scan_id)
    )
    if scan is None:
        raise _no_such_scan()
    if scan.person_id is not None:
        hold_people([scan.person_id])
    there = select(Strike.id).where(
        Strike.institute_id == institute.id, Strike.strikes == scan.client_id
    )
    if db.session.scalar(there) is not None:
        raise CheckInRefused(say("This was corrected already. Look at the page again."))
    db.session.add(
        strike_of(institute.id, scan.client_id, key=f"staff-{uuid4().hex}", reason=reason, by=by)
    )
    db.session.flush()
    if scan.person_id is not None:
        write_check_ins(institute.id, attendances(institute.id, [(scan.person_id, scan.on)]))
    return scan


def _known(institute: Institute, person_id: UUID, scans: Sequence[Scan]) -> tuple[str, str]:
    named = names_of(institute.id, [person_id]).get(person_id)
    if named is not None:
        return named
    person = db.session.scalar(select(Person).where(Person.id == person_id)) if scans else None
    if person is None:
        raise NotFound(say("This person has no part in the institute."))
    return person.name, ""


def _strikes(institute_id: UUID, scans: Sequence[Scan]) -> Mapping[str, Strike]:
    statement = select(Strike).where(
        Strike.institute_id == institute_id,
        Strike.strikes.in_([scan.client_id for scan in scans]),
    )
    return {row.strikes: row for row in db.session.scalars(statement.order_by(Strike.at.desc()))}


def _effect(found: Mapping[Key, Attendance], scan: Scan) -> Effect | None:
    if scan.problem is not None or scan.person_id is None:
        return None
    return found[scan.session_id, scan.person_id, scan.on].effects[scan.client_id]


def _in_order(found: Mapping[Key, Attendance]) -> Sequence[tuple[Key, Attendance]]:
    return sorted(found.items(), key=lambda pair: pair[0][2])


def _facts(institute: Institute, scan: Scan) -> dict[str, str]:
    at: date | datetime = scan.at
    return {
        "institute": institute.slug,
        "scan": str(scan.id),
        "at": at.isoformat(),
        "direction": scan.direction.value,
        "session": str(scan.session_id or ""),
        "reason": scan.reason,
    }


def _no_such_scan() -> NotFound:
    return NotFound(say("There is no such scan at this institute."))
