"""What ends with a seat: its invitation, mails not sent yet, chosen sessions, consent."""

from sqlalchemy import delete, exists, select, update

from consortium.database import db
from consortium.outbox import service as outbox
from consortium.people.service import consents
from events.registration.models import ACTIVE_SEATS, Seat, SeatStatus
from events.schedule.models import Session, SessionChoice


def free_of_duties(seat: Seat) -> None:
    """Give back what the seat's holder had: sessions, consent, mails that are no longer true."""
    outbox.supersede(f"seat:{seat.id}")
    theirs = delete(SessionChoice).where(SessionChoice.seat_id == seat.id)
    given_up = db.session.scalars(theirs.returning(SessionChoice.session_id)).all()
    # One place for each: a person has a session at most once.
    db.session.execute(
        update(Session).where(Session.id.in_(sorted(given_up))).values(taken=Session.taken - 1)
    )
    if not _sits_elsewhere(seat):
        consents.withdraw_consent(seat.person_id, seat.institute_id)
    seat.wants_peers = False


def end_seat(seat: Seat) -> None:
    """Take the seat back from its holder; the link in the invitation is dead from now on."""
    seat.status = SeatStatus.WITHDRAWN
    seat.invitation_digest = None
    free_of_duties(seat)


def _sits_elsewhere(seat: Seat) -> bool:
    """Tell whether the same person has another seat here, as a superintendent of two LEAs has."""
    other = exists(
        select(Seat.id).where(
            Seat.person_id == seat.person_id,
            Seat.institute_id == seat.institute_id,
            Seat.id != seat.id,
            Seat.status.in_(ACTIVE_SEATS),
        )
    )
    return bool(db.session.scalar(select(other)))
