"""For how long people were at institutes: for many institutes at once, in five queries."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import String, cast, select

from consortium import clock
from consortium.database import db
from events.checkin.domain import Passing, Stay, attendance_of, closed
from events.checkin.models import CheckInSettings, Scan, Strike
from events.credit.domain.rules import OpenStays
from events.credit.domain.stored import KEY, read_plan
from events.credit.service.attending import counted
from events.institutes.models import Institute
from events.schedule.models import Session

Key = tuple[UUID | None, UUID, date]


@dataclass(kw_only=True)
class _Facts:
    """What decides how stays of one institute count."""

    zone: ZoneInfo
    rule: OpenStays
    until_end: bool = False
    undone: set[str] = field(default_factory=set)
    session_ends: dict[UUID, datetime] = field(default_factory=dict)
    day_ends: dict[date, datetime] = field(default_factory=dict)


def minutes_at(
    institute_ids: Collection[UUID], first: date, last: date
) -> Mapping[tuple[UUID, UUID], int]:
    """Return the minutes of each institute and person on these days, as credit counts them.

    Whoever was seen is in it, with none where nobody recorded how long.
    """
    facts = _facts(institute_ids)
    # A state's year has a hundred thousand scans: their ids are read as text, and made ids once.
    scans = select(
        cast(Scan.institute_id, String),
        cast(Scan.session_id, String),
        cast(Scan.person_id, String),
        Scan.on,
        Scan.client_id,
        Scan.at,
        Scan.direction,
    ).where(
        Scan.institute_id.in_(institute_ids),
        Scan.person_id.is_not(None),
        Scan.problem.is_(None),
        Scan.on >= first,
        Scan.on <= last,
    )
    passings: dict[tuple[str, str], dict[tuple[str | None, date], list[Passing]]] = {}
    for institute, session, person, on, key, at, direction in db.session.execute(scans):
        theirs = passings.setdefault((institute, person), {})
        passing = Passing(key=key, at=at, direction=direction)
        theirs.setdefault((session, on), []).append(passing)
    now = clock.now()
    made = lru_cache(maxsize=None)(UUID)
    found = {}
    for (institute, person), theirs in passings.items():
        keyed = {
            (made(session) if session else None, made(person), on): list_
            for (session, on), list_ in theirs.items()
        }
        minutes = _minutes(facts[made(institute)], keyed, now)
        if minutes is not None:
            found[made(institute), made(person)] = minutes
    return found


def _minutes(facts: _Facts, passings: Mapping[Key, Sequence[Passing]], now: datetime) -> int | None:
    door: list[Stay] = []
    rooms: list[tuple[UUID, Stay]] = []
    for (session_id, person_id, on), theirs in passings.items():
        stays = attendance_of(person_id, on, theirs, facts.undone).stays
        if session_id is None:
            door += closed(stays, facts.day_ends, now=now) if facts.until_end else stays
            continue
        ends = facts.session_ends.get(session_id)
        if facts.until_end and ends:
            stays = closed(stays, {on: ends}, now=now)
        rooms += [(session_id, stay) for stay in stays]
    if not door and not rooms:
        return None
    door.sort(key=lambda stay: stay.arrived)
    here = counted(door, rooms, facts.session_ends, facts.zone, facts.rule)
    return sum(stay.minutes for stay in here)


def _facts(institute_ids: Collection[UUID]) -> Mapping[UUID, _Facts]:
    rows = db.session.execute(
        select(Institute.id, Institute.time_zone, Institute.extras).where(
            Institute.id.in_(institute_ids)
        )
    )
    found = {
        institute_id: _Facts(
            zone=ZoneInfo(zone), rule=read_plan((extras or {}).get(KEY)).plan.open_stays
        )
        for institute_id, zone, extras in rows
    }
    strikes = select(Strike.institute_id, Strike.strikes).where(
        Strike.institute_id.in_(institute_ids)
    )
    for institute_id, key in db.session.execute(strikes):
        found[institute_id].undone.add(key)
    until_end = select(CheckInSettings.institute_id).where(
        CheckInSettings.institute_id.in_(institute_ids), CheckInSettings.until_day_end
    )
    for institute_id in db.session.scalars(until_end):
        found[institute_id].until_end = True
    sessions = select(Session.institute_id, Session.id, Session.starts, Session.ends_at).where(
        Session.institute_id.in_(institute_ids),
        Session.starts.is_not(None),
        Session.ends_at.is_not(None),
        Session.cancelled_at.is_(None),
    )
    for institute_id, session_id, starts, ends_at in db.session.execute(sessions):
        if starts and ends_at:
            facts, on = found[institute_id], starts.date()
            facts.session_ends[session_id] = ends_at
            facts.day_ends[on] = max(facts.day_ends.get(on, ends_at), ends_at)
    return found
