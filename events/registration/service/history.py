"""What a seat says to the programme: its roles, and whether person and LEA are new here."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import aliased

from consortium.database import db
from events.registration.models import ACTIVE_SEATS, Seat, Team, TeamStatus
from events.schedule.domain import NEW_DISTRICT, NEW_MEMBER, Attendee


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
        )
        for seat in seats
    ]


def flags_of(seat: Seat) -> frozenset[str]:
    """Return ``new_district`` and ``new_member`` as far as they are true of this seat."""
    return attendee_of(seat).flags


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
