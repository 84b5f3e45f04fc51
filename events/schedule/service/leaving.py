"""What becomes of places in sessions when a seat ends, or a session is not held."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import delete, select, update

from consortium.database import db
from events.schedule.domain import Attendee, audience_refusal
from events.schedule.domain.news import session_cancelled
from events.schedule.models import Ranking, Session, SessionChoice, SessionWait
from events.schedule.service.announcing import announce, withdraw_news
from events.schedule.service.promoting import promote
from events.schedule.service.taking import free_place, held_by, hold_rounds
from events.schedule.service.turns import take_turn


def release_seat(institute_id: UUID, seat_id: UUID) -> None:
    """Give back every place that comes with a seat, and end its waits; others get the places."""
    take_turn(institute_id)
    db.session.execute(delete(SessionWait).where(SessionWait.seat_id == seat_id))
    withdraw_news([seat_id])
    db.session.execute(delete(Ranking).where(Ranking.seat_id == seat_id))
    theirs = select(Session).where(
        Session.id.in_(select(SessionChoice.session_id).where(SessionChoice.seat_id == seat_id))
    )
    held = db.session.scalars(theirs).all()
    if not held:
        return
    hold_rounds(*held)
    freed = sorted(session.id for session in held)
    db.session.execute(delete(SessionChoice).where(SessionChoice.seat_id == seat_id))
    # One place for each: a person has a session at most once.
    fewer = update(Session).where(Session.id.in_(freed)).values(taken=Session.taken - 1)
    db.session.execute(fewer)
    promote(institute_id, freed)


def release_unfit(
    institute_id: UUID, attendee: Attendee, *, reasons: Collection[str]
) -> tuple[Session, ...]:
    """Give back the places in sessions that are for others now, for one of these reasons.

    Someone who gives up an optional day leaves its sessions to who waits for them. Returns them.
    """
    take_turn(institute_id)
    unfit = [
        session
        for session in held_by(attendee)
        if session.institute_id == institute_id
        and (refusal := audience_refusal(session.planned, attendee, role_labels={})) is not None
        and refusal.reason in reasons
    ]
    if not unfit:
        return ()
    hold_rounds(*unfit)
    for session in unfit:
        free_place(session.id, attendee)
    promote(institute_id, [session.id for session in unfit])
    return tuple(unfit)


def free_holders(session_ids: Collection[UUID]) -> None:
    """Tell everyone who chose these cancelled sessions, or waits for them, and end the waits.

    Their round is open to them again; places in a session that is not held are only history.
    Nobody is told again when something else of a cancelled session changes.
    """
    cancelled = select(Session).where(
        Session.id.in_(session_ids), Session.cancelled_at == Session.changed_at
    )
    for session in db.session.scalars(cancelled.order_by(Session.id)).all():
        holders = select(SessionChoice.seat_id).where(SessionChoice.session_id == session.id)
        waiters = (
            delete(SessionWait)
            .where(SessionWait.session_id == session.id)
            .returning(SessionWait.seat_id)
        )
        waited = sorted(db.session.scalars(waiters))
        chose = sorted(db.session.scalars(holders))
        announce(
            session.institute_id,
            [
                *(session_cancelled(seat_id, session.planned, waited=False) for seat_id in chose),
                *(session_cancelled(seat_id, session.planned, waited=True) for seat_id in waited),
            ],
        )
