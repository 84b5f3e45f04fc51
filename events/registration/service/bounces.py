"""Invitations that did not arrive: seen by the leads and the coordinators until the next one."""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from consortium import clock
from consortium.database import db
from consortium.outbox.models import OutboxEmail
from consortium.paging import PAGE_SIZE, Page, nearest_page
from events.registration.models import Seat, SeatStatus, Team, TeamStatus

SEAT = "seat:"
LONGEST_WHY = 300


def note_lost_invitation(mail: OutboxEmail, why: str) -> None:
    """Write down at the seat that its invitation did not reach the member. Flushes.

    Only while it matters: other mails about the seat, and invitations to an address that is
    corrected by now, change nothing. Part of settling the mail, which says when it was.
    """
    seat_id = _seat_of(mail)
    seat = seat_id and db.session.scalar(
        select(Seat)
        .where(Seat.id == seat_id, Seat.status == SeatStatus.INVITED)
        .options(joinedload(Seat.person))
        .with_for_update(of=Seat)
    )
    if seat and seat.person.email == mail.to:
        seat.undelivered_at = clock.now()
        seat.undelivered_why = why[:LONGEST_WHY]
        db.session.flush()


def lost_invitations(institute_id: UUID, number: int) -> Page[Seat]:
    """Return a page of the seats whose invitation did not arrive, latest first."""
    lost = (
        Seat.institute_id == institute_id,
        Seat.status == SeatStatus.INVITED,
        Seat.undelivered_at.is_not(None),
        Team.status == TeamStatus.REGISTERED,
    )
    count = select(func.count(Seat.id)).join(Team, Team.id == Seat.team_id).where(*lost)
    total = db.session.scalars(count).one()
    number = nearest_page(number, total)
    statement = (
        select(Seat)
        .join(Team, Team.id == Seat.team_id)
        .where(*lost)
        .options(joinedload(Seat.team), joinedload(Seat.person))
        .order_by(Seat.undelivered_at.desc(), Seat.id)
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    )
    return Page(items=db.session.scalars(statement).all(), total=total, number=number)


def _seat_of(mail: OutboxEmail) -> UUID | None:
    return UUID(mail.about.removeprefix(SEAT)) if mail.about.startswith(SEAT) else None
