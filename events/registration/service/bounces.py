"""Invitations that did not arrive: seen by the leads and the coordinators until the next one."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from consortium import clock
from consortium.database import db
from consortium.outbox.models import OutboxEmail
from consortium.paging import PAGE_SIZE, Page, nearest_page
from events.registration.models import LeadInvitation, Seat, SeatStatus, Team, TeamStatus
from events.registration.service.leads import LEAD

SEAT = "seat"
LONGEST_WHY = 300


def note_lost_invitation(mail: OutboxEmail, why: str) -> None:
    """Write down at the seat that its invitation did not reach the member. Flushes.

    Only while it matters: other mails about the seat, and invitations to an address that is
    corrected by now, change nothing. Part of settling the mail, which says when it was.
    """
    kind, _, about_id = mail.about.partition(":")
    if kind == SEAT:
        _note_at_seat(UUID(about_id), mail.to, why)
    elif kind == LEAD:
        _note_at_lead(UUID(about_id), mail.to)
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


def lost_leads(institute_id: UUID) -> Sequence[tuple[LeadInvitation, Team]]:
    """Return who was asked to lead a team and never got the mail, latest first."""
    statement = (
        select(LeadInvitation, Team)
        .join(Team, Team.id == LeadInvitation.team_id)
        .where(
            Team.institute_id == institute_id,
            Team.status != TeamStatus.WITHDRAWN,
            LeadInvitation.answered_at.is_(None),
            LeadInvitation.undelivered_at.is_not(None),
        )
        .order_by(LeadInvitation.undelivered_at.desc(), LeadInvitation.id)
    )
    return [(row.LeadInvitation, row.Team) for row in db.session.execute(statement)]


def _note_at_seat(seat_id: UUID, to: str, why: str) -> None:
    seat = db.session.scalar(
        select(Seat)
        .where(Seat.id == seat_id, Seat.status == SeatStatus.INVITED)
        .with_for_update(of=Seat)
    )
    if seat is not None and seat.person.email == to:
        seat.undelivered_at = clock.now()
        seat.undelivered_why = why[:LONGEST_WHY]


def _note_at_lead(invitation_id: UUID, to: str) -> None:
    asked = db.session.scalar(
        select(LeadInvitation).where(
            LeadInvitation.id == invitation_id,
            LeadInvitation.answered_at.is_(None),
            LeadInvitation.email == to,
        )
    )
    if asked is not None:
        asked.undelivered_at = clock.now()
