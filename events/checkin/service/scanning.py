"""Taking in what desks scanned: each scan once, whenever and however often it comes."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import select

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db, translating
from consortium.errors import NotFound
from consortium.words import say
from events.checkin.domain import Attendance, Problem, day_of, problem_of_time
from events.checkin.domain.batches import Batch, SaidScan
from events.checkin.domain.telling import Told
from events.checkin.models import ONE_SCAN, ONE_STRIKE, Scan, Strike
from events.checkin.service.arriving import (
    MeanwhileElsewhere,
    attendances,
    hold_people,
    strike_of,
    write_check_ins,
)
from events.checkin.service.attending import Key
from events.checkin.service.days import days_of
from events.checkin.service.desks import CheckInRefused
from events.checkin.service.resolving import UNKNOWN, Whose, names_of, whose
from events.institutes.models import Institute
from events.schedule.models import Session

UNDONE_AT_DESK = "undone at the desk"


def take_in(institute: Institute, batch: Batch, *, by: str) -> Sequence[Told]:
    """Take in what a desk scanned, and tell what became of each scan, in its order.

    A scan that came before is told again and changes nothing; what does not count is kept with
    its reason. People who are expected and had not answered are confirmed by coming. Raises
    ``CheckInRefused`` for a session that is not, or no longer, the institute's (the desk then sets
    that scan aside and sends the others), and ``MeanwhileElsewhere`` when another desk wrote the
    same scan at this moment.
    """
    _check_sessions(institute, batch)
    scans = {scan.id: scan for scan in batch.scans}
    owners = {} if institute.cancelled else whose(institute, {s.clean for s in scans.values()})
    theirs = {one.person_id for one in owners.values() if one.person_id is not None}
    hold_people({*theirs, *_struck(institute.id, batch)})
    known = _known(institute.id, scans)
    moment = _Moment(institute, batch, owners, days_of(institute), clock.now())
    fresh = [moment.scan(said, by=by) for said in scans.values() if said.id not in known]
    db.session.add_all(fresh)
    strikes = _strikes(institute.id, batch, by=by)
    db.session.add_all(strikes)
    with (
        translating(ONE_SCAN, into=MeanwhileElsewhere()),
        translating(ONE_STRIKE, into=MeanwhileElsewhere()),
    ):
        db.session.flush()
    rows = {**known, **{scan.client_id: scan for scan in fresh}}
    touched = {*rows.values(), *_rows_of(institute.id, [s.strikes for s in strikes])}
    found = attendances(institute.id, _days(touched))
    write_check_ins(institute.id, found)
    if fresh or strikes:
        audit.record(
            "take_in",
            f"institute:{institute.id}",
            by=by,
            after={
                "desk": batch.desk,
                "scans": len(fresh),
                "not_counted": sum(scan.problem is not None for scan in fresh),
                "undone": len(strikes),
            },
        )
    return _told(institute, [rows[scan_id] for scan_id in scans], owners, found)


def undo_last(institute: Institute, person_id: UUID | None, *, by: str) -> None:
    """Take back the last of today's scans of someone at the door.

    Raises ``NotFound`` when there is none that counts.
    """
    if person_id is not None:
        hold_people([person_id])
    undone = select(Strike.strikes).where(Strike.institute_id == institute.id)
    last = (
        select(Scan)
        .where(
            Scan.institute_id == institute.id,
            Scan.person_id == person_id,
            Scan.person_id.is_not(None),
            Scan.session_id.is_(None),
            Scan.on == day_of(clock.now(), institute.zone),
            Scan.problem.is_(None),
            Scan.client_id.not_in(undone),
        )
        .order_by(Scan.at.desc(), Scan.client_id.desc())
    )
    scan = db.session.scalars(last).first()
    if scan is None or scan.person_id is None:
        raise NotFound(say("There is no check-in of this person today to undo."))
    db.session.add(
        strike_of(
            institute.id,
            scan.client_id,
            key=f"undo-{uuid4().hex}",
            reason=UNDONE_AT_DESK,
            by=by,
        )
    )
    db.session.flush()
    write_check_ins(institute.id, attendances(institute.id, [(scan.person_id, scan.on)]))
    audit.record(
        "undo_last",
        f"person:{scan.person_id}",
        by=by,
        before={"institute": institute.slug, "scan": str(scan.id), "at": scan.at.isoformat()},
    )


def _check_sessions(institute: Institute, batch: Batch) -> None:
    wanted = {scan.session for scan in batch.scans if scan.session is not None}
    here = select(Session.id).where(
        Session.institute_id == institute.id, Session.id.in_(wanted), Session.published
    )
    if wanted and len(db.session.scalars(here).all()) != len(wanted):
        raise CheckInRefused(say("There is no such session at this institute."))


@dataclass(frozen=True)
class _Moment:
    """What holds for every scan of a batch when it comes."""

    institute: Institute
    batch: Batch
    owners: Mapping[str, Whose]
    days: Collection[date]
    now: datetime

    def scan(self, said: SaidScan, *, by: str) -> Scan:
        """Return the scan's row."""
        institute, zone = self.institute, self.institute.zone
        at = self.batch.clocks(self.now).right(said.device_at)
        owner = self.owners.get(said.clean, UNKNOWN)
        problem = Problem.CLOSED if institute.cancelled else owner.problem_at(at)
        return Scan(
            institute_id=institute.id,
            client_id=said.id,
            code=said.clean,
            person_id=owner.person_id,
            session_id=said.session,
            on=day_of(at, zone),
            at=at,
            device_at=said.device_at,
            received_at=self.now,
            direction=said.direction,
            way=said.way,
            desk=self.batch.desk,
            problem=problem or problem_of_time(at, self.now, self.days, zone),
            by=by,
        )


