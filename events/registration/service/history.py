"""What a seat says to the programme: its roles, and whether person and LEA are new here."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import TypeVar
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import aliased, contains_eager, selectinload

from consortium.database import db
from events.institutes.models import DAY, STRAND, Institute
from events.registration.models import ACTIVE_SEATS, Seat, Team, TeamStatus
from events.schedule.domain import NEW_DISTRICT, NEW_MEMBER, Attendee

ASKED_OF_INSTITUTES = (Institute.roles, Institute.days, Institute.pools, Institute.strands)
"""What of an institute tells whom its sessions are for."""
K = TypeVar("K")


def attendee_of(seat: Seat) -> Attendee:
    """Return the seat as the programme asks about it."""
    return attendees_of([seat])[0]


def attendees_of(seats: Collection[Seat]) -> Sequence[Attendee]:
    """Return the seats as the programme asks about them, in the same order, by one query."""
    new = _new_districts({seat.team_id for seat in seats})
    return [
        Attendee(
            seat_id=seat.id,
            role_codes=seat.role_codes,
            flags=_flags(seat, new_district=seat.team_id in new),
            cohort=seat.team.cohort,
            sides=_sides(seat),
            days_off=_days_off(seat),
            strands_off=_strands_off(seat),
        )
        for seat in seats
    ]


def attendees_on(seat_ids: Collection[UUID]) -> Mapping[UUID, Attendee]:
    """Return who sits on these seats, with the person's other seats at the same institute.

    A seat that was given back, or whose team has no places, is nobody's.
    """
    asked = aliased(Seat)
    statement = (
        select(Seat, asked.id)
        .join(
            asked,
            (asked.person_id == Seat.person_id) & (asked.institute_id == Seat.institute_id),
        )
        .join(Team, Seat.team_id == Team.id)
        .where(
            asked.id.in_(seat_ids),
            Seat.status.in_(ACTIVE_SEATS),
            Team.status == TeamStatus.REGISTERED,
        )
        .options(
            contains_eager(Seat.team)
            .joinedload(Team.institute)
            .options(*(selectinload(part) for part in ASKED_OF_INSTITUTES))
        )
        .order_by(Team.registered_at, Seat.id)
    )
    seats: dict[UUID, list[Seat]] = {}
    for seat, seat_id in db.session.execute(statement):
        seats.setdefault(seat_id, []).append(seat)
    each = list({seat.id: seat for theirs in seats.values() for seat in theirs}.values())
    known = dict(zip((seat.id for seat in each), attendees_of(each), strict=True))
    return {
        seat_id: as_one([known[seat.id] for seat in theirs])
        for seat_id, theirs in seats.items()
        if seat_id in {seat.id for seat in theirs}
    }


def as_one(attendees: Sequence[Attendee]) -> Attendee:
    """Return one person who sits on several seats at an institute; the first is the main one."""
    first, *others = attendees
    return Attendee(
        seat_id=first.seat_id,
        other_seat_ids=frozenset(one.seat_id for one in others),
        role_codes=tuple(dict.fromkeys(code for one in attendees for code in one.role_codes)),
        flags=frozenset[str]().union(*(one.flags for one in attendees)),
        cohort=next((one.cohort for one in attendees if one.cohort), ""),
        sides=frozenset[str]().union(*(one.sides for one in attendees)),
        days_off=_off_everywhere([one.days_off for one in attendees]),
        strands_off=_off_everywhere([one.strands_off for one in attendees]),
    )


def attendees_at(institute_id: UUID) -> Sequence[Attendee]:
    """Return everyone who comes to the institute, or is invited, in a team that has its place."""
    statement = (
        select(Seat)
        .join(Team, Seat.team_id == Team.id)
        .where(
            Seat.institute_id == institute_id,
            Seat.status.in_(ACTIVE_SEATS),
            Team.status == TeamStatus.REGISTERED,
        )
        .options(
            contains_eager(Seat.team)
            .joinedload(Team.institute)
            .options(*(selectinload(part) for part in ASKED_OF_INSTITUTES))
        )
    )
    return attendees_of(db.session.scalars(statement).all())


def flags_of(seat: Seat) -> frozenset[str]:
    """Return ``new_district`` and ``new_member`` as far as they are true of this seat."""
    return attendee_of(seat).flags


def _sides(seat: Seat) -> frozenset[str]:
    sides = {role.code: role.side.value for role in seat.team.institute.roles}
    return frozenset(sides[code] for code in seat.role_codes if code in sides)


def _days_off(seat: Seat) -> Mapping[date, str]:
    """Return the optional days on which places are counted and this seat has none.

    A day that nobody counts is for whoever comes: nothing has to be chosen for it.
    """
    institute = seat.team.institute
    return {
        day.on: day.label
        for day in institute.days
        if day.optional
        and (code := DAY + day.on.isoformat()) not in seat.choices
        and institute.pool(code) is not None
    }


def _strands_off(seat: Seat) -> Mapping[str, str]:
    return {
        strand.code: strand.label
        for strand in seat.team.institute.strands
        if STRAND + strand.code not in seat.choices
    }


def _off_everywhere(each: Sequence[Mapping[K, str]]) -> Mapping[K, str]:
    """Return what is closed to every seat of a person: a place on one of them is enough."""
    return {code: label for code, label in each[0].items() if all(code in one for one in each)}


def _flags(seat: Seat, *, new_district: bool) -> frozenset[str]:
    said = {NEW_DISTRICT: new_district, NEW_MEMBER: seat.new_member}
    return frozenset(flag for flag, is_true in said.items() if is_true)


def _new_districts(team_ids: Collection[UUID]) -> frozenset[UUID]:
    """Return the teams whose LEA never had a registered team in this consortium before.

    Visitors without an LEA are no district, new or old.
    """
    earlier = aliased(Team)
    came_before = exists(
        select(earlier.id).where(
            earlier.lea_id == Team.lea_id,
            earlier.institute_id != Team.institute_id,
            earlier.status == TeamStatus.REGISTERED,
            earlier.created_at < Team.created_at,
        )
    )
    new = select(Team.id).where(Team.id.in_(team_ids), Team.lea_id.is_not(None), ~came_before)
    return frozenset(db.session.scalars(new))


def new_members(person_ids: Collection[UUID], institute_id: UUID) -> frozenset[UUID]:
    """Return those who never had a seat at another institute of this consortium."""
    earlier = (
        select(Seat.person_id)
        .join(Team, Seat.team_id == Team.id)
        .where(
            Seat.person_id.in_(person_ids),
            Seat.institute_id != institute_id,
            Seat.status.in_(ACTIVE_SEATS),
            Team.status == TeamStatus.REGISTERED,
        )
    )
    return frozenset(person_ids) - frozenset(db.session.scalars(earlier))
