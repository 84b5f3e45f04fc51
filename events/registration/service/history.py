"""What a seat says to the programme: its roles, and whether person and LEA are new here."""

from uuid import UUID

from sqlalchemy import exists, select

from consortium.database import db
from events.registration.models import ACTIVE_SEATS, Seat, Team, TeamStatus
from events.schedule.domain import NEW_DISTRICT, NEW_MEMBER, Attendee


def attendee_of(seat: Seat) -> Attendee:
    """Return the seat as the programme asks about it."""
    return Attendee(
        seat_id=seat.id,
        role_codes=seat.role_codes,
        flags=flags_of(seat),
        cohort=seat.team.cohort,
    )


def flags_of(seat: Seat) -> frozenset[str]:
    """Return ``new_district`` and ``new_member`` as far as they are true of this seat."""
    said = {NEW_DISTRICT: is_new_district(seat.team), NEW_MEMBER: seat.new_member}
    return frozenset(flag for flag, is_true in said.items() if is_true)


def is_new_district(team: Team) -> bool:
    """Tell whether the LEA never had a registered team in this consortium before this one.

    Visitors without an LEA are no district, new or old.
    """
    if team.lea_id is None:
        return False
    earlier = exists(
        select(Team.id).where(
            Team.lea_id == team.lea_id,
            Team.institute_id != team.institute_id,
            Team.status == TeamStatus.REGISTERED,
            Team.created_at < team.created_at,
        )
    )
    return not db.session.scalar(select(earlier))


def is_new_member(person_id: UUID, institute_id: UUID) -> bool:
    """Tell whether the person never had a seat at another institute of this consortium."""
    earlier = exists(
        select(Seat.id)
        .join(Team, Seat.team_id == Team.id)
        .where(
            Seat.person_id == person_id,
            Seat.institute_id != institute_id,
            Seat.status.in_(ACTIVE_SEATS),
            Team.status == TeamStatus.REGISTERED,
        )
    )
    return not db.session.scalar(select(earlier))
