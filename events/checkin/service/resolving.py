"""Whose badge a code is, and why it may not count."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import aliased

from consortium.database import db
from events.checkin.domain import SEAT, Problem
from events.institutes.models import Institute
from events.registration import service as registration
from events.registration.models import Badge, Seat, SeatStatus, Team


@dataclass(frozen=True, kw_only=True)
class Whose:
    """Whose a code is."""

    person_id: UUID | None = None
    name: str = ""
    problem: Problem | None = None
    voided_at: datetime | None = None
    """Since when it does not count any more; scans of before do."""
    heir: str = ""
    elsewhere: str = ""

    def problem_at(self, at: datetime) -> Problem | None:
        """Return why a scan at this moment does not count, or ``None``."""
        return None if self.voided_at is not None and at < self.voided_at else self.problem


UNKNOWN = Whose(problem=Problem.UNKNOWN)


def whose(institute: Institute, codes: Collection[str]) -> Mapping[str, Whose]:
    """Return whose each code is; the seats of expected people without a badge are confirmed.

    Codes that nobody has are left out. Flushes.
    """
    seats = _seat_ids(codes)
    found = _by_seat(institute, seats) if seats else {}
    return {**found, **_by_badge(institute, [code for code in codes if code not in seats])}


def names_of(institute_id: UUID, person_ids: Collection[UUID]) -> Mapping[UUID, tuple[str, str]]:
    """Return what these people and their teams are called at the institute, whoever still comes."""
    named = (
        select(Seat.person_id, Seat.name, Team.name.label("team"), Seat.status)
        .join(Team, Seat.team_id == Team.id)
        .where(Seat.institute_id == institute_id, Seat.person_id.in_(list(person_ids)))
        .order_by(Seat.id)
    )
    rows = db.session.execute(named).all()
    ended = [row for row in rows if row.status is not SeatStatus.CONFIRMED]
    live = [row for row in rows if row.status is SeatStatus.CONFIRMED]
    return {row.person_id: (row.name, row.team) for row in (*ended, *live)}


def _seat_ids(codes: Collection[str]) -> Mapping[str, UUID]:
    found = {}
    for code in codes:
        if code.startswith(SEAT):
            try:
                found[code] = UUID(code.removeprefix(SEAT))
            except ValueError:
                continue
    return found


def _by_seat(institute: Institute, seats: Mapping[str, UUID]) -> Mapping[str, Whose]:
    standing = registration.confirm_at_door(institute.id, seats.values())
    return {
        code: Whose(person_id=standing[seat_id].person_id, name=standing[seat_id].name)
        for code, seat_id in seats.items()
        if seat_id in standing
    }


def _by_badge(institute: Institute, codes: Collection[str]) -> Mapping[str, Whose]:
    other = aliased(Badge)
    live_here = exists().where(
        other.institute_id == Badge.institute_id,
        other.person_id == Badge.person_id,
        other.voided_at.is_(None),
    )
    statement = (
        select(Badge, Institute.title, live_here.label("live"))
        .join(Institute, Badge.institute_id == Institute.id)
        .where(Badge.code.in_(codes))
    )
    rows = db.session.execute(statement).all()
    here = [row.Badge for row in rows if row.Badge.institute_id == institute.id]
    names = names_of(institute.id, {badge.person_id for badge in here})
    ended = [row.Badge for row in rows if row.Badge in here and not row.live]
    heirs = _heirs(institute.id, {badge.person_id for badge in ended})
    found = {}
    for badge, title, live in rows:
        if badge.institute_id != institute.id:
            found[badge.code] = Whose(problem=Problem.OTHER_EVENT, elsewhere=title)
            continue
        name, _team = names.get(badge.person_id, ("", ""))
        heir = heirs.get(badge.person_id, "")
        why = None if live else Problem.REPLACED if heir else Problem.NOT_COMING
        found[badge.code] = Whose(
            person_id=badge.person_id,
            name=name,
            problem=why,
            voided_at=badge.voided_at if why else None,
            heir=heir,
        )
    return found


def _heirs(institute_id: UUID, person_ids: Collection[UUID]) -> Mapping[UUID, str]:
    """Return who has the seat now that each of these people had, by their name."""
    former, present = aliased(Seat), aliased(Seat)
    statement = (
        select(former.person_id, former.id, present.id, present.name, present.status)
        .join(present, present.replaces_id == former.id)
        .where(former.institute_id == institute_id, former.person_id.in_(list(person_ids)))
        .order_by(former.ended_at)
    )
    found = {}
    for person_id, _former, seat_id, name, status in db.session.execute(statement):
        found[person_id] = _last_heir(seat_id, name, status)
    return {person_id: name for person_id, name in found.items() if name}


def _last_heir(seat_id: UUID, name: str, status: SeatStatus) -> str:
    """Follow the seat to whoever has it at last; empty where nobody has."""
    while status is SeatStatus.REPLACED:
        row = db.session.execute(
            select(Seat.id, Seat.name, Seat.status).where(Seat.replaces_id == seat_id)
        ).first()
        if row is None:
            return ""
        seat_id, name, status = row
    return name if status in {SeatStatus.INVITED, SeatStatus.CONFIRMED} else ""
