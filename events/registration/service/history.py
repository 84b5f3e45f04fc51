"""What a seat says to the programme: its roles, and whether person and LEA are new here."""

import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Select, String, cast, exists, func, select
from sqlalchemy.orm import aliased, contains_eager, selectinload

from consortium.database import db
from events.institutes.models import DAY, STRAND, Institute
from events.registration.models import ACTIVE_SEATS, Seat, Team, TeamStatus
from events.schedule.domain import ANYBODY, NEW_DISTRICT, NEW_MEMBER, Attendee

ASKED_OF_INSTITUTES = (Institute.roles, Institute.days, Institute.pools, Institute.strands)
"""What of an institute tells whom its sessions are for."""
K = TypeVar("K")


@dataclass(frozen=True, kw_only=True)
class _Said:
    """What a seat says, as far as the programme asks."""

    role_codes: tuple[str, ...]
    choices: Collection[str]
    cohort: str
    new_member: bool
    new_district: bool


def attendee_of(seat: Seat) -> Attendee:
    """Return the seat as the programme asks about it."""
    return attendees_of([seat])[0]


def attendees_of(seats: Collection[Seat]) -> Sequence[Attendee]:
    """Return the seats as the programme asks about them, in the same order, by one query."""
    teams = _new_districts(Team.id.in_({seat.team_id for seat in seats}))
    new = frozenset(db.session.scalars(teams))
    return [
        _attendee(
            seat.team.institute,
            _Said(
                role_codes=seat.role_codes,
                choices=seat.choices,
                cohort=seat.team.cohort,
                new_member=seat.new_member,
                new_district=seat.team_id in new,
            ),
            seat_id=seat.id,
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


def crowd_at(institute_id: UUID) -> Mapping[Attendee, int]:
    """Return who comes to the institute, or is invited, in teams that have their places.

    Counted by the database: each attendee, on the seat ``ANYBODY``, stands for all to whom the
    programme means the same.
    """
    new = _new_districts(Team.institute_id == institute_id)
    seats = (
        select(
            Seat.role_code,
            cast(Seat.also_role_codes, String).label("also"),
            cast(Seat.choices, String).label("choices"),
            Seat.new_member,
            Team.cohort,
            Team.id.in_(new.correlate(None)).label("new_district"),
        )
        .join(Team, Seat.team_id == Team.id)
        .where(
            Seat.institute_id == institute_id,
            Seat.status.in_(ACTIVE_SEATS),
            Team.status == TeamStatus.REGISTERED,
        )
        .subquery()
    )
    statement = select(*seats.c, func.count().label("people")).group_by(*seats.c)
    rows = db.session.execute(statement).all()
    institute = db.session.get_one(Institute, institute_id)
    crowd: Counter[Attendee] = Counter()
    for row in rows:
        said = _Said(
            role_codes=(row.role_code, *json.loads(row.also)),
            choices=json.loads(row.choices),
            cohort=row.cohort,
            new_member=row.new_member,
            new_district=row.new_district,
        )
        crowd[_attendee(institute, said, seat_id=ANYBODY)] += row.people
    return crowd


def flags_of(seat: Seat) -> frozenset[str]:
    """Return ``new_district`` and ``new_member`` as far as they are true of this seat."""
    return attendee_of(seat).flags


def _attendee(institute: Institute, said: _Said, *, seat_id: UUID) -> Attendee:
    sides = {role.code: role.side.value for role in institute.roles}
    flags = {NEW_DISTRICT: said.new_district, NEW_MEMBER: said.new_member}
    return Attendee(
        seat_id=seat_id,
        role_codes=said.role_codes,
        flags=frozenset(flag for flag, is_true in flags.items() if is_true),
        cohort=said.cohort,
        sides=frozenset(sides[code] for code in said.role_codes if code in sides),
        days_off=_days_off(institute, said.choices),
        strands_off={
            strand.code: strand.label
            for strand in institute.strands
            if STRAND + strand.code not in said.choices
        },
    )


def _days_off(institute: Institute, choices: Collection[str]) -> Mapping[date, str]:
    """Return the optional days on which places are counted and whoever chose these has none.

    A day that nobody counts is for whoever comes: nothing has to be chosen for it.
    """
    return {
        day.on: day.label
        for day in institute.days
        if day.optional
        and (code := DAY + day.on.isoformat()) not in choices
        and institute.pool(code) is not None
    }


def _off_everywhere(each: Sequence[Mapping[K, str]]) -> Mapping[K, str]:
    """Return what is closed to every seat of a person: a place on one of them is enough."""
    return {code: label for code, label in each[0].items() if all(code in one for one in each)}


def _new_districts(teams: ColumnElement[bool]) -> Select[UUID]:
    """Return which of the teams are of an LEA that never had a registered team here before.

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
    return select(Team.id).where(teams, Team.lea_id.is_not(None), ~came_before)


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
