"""Choosing sessions: take a place, give it back, or swap one for another in one act."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import delete, select, update

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db, translating
from consortium.errors import NotFound
from consortium.words import say
from events.institutes.models import Institute
from events.institutes.service.cancelling import refuse_cancelled
from events.schedule.domain import (
    Attendee,
    ChoiceRefused,
    audience_refusal,
    check_choice,
    no_place_left,
)
from events.schedule.models import ONE_CHOICE, Session, SessionChoice
from events.schedule.service.sessions import get_session


def chosen_by(seat_ids: Collection[UUID]) -> frozenset[UUID]:
    """Return the ids of the sessions in which these seats have a place."""
    statement = select(SessionChoice.session_id).where(SessionChoice.seat_id.in_(seat_ids))
    return frozenset(db.session.scalars(statement))


def choose_session(institute: Institute, attendee: Attendee, code: str, *, by: str) -> Session:
    """Give the attendee a place in a session.

    A session of no round is on the agenda of everyone it is for, and stays as it is. The
    caller holds the seat's row, so that two browsers of one person wait for each other.
    Raises ``NotForYou``, ``SwapOffered`` when the round allows no more, or ``ChoiceRefused`` when
    the session is full, cancelled, has begun, or clashes with another choice.
    """
    refuse_cancelled(institute)
    wanted = _open_to(institute, attendee, code)
    held = _held_by(attendee)
    if not wanted.choice_group or wanted in held:
        return wanted
    check_choice(wanted.planned, [session.planned for session in held])
    _take_place(wanted, attendee)
    audit.record(
        "choose_session", f"seat:{attendee.seat_id}", by=by, after={"session": wanted.code}
    )
    return wanted


def drop_session(institute: Institute, attendee: Attendee, code: str, *, by: str) -> Session:
    """Give a chosen session's place back.

    Raises ``NotFound`` when it was not chosen, ``ChoiceRefused`` when it has begun.
    """
    refuse_cancelled(institute)
    session = get_session(institute, code)
    _check_ahead(session)
    _give_place_back(session, attendee)
    audit.record(
        "drop_session", f"seat:{attendee.seat_id}", by=by, before={"session": session.code}
    )
    return session


def swap_session(
    institute: Institute, attendee: Attendee, *, give_up: str, take: str, by: str
) -> Session:
    """Give one session's place back and take one in another, or leave everything as it was.

    Raises as ``choose_session`` does; ``NotFound`` when the first was not chosen.
    """
    refuse_cancelled(institute)
    wanted = _open_to(institute, attendee, take)
    leaving = get_session(institute, give_up)
    _check_ahead(leaving)
    _lock_in_order(wanted, leaving)
    held = _held_by(attendee)
    if wanted in held:
        raise ChoiceRefused(say("You have “%(title)s” already.", title=wanted.title))
    check_choice(wanted.planned, [session.planned for session in held], giving_up=leaving.planned)
    _give_place_back(leaving, attendee)
    _take_place(wanted, attendee)
    audit.record(
        "swap_session",
        f"seat:{attendee.seat_id}",
        by=by,
        before={"session": leaving.code},
        after={"session": wanted.code},
    )
    return wanted


def _open_to(institute: Institute, attendee: Attendee, code: str) -> Session:
    session = get_session(institute, code)
    starts = session.starts
    refusal = audience_refusal(
        session.planned,
        attendee,
        role_labels={role.code: role.label for role in institute.roles},
        day_label=next(
            (day.label for day in institute.days if starts and day.on == starts.date()), ""
        ),
    )
    if refusal is not None:
        raise refusal
    if session.choice_group:
        _check_ahead(session)
    return session


def _check_ahead(session: Session) -> None:
    if session.starts_at is not None and session.starts_at <= clock.now():
        raise ChoiceRefused(say("“%(title)s” has begun already.", title=session.title))


def _held_by(attendee: Attendee) -> Sequence[Session]:
    statement = (
        select(Session)
        .join(SessionChoice, SessionChoice.session_id == Session.id)
        .where(SessionChoice.seat_id.in_(attendee.seat_ids))
        .order_by(Session.starts_at, Session.code)
    )
    return db.session.scalars(statement).all()


def _lock_in_order(*sessions: Session) -> None:
    """Wait for others in one order, so that two opposite swaps cannot block each other."""
    db.session.scalars(
        select(Session)
        .where(Session.id.in_([session.id for session in sessions]))
        .order_by(Session.id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).all()


def _take_place(session: Session, attendee: Attendee) -> None:
    counted = update(Session).where(
        Session.id == session.id,
        Session.cancelled_at.is_(None),
        Session.capacity.is_(None) | (Session.taken < Session.capacity),
    )
    taking = counted.values(taken=Session.taken + 1).returning(Session.id)
    if db.session.scalar(taking) is None:
        raise no_place_left(session.title)
    db.session.add(
        SessionChoice(session_id=session.id, seat_id=attendee.seat_id, chosen_at=clock.now())
    )
    already = ChoiceRefused(say("You have “%(title)s” already.", title=session.title))
    with translating(ONE_CHOICE, into=already):
        db.session.flush()


def _give_place_back(session: Session, attendee: Attendee) -> None:
    theirs = delete(SessionChoice).where(
        SessionChoice.session_id == session.id, SessionChoice.seat_id.in_(attendee.seat_ids)
    )
    given_back = db.session.scalars(theirs.returning(SessionChoice.id)).all()
    if not given_back:
        raise NotFound(say("You have not chosen “%(title)s”.", title=session.title))
    fewer = update(Session).where(Session.id == session.id)
    db.session.execute(fewer.values(taken=Session.taken - len(given_back)))
