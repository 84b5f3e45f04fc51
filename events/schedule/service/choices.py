"""Choosing sessions: take a place, give it back, or swap one for another in one act."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select, update

from consortium.audit import service as audit
from consortium.database import db
from consortium.errors import NotFound
from consortium.words import say
from events.institutes.models import Institute
from events.institutes.service.cancelling import refuse_cancelled
from events.schedule.domain import Attendee, ChoiceRefused, check_choice
from events.schedule.models import Session, SessionChoice, SessionWait
from events.schedule.service.announcing import note_own_choice
from events.schedule.service.finding import get_session
from events.schedule.service.opening import refuse_when_closed
from events.schedule.service.promoting import promote
from events.schedule.service.ranked_rounds import refuse_while_ranked
from events.schedule.service.taking import free_place, held_by, hold_rounds, stop_waits, take_place
from events.schedule.service.turns import take_turn
from events.schedule.service.wanted import check_ahead, open_to


def chosen_by(seat_ids: Collection[UUID]) -> frozenset[UUID]:
    """Return the ids of the sessions in which these seats have a place."""
    statement = select(SessionChoice.session_id).where(SessionChoice.seat_id.in_(seat_ids))
    return frozenset(db.session.scalars(statement))


@dataclass(frozen=True, kw_only=True)
class Given:
    """A place in a session as someone has it."""

    reason: str
    """Why the host gave it, or why it is this one of those ranked; empty for an own choice."""
    allotted: bool
    """Whether it was given by what people ranked."""


def choices_of(seat_ids: Collection[UUID]) -> Mapping[UUID, Given]:
    """Return the sessions in which these seats have a place, and how each came to be given."""
    statement = select(SessionChoice.session_id, SessionChoice.reason, SessionChoice.allotted)
    rows = db.session.execute(statement.where(SessionChoice.seat_id.in_(seat_ids)))
    return {row.session_id: Given(reason=row.reason, allotted=row.allotted) for row in rows}


def choose_session(
    institute: Institute, attendee: Attendee, code: str, *, twice: bool = False, by: str
) -> Session:
    """Give the attendee a place in a session.

    A session of no round is on the agenda of everyone it is for, and stays as it is. The
    caller holds the seat's row, so that two browsers of one person wait for each other.
    Raises ``NotForYou``, ``SwapOffered`` when the round allows no more, ``SameContentTwice``
    unless the person wants it ``twice``, or ``ChoiceRefused`` when the session is full, cancelled,
    has begun, or clashes with another choice, while people rank the round, and outside of the days
    for choosing.
    """
    refuse_cancelled(institute)
    wanted = open_to(institute, attendee, code)
    if not wanted.choice_group:
        return wanted
    refuse_when_closed(institute)
    take_turn(institute.id)
    refuse_while_ranked(wanted)
    let_waiters_first(wanted)
    held = held_by(attendee)
    if wanted in held:
        return wanted
    check_choice(wanted.planned, [session.planned for session in held], twice=twice)
    take_place(wanted, attendee)
    stop_waits([wanted.id], attendee)
    audit.record(
        "choose_session", f"seat:{attendee.seat_id}", by=by, after={"session": wanted.code}
    )
    note_own_choice(institute.id, attendee.seat_id)
    return wanted


def drop_session(institute: Institute, attendee: Attendee, code: str, *, by: str) -> Session:
    """Give a chosen session's place back; it goes to who waits for it.

    Raises ``NotFound`` when it was not chosen, ``ChoiceRefused`` when it has begun.
    """
    refuse_cancelled(institute)
    session = get_session(institute, code)
    check_ahead(session)
    refuse_when_closed(institute)
    take_turn(institute.id)
    hold_rounds(session)
    _give_back(session, attendee)
    audit.record(
        "drop_session", f"seat:{attendee.seat_id}", by=by, before={"session": session.code}
    )
    note_own_choice(institute.id, attendee.seat_id)
    promote(institute.id, [session.id])
    return session


def swap_session(  # noqa: PLR0913  (what a swap consists of)
    institute: Institute,
    attendee: Attendee,
    *,
    give_up: str,
    take: str,
    twice: bool = False,
    by: str,
) -> Session:
    """Give one session's place back and take one in another, or leave everything as it was.

    The place that is left goes to who waits for it. Raises as ``choose_session`` does;
    ``NotFound`` when the first was not chosen.
    """
    refuse_cancelled(institute)
    wanted = open_to(institute, attendee, take)
    leaving = get_session(institute, give_up)
    check_ahead(leaving)
    refuse_when_closed(institute)
    take_turn(institute.id)
    refuse_while_ranked(wanted)
    hold_rounds(wanted, leaving)
    let_waiters_first(wanted)
    held = held_by(attendee)
    if wanted in held:
        raise ChoiceRefused(say("You have “%(title)s” already.", title=wanted.title))
    planned = [session.planned for session in held]
    check_choice(wanted.planned, planned, giving_up=leaving.planned, twice=twice)
    _give_back(leaving, attendee)
    take_place(wanted, attendee)
    stop_waits([wanted.id], attendee)
    _let_waits_follow(attendee, leaving, wanted)
    audit.record(
        "swap_session",
        f"seat:{attendee.seat_id}",
        by=by,
        before={"session": leaving.code},
        after={"session": wanted.code},
    )
    note_own_choice(institute.id, attendee.seat_id)
    promote(institute.id, [leaving.id])
    return wanted


def let_waiters_first(wanted: Session) -> None:
    """Give what is free in the session to who waits for it, before anyone else takes it."""
    promote(wanted.institute_id, [wanted.id])
    db.session.refresh(wanted, ["taken", "capacity", "cancelled_at"])


def _let_waits_follow(attendee: Attendee, leaving: Session, wanted: Session) -> None:
    """Let who waits for a third session of the round give up what they have now for it."""
    db.session.execute(
        update(SessionWait)
        .where(SessionWait.seat_id.in_(attendee.seat_ids), SessionWait.instead_of_id == leaving.id)
        .values(instead_of_id=wanted.id)
    )


def _give_back(session: Session, attendee: Attendee) -> None:
    if not free_place(session.id, attendee):
        raise NotFound(say("You have not chosen “%(title)s”.", title=session.title))
