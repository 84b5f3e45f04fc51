"""What ends with a seat: its invitation, mails not sent yet, sessions, calendar, badge, consent."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Select, delete, exists, func, select, update

from consortium import clock
from consortium.calendar.service import close_feed
from consortium.database import db
from consortium.drafts import service as drafts
from consortium.outbox import service as outbox
from consortium.people.service import consents
from consortium.ports import Method
from events.institutes.domain import JointActKind
from events.registration import emails
from events.registration.domain.calendars import uids_in
from events.registration.models import (
    ACTIVE_SEATS,
    Answering,
    PlaceWait,
    Seat,
    SeatStatus,
    SubstitutionRequest,
)
from events.registration.service import joint
from events.registration.service.badges import void_badge
from events.schedule import service as schedule

TOLD = (SeatStatus.INVITED, SeatStatus.CONFIRMED)
ENDED = (SeatStatus.DECLINED, SeatStatus.REPLACED, SeatStatus.WITHDRAWN)


def take_back(seat: Seat, status: SeatStatus = SeatStatus.WITHDRAWN) -> None:
    """Take the seat back from its holder, who is told if there was an invitation.

    The link in it is dead from now on, and what was sent for the holder's calendar is cancelled.
    """
    told = seat.status in TOLD
    seat.invitation_digest = None
    cancelled = end_seat(seat, status)
    if told:
        mail = emails.released(seat, cancelled=cancelled, raised_by=raised_by(seat) + 1)
        outbox.promise(mail, about=f"seat:{seat.id}")


def give_back(seat: Seat) -> None:
    """End the seat because its holder gave it back; sessions leave the holder's calendar. Flushes.

    The link still opens the page, which says what happened.
    """
    cancelled = end_seat(seat, SeatStatus.DECLINED)
    if cancelled:
        mail = emails.given_back(seat, cancelled=cancelled, raised_by=raised_by(seat) + 1)
        outbox.promise(mail, about=f"seat:{seat.id}")


def uninvite(seat: Seat) -> None:
    """Let a member's invitation and everything that came with it end, but not the seat. Flushes.

    The member is named as before any invitation, and is told if there was one.
    """
    told = seat.status in TOLD
    cancelled = end_seat(seat, SeatStatus.WITHDRAWN)
    seat.status = SeatStatus.NAMED
    seat.ended_at = seat.invitation_digest = seat.invited_at = None
    seat.reminded_at = seat.answered_at = None
    db.session.flush()
    if told:
        mail = emails.released(seat, cancelled=cancelled, raised_by=raised_by(seat) + 1)
        outbox.promise(mail, about=f"seat:{seat.id}")


def end_seat(seat: Seat, status: SeatStatus) -> frozenset[str]:
    """End the seat, and free its holder of what came with it.

    Returns the UIDs of the sessions that must leave the holder's calendar. Someone who sits in
    another team here keeps consent, badge and the sessions of that seat. Flushes.
    """
    seat.status = status
    seat.ended_at = clock.now()
    seat.undelivered_at = None
    seat.choices = []
    db.session.flush()
    lapse_wishes(seat)
    db.session.execute(delete(PlaceWait).where(PlaceWait.seat_id == seat.id))
    if seat.person_id is None:
        return frozenset()
    outbox.supersede(f"seat:{seat.id}")
    drafts.forget_everyones([f"seat:{seat.id}"])
    schedule.release_seat(seat.institute_id, seat.id)
    void_badge(seat)
    seat.wants_peers = False
    if not _is_seated(seat, Seat.institute_id == seat.institute_id):
        consents.withdraw_consent(seat.person_id, seat.institute_id)
    if not _is_seated(seat):
        close_feed(seat.person_id)
    return _uids_sent([seat.id]) - _uids_sent(_other_seats_here(seat))


def lapse_wishes(seat: Seat) -> None:
    """Let what leads asked for about the seat lapse, since it is another one now. Flushes."""
    db.session.execute(
        update(SubstitutionRequest)
        .where(SubstitutionRequest.seat_id == seat.id, SubstitutionRequest.status == Answering.OPEN)
        .values(status=Answering.LAPSED, decided_at=clock.now())
    )
    outbox.supersede(f"substitution:{seat.id}")
    if seat.team.institute.joint_acts:
        joint.lapse(seat.team, JointActKind.SUBSTITUTE, f"seat:{seat.id}")


def raised_by(seat: Seat) -> int:
    """Return by how much calendar mails to the seat's holder are raised in their sequence.

    Two for each earlier seat of the same person here that ended, so that an invitation comes
    after the cancellation of the last one, which is raised by one more.
    """
    earlier = select(func.count(Seat.id)).where(
        Seat.person_id == seat.person_id,
        Seat.institute_id == seat.institute_id,
        Seat.id != seat.id,
        Seat.status.in_(ENDED),
    )
    return 2 * db.session.scalars(earlier).one()


def _is_seated(seat: Seat, *where: ColumnElement[bool]) -> bool:
    """Tell whether the same person has another seat, as a superintendent of two LEAs has."""
    return bool(db.session.scalar(select(exists(_others(seat).where(*where)))))


def _other_seats_here(seat: Seat) -> Sequence[UUID]:
    here = _others(seat).where(Seat.institute_id == seat.institute_id)
    return db.session.scalars(here).all()


def _others(seat: Seat) -> Select[UUID]:
    return select(Seat.id).where(
        Seat.person_id == seat.person_id, Seat.id != seat.id, Seat.status.in_(ACTIVE_SEATS)
    )


def _uids_sent(seat_ids: Sequence[UUID]) -> frozenset[str]:
    """Return the UIDs of the sessions to which these seats' holders were invited by mail."""
    mails = outbox.gone_out(*(f"seat:{seat_id}" for seat_id in seat_ids))
    files = (file for mail in mails for file in mail.attachments)
    return frozenset(
        uid
        for file in files
        if file.method == Method.REQUEST.value
        for uid in uids_in(file.content)
    )
