"""What ends with a seat: its invitation, mails not sent yet, sessions, calendar, badge, consent."""

from uuid import UUID

from sqlalchemy import ColumnElement, Select, delete, exists, select, update

from consortium import clock
from consortium.calendar.domain import about_calendar
from consortium.calendar.service import close_feed, ledger
from consortium.database import db
from consortium.drafts import service as drafts
from consortium.outbox import service as outbox
from consortium.people.service import consents
from events.institutes.domain import JointActKind
from events.registration import emails
from events.registration.models import (
    ACTIVE_SEATS,
    Answering,
    PlaceWait,
    Seat,
    SeatStatus,
    SubstitutionRequest,
    Team,
    TeamStatus,
)
from events.registration.service import joint
from events.registration.service.badges import void_badge
from events.registration.service.history import attendee_of
from events.schedule import service as schedule

TOLD = (SeatStatus.INVITED, SeatStatus.CONFIRMED)


def take_back(seat: Seat, status: SeatStatus = SeatStatus.WITHDRAWN) -> None:
    """Take the seat back from its holder, who is told if there was an invitation.

    The link in it is dead from now on, and what was sent for the holder's calendar is cancelled.
    """
    told = seat.status in TOLD
    seat.invitation_digest = None
    leaving = end_seat(seat, status)
    if told:
        mail = emails.released(seat, leaving=leaving)
        outbox.promise(mail, about=f"seat:{seat.id}")


def give_back(seat: Seat) -> None:
    """End the seat because its holder gave it back; sessions leave the holder's calendar. Flushes.

    The link still opens the page, which says what happened.
    """
    leaving = end_seat(seat, SeatStatus.DECLINED)
    if leaving:
        mail = emails.given_back(seat, leaving=leaving)
        outbox.promise(mail, about=f"seat:{seat.id}")


def uninvite(seat: Seat) -> None:
    """Let a member's invitation and everything that came with it end, but not the seat. Flushes.

    The member is named as before any invitation, and is told if there was one.
    """
    told = seat.status in TOLD
    leaving = end_seat(seat, SeatStatus.WITHDRAWN)
    seat.status = SeatStatus.NAMED
    seat.ended_at = seat.invitation_digest = seat.invited_at = None
    seat.reminded_at = seat.answered_at = None
    db.session.flush()
    if told:
        mail = emails.released(seat, leaving=leaving)
        outbox.promise(mail, about=f"seat:{seat.id}")


def end_seat(seat: Seat, status: SeatStatus) -> int:
    """End the seat, and free its holder of what came with it.

    Returns how many sessions must leave the holder's calendar. Someone who sits in
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
        return 0
    calendar = about_calendar(seat.institute_id, seat.person_id)
    outbox.supersede(f"seat:{seat.id}", f"choose:{seat.id}", calendar)
    drafts.forget_everyones([f"seat:{seat.id}"])
    schedule.release_seat(seat.institute_id, seat.id)
    void_badge(seat)
    seat.wants_peers = False
    if not _is_seated(seat, Seat.institute_id == seat.institute_id):
        consents.withdraw_consent(seat.person_id, seat.institute_id)
    if not _is_seated(seat):
        close_feed(seat.person_id)
    return len(_leaving_the_calendar(seat))


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


def _is_seated(seat: Seat, *where: ColumnElement[bool]) -> bool:
    """Tell whether the same person has another seat, as a superintendent of two LEAs has."""
    return bool(db.session.scalar(select(exists(_others(seat).where(*where)))))


def _others(seat: Seat) -> Select[UUID]:
    return select(Seat.id).where(
        Seat.person_id == seat.person_id, Seat.id != seat.id, Seat.status.in_(ACTIVE_SEATS)
    )


def _leaving_the_calendar(seat: Seat) -> frozenset[str]:
    """Return the sessions that the holder was invited to and that no other seat gives."""
    invited = ledger.invited_to(seat.person_id, seat.institute_id)
    others = (
        select(Seat)
        .join(Team, Seat.team_id == Team.id)
        .where(
            Seat.person_id == seat.person_id,
            Seat.institute_id == seat.institute_id,
            Seat.status == SeatStatus.CONFIRMED,
            Team.status == TeamStatus.REGISTERED,
        )
    )
    if not invited:
        return invited
    kept = (
        session.uid
        for other in db.session.scalars(others)
        for session in schedule.sessions_to_come(other.team.institute, attendee_of(other))
    )
    return invited.difference(kept)
