"""Who is expected, and who of them is here: what desks, counts and badges start from."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row, and_, select

from consortium import clock
from consortium.database import db
from consortium.people.domain import Side
from consortium.people.models import Person
from events.checkin.domain import SEAT, day_of
from events.checkin.domain.counts import Guest
from events.checkin.models import CheckIn
from events.institutes.models import DAY, Institute
from events.registration import service as registration
from events.registration.models import ACTIVE_SEATS, Badge, Seat, SeatStatus, Team, TeamStatus

AnyRow = Row[*tuple[Any, ...]]
# What desks may know of a seat; what people eat and need is not even read.
_OF_A_SEAT = (
    Seat.id,
    Seat.person_id,
    Seat.team_id,
    Seat.name,
    Seat.role_code,
    Seat.also_role_codes,
    Seat.status,
    Seat.choices,
)


def guests_of(
    institute: Institute,
    on: date | None = None,
    *,
    person_ids: Collection[UUID] | None = None,
) -> Sequence[Guest]:
    """Return everyone expected at the institute, each once, by name.

    With a day, those expected on it, and whether they have arrived. People who have not
    answered their invitation are expected too. Nobody is at an institute that is cancelled.
    """
    if institute.cancelled:
        return []
    rows = _rows(institute, person_ids)
    roles = {role.code: (role.label, role.side) for role in institute.roles}
    seats: dict[UUID, list[AnyRow]] = defaultdict(list)
    for row in rows:
        seats[row.person_id].append(row)
    guests = [_guest(theirs, roles) for theirs in seats.values()]
    if on is None:
        return guests
    optional = {day.on for day in institute.days if day.optional}
    if on in optional:
        guests = [guest for guest in guests if on in guest.days]
    here = check_ins_of(institute.id, on)
    return [
        replace(guest, arrived=there.arrived_at, left=there.left_at)
        if (there := here.get(guest.person_id))
        else guest
        for guest in guests
    ]


def check_ins_of(institute_id: UUID, on: date) -> Mapping[UUID, CheckIn]:
    """Return who is checked in on a day, whoever is expected."""
    statement = select(CheckIn).where(
        CheckIn.institute_id == institute_id, CheckIn.on == on, CheckIn.undone_at.is_(None)
    )
    return {row.person_id: row for row in db.session.scalars(statement)}


def own_badge(institute: Institute, person: Person | None) -> Badge | None:
    """Return someone's own live badge at the institute, if there is one."""
    if person is None or institute.cancelled:
        return None
    return registration.find_badge(institute.id, person.id)


def own_check_in(institute: Institute, person: Person | None) -> CheckIn | None:
    """Return someone's own check-in of today, if there is one."""
    if person is None:
        return None
    return check_ins_of(institute.id, day_of(clock.now(), institute.zone)).get(person.id)


def _rows(institute: Institute, person_ids: Collection[UUID] | None) -> Sequence[AnyRow]:
    statement = (
        select(*_OF_A_SEAT, Team.name.label("team"), Badge.code)
        .join(Team, Seat.team_id == Team.id)
        .outerjoin(
            Badge,
            and_(
                Badge.institute_id == Seat.institute_id,
                Badge.person_id == Seat.person_id,
                Badge.voided_at.is_(None),
            ),
        )
        .where(
            Seat.institute_id == institute.id,
            Seat.status.in_(ACTIVE_SEATS),
            Team.status == TeamStatus.REGISTERED,
        )
        .order_by(Seat.name, Seat.id)
    )
    if person_ids is not None:
        statement = statement.where(Seat.person_id.in_(list(person_ids)))
    return db.session.execute(statement).all()


def _guest(rows: Sequence[AnyRow], roles: Mapping[str, tuple[str, Side]]) -> Guest:
    """Return one person; a confirmed seat speaks for the person before one that is not."""
    rows = sorted(rows, key=lambda row: row.status is not SeatStatus.CONFIRMED)
    first = rows[0]
    codes = dict.fromkeys(code for row in rows for code in (row.role_code, *row.also_role_codes))
    told = [roles.get(code, (code, Side.OTHER)) for code in codes]
    confirmed = first.status is SeatStatus.CONFIRMED
    return Guest(
        person_id=first.person_id,
        code=(confirmed and first.code) or f"{SEAT}{first.id}",
        name=first.name,
        seated_in=tuple({row.team_id: row.team for row in rows}.items()),
        roles=tuple(label for label, _ in told),
        sides=tuple(dict.fromkeys(side for _, side in told)),
        confirmed=confirmed,
        days=frozenset(
            date.fromisoformat(choice.removeprefix(DAY))
            for row in rows
            for choice in row.choices
            if choice.startswith(DAY)
        ),
    )
