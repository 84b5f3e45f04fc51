"""A meeting's roll: whoever runs it says who was there, without badges and scanners."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from sqlalchemy import select

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db
from consortium.people.models import Person
from consortium.words import say
from events.checkin.domain import Direction, Way, attendance_of, day_of
from events.checkin.models import Scan
from events.checkin.service.arriving import hold_people, strike_of
from events.checkin.service.attending import passings_of, undone_at
from events.checkin.service.desks import CheckInRefused
from events.institutes.models import Institute
from events.institutes.service.cancelling import refuse_cancelled
from events.schedule.models import Session

EARLY = timedelta(minutes=30)
"""The roll may be called this long before a meeting begins."""
REASON = say("Roll of the meeting")


@dataclass(frozen=True, kw_only=True)
class Roll:
    """What calling the roll changed."""

    came: frozenset[UUID]
    """Who counts as there now and did not before."""
    stayed_away: frozenset[UUID]
    """Who counted as there before and does not any more."""


def call_roll(
    institute: Institute,
    session: Session,
    *,
    present: Collection[UUID],
    among: Collection[UUID],
    by: str,
) -> Roll:
    """Let those present count as there from the meeting's beginning to its end, the rest as away.

    ``among`` are the persons the roll names; what is known of others stays. Who was scanned at
    the session's door keeps the times of the scans. Raises ``CheckInRefused`` before the meeting
    has begun, or where it has no date or was cancelled; ``HostCancelled`` at a cancelled
    institute. One audit row, and none where nothing changes.
    """
    roll = note_roll(institute, session, present=present, among=among, by=by)
    if roll.came or roll.stayed_away:
        audit.record(
            "call_roll",
            f"session:{session.id}",
            by=by,
            after={
                "came": [str(person_id) for person_id in sorted(roll.came)],
                "stayed_away": [str(person_id) for person_id in sorted(roll.stayed_away)],
            },
        )
    return roll


def note_roll(
    institute: Institute,
    session: Session,
    *,
    present: Collection[UUID],
    among: Collection[UUID],
    by: str,
) -> Roll:
    """Do what ``call_roll`` does as a step of another act, which writes the audit row. Flushes."""
    refuse_cancelled(institute)
    if session.starts_at is None or session.cancelled_at is not None:
        raise CheckInRefused(say("This meeting has no date, or was cancelled. Nobody was there."))
    if clock.now() < session.starts_at - EARLY:
        raise CheckInRefused(say("This meeting has not begun. Call the roll when it has."))
    known = set(db.session.scalars(select(Person.id).where(Person.id.in_(list(among)))))
    hold_people(known)
    here = _scans_of_those_here(institute, session, known)
    came = (set(present) & known) - here.keys()
    away = here.keys() - set(present)
    db.session.add_all(
        scan for person_id in sorted(came) for scan in _stay(institute, session, person_id, by)
    )
    db.session.add_all(
        strike_of(institute.id, key, key=_key(), reason=str(REASON), by=by)
        for person_id in sorted(away)
        for key in here[person_id]
    )
    db.session.flush()
    return Roll(came=frozenset(came), stayed_away=frozenset(away))


def _scans_of_those_here(
    institute: Institute, session: Session, person_ids: Collection[UUID]
) -> Mapping[UUID, Sequence[str]]:
    """Return the keys of the scans by which each of these people counts as there."""
    where = (Scan.session_id == session.id) & Scan.person_id.in_(list(person_ids))
    found = passings_of(institute.id, where)
    undone = undone_at(institute.id, {one.key for theirs in found.values() for one in theirs})
    here: dict[UUID, list[str]] = defaultdict(list)
    for (_, person_id, on), passings in found.items():
        if attendance_of(person_id, on, passings, undone).stays:
            here[person_id] += [one.key for one in passings if one.key not in undone]
    return here


def _stay(institute: Institute, session: Session, person_id: UUID, by: str) -> Sequence[Scan]:
    """Return the coming and the going that staff writes down for someone who was there."""
    return [
        Scan(
            institute_id=institute.id,
            client_id=_key(),
            person_id=person_id,
            session_id=session.id,
            on=day_of(at, institute.zone),
            at=at,
            device_at=at,
            received_at=clock.now(),
            direction=direction,
            way=Way.STAFF,
            reason=str(REASON),
            by=by,
        )
        for at, direction in (
            (session.starts_at, Direction.IN),
            (session.ends_at, Direction.OUT),
        )
        if at is not None
    ]


def _key() -> str:
    return f"staff-{uuid4().hex}"
