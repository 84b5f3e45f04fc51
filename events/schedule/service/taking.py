"""Places in sessions as rows and counters: take one, give it back, who holds and waits."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import delete, or_, select, update

from consortium import clock
from consortium.database import db, translating
from consortium.words import say
from events.schedule.domain import Attendee, ChoiceRefused, SessionFull
from events.schedule.models import ONE_CHOICE, Session, SessionChoice, SessionWait
from events.schedule.service.announcing import withdraw_news


def held_by(attendee: Attendee) -> Sequence[Session]:
    """Return the sessions in which the attendee has a place of their own."""
    statement = (
        select(Session)
        .join(SessionChoice, SessionChoice.session_id == Session.id)
        .where(SessionChoice.seat_id.in_(attendee.seat_ids))
        .order_by(Session.starts_at, Session.code)
    )
    return db.session.scalars(statement).all()


def take_place(session: Session, attendee: Attendee, *, reason: str = "") -> None:
    """Give the attendee one of the places that are left. Flushes.

    Raises ``SessionFull`` without one, ``ChoiceRefused`` for who has one already.
    """
    counted = update(Session).where(
        Session.id == session.id,
        Session.cancelled_at.is_(None),
        Session.capacity.is_(None) | (Session.taken < Session.capacity),
    )
    taking = counted.values(taken=Session.taken + 1).returning(Session.id)
    if db.session.scalar(taking) is None:
        raise SessionFull(session.title)
    db.session.add(
        SessionChoice(
            session_id=session.id,
            seat_id=attendee.seat_id,
            chosen_at=clock.now(),
            reason=reason,
        )
    )
    already = ChoiceRefused(say("You have “%(title)s” already.", title=session.title))
    with translating(ONE_CHOICE, into=already):
        db.session.flush()


def free_place(session_id: UUID, attendee: Attendee) -> bool:
    """Take the attendee's place in the session back, and tell whether there was one."""
    theirs = delete(SessionChoice).where(
        SessionChoice.session_id == session_id, SessionChoice.seat_id.in_(attendee.seat_ids)
    )
    given_back = db.session.scalars(theirs.returning(SessionChoice.id)).all()
    withdraw_news(attendee.seat_ids, [session_id])
    fewer = update(Session).where(Session.id == session_id)
    db.session.execute(fewer.values(taken=Session.taken - len(given_back)))
    return bool(given_back)


def hold_rounds(*sessions: Session) -> Sequence[Session]:
    """Hold these sessions and all others of their rounds, and return them as they stand now.

    In the order of their ids, so that nobody who holds one waits for who holds another.
    """
    rounds = {session.choice_group for session in sessions if session.choice_group}
    same_round = Session.choice_group.in_(sorted(rounds)) & (
        Session.institute_id == sessions[0].institute_id
    )
    held = (
        select(Session)
        .where(or_(Session.id.in_([session.id for session in sessions]), same_round))
        .order_by(Session.id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    return db.session.scalars(held).all()


def stop_waits(session_ids: Collection[UUID], attendee: Attendee) -> Sequence[UUID]:
    """Let the attendee wait for these sessions no longer; return for which that was so."""
    theirs = delete(SessionWait).where(
        SessionWait.session_id.in_(session_ids), SessionWait.seat_id.in_(attendee.seat_ids)
    )
    return db.session.scalars(theirs.returning(SessionWait.session_id)).all()