def _strikes(institute_id: UUID, batch: Batch, *, by: str) -> list[Strike]:
    wanted = {one.id: one for one in batch.undo}
    there = select(Strike.client_id).where(
        Strike.institute_id == institute_id, Strike.client_id.in_(wanted)
    )
    for client_id in db.session.scalars(there):
        del wanted[client_id]
    return [
        strike_of(institute_id, one.scan, key=one.id, reason=UNDONE_AT_DESK, by=by)
        for one in wanted.values()
    ]


def _struck(institute_id: UUID, batch: Batch) -> Iterable[UUID]:
    """Return the people whose scans are taken back."""
    rows = _rows_of(institute_id, [one.scan for one in batch.undo])
    return (scan.person_id for scan in rows if scan.person_id is not None)


def _known(institute_id: UUID, client_ids: Collection[str]) -> dict[str, Scan]:
    return {scan.client_id: scan for scan in _rows_of(institute_id, client_ids)}


def _rows_of(institute_id: UUID, client_ids: Collection[str]) -> Sequence[Scan]:
    if not client_ids:
        return ()
    statement = select(Scan).where(
        Scan.institute_id == institute_id, Scan.client_id.in_(list(client_ids))
    )
    return db.session.scalars(statement).all()


def _days(scans: Iterable[Scan]) -> set[tuple[UUID, date]]:
    return {
        (scan.person_id, scan.on)
        for scan in scans
        if scan.person_id is not None and scan.problem is None
    }


def _told(
    institute: Institute,
    scans: Sequence[Scan],
    owners: Mapping[str, Whose],
    found: Mapping[Key, Attendance],
) -> Sequence[Told]:
    names = names_of(institute.id, {scan.person_id for scan in scans if scan.person_id})
    told = []
    for scan in scans:
        if scan.person_id is None or scan.problem is not None:
            told.append(_why_not(scan, owners.get(scan.code, UNKNOWN)))
            continue
        said = found[scan.session_id, scan.person_id, scan.on]
        name, lea = names.get(scan.person_id, ("", ""))
        effect = said.effects[scan.client_id]
        told.append(
            Told(
                client_id=scan.client_id,
                effect=effect,
                person_id=scan.person_id,
                name=name,
                lea=lea,
                since=said.since(effect, scan.at),
            )
        )
    return told


def _why_not(scan: Scan, owner: Whose) -> Told:
    return Told(
        client_id=scan.client_id,
        problem=scan.problem,
        heir=owner.heir,
        replaced_at=owner.voided_at,
        elsewhere=owner.elsewhere,
    )
