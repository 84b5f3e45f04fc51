"""Who was there from when to when: what scans, and what staff corrected, come to."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, exists, select

from consortium import clock
from consortium.database import db
from events.checkin.domain import Direction, Passing, Stay, attendance_of, by_person, closed
from events.checkin.models import CheckInSettings, Scan, Strike
from events.schedule.models import Session

Key = tuple[UUID | None, UUID, date]
"""Where (``None`` is the door), who, and on which day."""


def stays_of(
    institute_id: UUID, *, person_ids: Collection[UUID] | None = None
) -> Mapping[UUID, tuple[Stay, ...]]:
    """Return when people were at the institute: each one's stays, first arrived first.

    ``person_ids`` asks for these people alone. A stay whose end nobody saw has none, unless the
    host counts such people until the day's programme ends; ``Stay.ending`` tells them apart.
    """
    found = _stays(institute_id, Scan.session_id.is_(None), person_ids)
    ends = _day_ends(institute_id) if _until_day_end(institute_id) else {}
    now = clock.now()
    return by_person(closed((stay for stays in found.values() for stay in stays), ends, now=now))


def session_stays_of(
    institute_id: UUID,
    *,
    session_ids: Collection[UUID] | None = None,
    person_ids: Collection[UUID] | None = None,
) -> Mapping[UUID, Mapping[UUID, tuple[Stay, ...]]]:
    """Return when people were in each session at whose door they were scanned, by session.

    A stay whose end nobody saw ends with its session where the host counts until the end.
    """
    where: ColumnElement[bool] = Scan.session_id.is_not(None)
    if session_ids is not None:
        where = where & Scan.session_id.in_(session_ids)
    found = _stays(institute_id, where, person_ids)
    ends = _session_ends(institute_id) if _until_day_end(institute_id) else {}
    now = clock.now()
    of_session: dict[UUID, list[Stay]] = defaultdict(list)
    for (session_id, _person, on), stays in found.items():
        if session_id is None:
            continue
        end = {on: ends[session_id]} if session_id in ends else {}
        of_session[session_id] += closed(stays, end, now=now)
    return {session_id: by_person(stays) for session_id, stays in of_session.items()}


def present_in_sessions(
    institute_id: UUID,
    *,
    session_ids: Collection[UUID] | None = None,
    person_ids: Collection[UUID] | None = None,
) -> Mapping[UUID, frozenset[UUID]]:
    """Return who was in each session, by session: those with a stay, read in one query.

    A stay begins with a scan that counts, was not undone and says more than that someone left.
    """
    undone = exists().where(Strike.institute_id == institute_id, Strike.strikes == Scan.client_id)
    statement = select(Scan.session_id, Scan.person_id).where(
        Scan.institute_id == institute_id,
        Scan.session_id.is_not(None),
        Scan.person_id.is_not(None),
        Scan.problem.is_(None),
        Scan.direction != Direction.OUT,
        ~undone,
    )
    if session_ids is not None:
        statement = statement.where(Scan.session_id.in_(session_ids))
    if person_ids is not None:
        statement = statement.where(Scan.person_id.in_(person_ids))
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for session_id, person_id in db.session.execute(statement):
        if session_id is not None and person_id is not None:
            found[session_id].add(person_id)
    return {session_id: frozenset(people) for session_id, people in found.items()}


def passings_of(institute_id: UUID, where: ColumnElement[bool]) -> Mapping[Key, Sequence[Passing]]:
    """Return what counts of the scans, by place, person and day; those undone among them."""
    statement = select(
        Scan.session_id, Scan.person_id, Scan.on, Scan.client_id, Scan.at, Scan.direction
    ).where(Scan.institute_id == institute_id, Scan.problem.is_(None), where)
    found: dict[Key, list[Passing]] = defaultdict(list)
    for row in db.session.execute(statement):
        passing = Passing(key=row.client_id, at=row.at, direction=row.direction)
        found[row.session_id, row.person_id, row.on].append(passing)
    return found


def undone_at(institute_id: UUID, keys: Iterable[str] | None = None) -> frozenset[str]:
    """Return the keys of scans that were undone; of all, or among ``keys``."""
    statement = select(Strike.strikes).where(Strike.institute_id == institute_id)
    if keys is not None:
        statement = statement.where(Strike.strikes.in_(list(keys)))
    return frozenset(db.session.scalars(statement))


def settings_of(institute_id: UUID) -> CheckInSettings | None:
    """Return what the host chose for check-in; ``None`` while everything is as it comes."""
    return db.session.scalar(
        select(CheckInSettings).where(CheckInSettings.institute_id == institute_id)
    )


def _stays(
    institute_id: UUID, where: ColumnElement[bool], person_ids: Collection[UUID] | None
) -> Mapping[Key, tuple[Stay, ...]]:
    if person_ids is not None:
        where = where & Scan.person_id.in_(person_ids)
    undone = undone_at(institute_id)
    return {
        key: attendance_of(key[1], key[2], passings, undone).stays
        for key, passings in passings_of(institute_id, where).items()
    }


def _until_day_end(institute_id: UUID) -> bool:
    settings = settings_of(institute_id)
    return settings is not None and settings.until_day_end


def _session_ends(institute_id: UUID) -> Mapping[UUID, datetime]:
    statement = select(Session.id, Session.ends_at).where(
        Session.institute_id == institute_id,
        Session.ends_at.is_not(None),
        Session.cancelled_at.is_(None),
    )
    return {session_id: ends for session_id, ends in db.session.execute(statement) if ends}


def _day_ends(institute_id: UUID) -> Mapping[date, datetime]:
    """Return when the last session of each day ends; days are those on which sessions begin."""
    statement = select(Session.starts, Session.ends_at).where(
        Session.institute_id == institute_id,
        Session.starts.is_not(None),
        Session.ends_at.is_not(None),
        Session.cancelled_at.is_(None),
    )
    ends: dict[date, datetime] = {}
    for starts, ends_at in db.session.execute(statement):
        if starts and ends_at:
            on = starts.date()
            ends[on] = max(ends.get(on, ends_at), ends_at)
    return ends
