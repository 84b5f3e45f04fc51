"""Waiting for a place in a full session: begin, end, and how far one has come."""

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db, translating
from consortium.errors import NotFound
from consortium.words import say
from events.institutes.models import Institute
from events.institutes.service.cancelling import refuse_cancelled
from events.schedule.domain import Attendee, ChoiceRefused, Wait, check_wait
from events.schedule.models import ONE_WAIT, Session, SessionWait
from events.schedule.service.finding import get_session
from events.schedule.service.opening import refuse_when_closed
from events.schedule.service.promoting import promote
from events.schedule.service.ranked_rounds import refuse_while_ranked
from events.schedule.service.taking import held_by, stop_waits
from events.schedule.service.turns import take_turn
from events.schedule.service.wanted import open_to


def wait_for_session(  # noqa: PLR0913  (what such a wish consists of)
    institute: Institute,
    attendee: Attendee,
    code: str,
    *,
    instead_of: str = "",
    twice: bool = False,
    by: str,
) -> Session:
    """Let the attendee wait for a place in a full session, behind everyone who waits already.

    Who holds all that the round allows keeps it meanwhile, and gives up ``instead_of`` (the only
    one, where it is one) when the place comes. Raises ``NotForYou``, ``SameContentTwice``, or
    ``ChoiceRefused`` when there is a place, or none to wait for.
    """
    refuse_cancelled(institute)
    refuse_when_closed(institute)
    take_turn(institute.id)
    wanted = open_to(institute, attendee, code)
    if not wanted.choice_group:
        raise ChoiceRefused(
            say("“%(title)s” needs no choice: it is for everyone it names.", title=wanted.title)
        )
    refuse_while_ranked(wanted)
    promote(institute.id, [wanted.id])
    db.session.refresh(wanted, ["taken", "capacity"])
    held = held_by(attendee)
    if wanted in held:
        raise ChoiceRefused(say("You have “%(title)s” already.", title=wanted.title))
    named = next((one.id for one in held if one.code == instead_of), None)
    check_wait(wanted.planned, [one.planned for one in held], instead_of=named, twice=twice)
    already = ChoiceRefused(say("You wait for “%(title)s” already.", title=wanted.title))
    if wanted.id in waits_of(attendee.seat_ids):
        raise already
    db.session.add(
        SessionWait(
            session_id=wanted.id,
            seat_id=attendee.seat_id,
            since=clock.now(),
            instead_of_id=named,
        )
    )
    with translating(ONE_WAIT, into=already):
        db.session.flush()
    audit.record(
        "wait_for_session",
        f"seat:{attendee.seat_id}",
        by=by,
        before={"session": instead_of} if named else {},
        after={"session": wanted.code},
    )
    return wanted


def stop_waiting(institute: Institute, attendee: Attendee, code: str, *, by: str) -> Session:
    """Let the attendee wait for a session no longer. Raises ``NotFound`` where nobody does."""
    refuse_cancelled(institute)
    take_turn(institute.id)
    session = get_session(institute, code)
    if not stop_waits([session.id], attendee):
        raise NotFound(say("You do not wait for “%(title)s”.", title=session.title))
    audit.record(
        "stop_waiting", f"seat:{attendee.seat_id}", by=by, before={"session": session.code}
    )
    return session


def waits_of(seat_ids: Collection[UUID]) -> Mapping[UUID, Wait]:
    """Return what these seats of one person wait for, by session, and how far each has come."""
    other = aliased(SessionWait)
    ahead = (
        select(func.count(other.id))
        .where(
            other.session_id == SessionWait.session_id,
            or_(
                other.since < SessionWait.since,
                (other.since == SessionWait.since) & (other.id < SessionWait.id),
            ),
        )
        .correlate(SessionWait)
        .scalar_subquery()
    )
    statement = select(SessionWait.session_id, SessionWait.instead_of_id, ahead.label("ahead"))
    return {
        row.session_id: Wait(rank=row.ahead + 1, instead_of=row.instead_of_id)
        for row in db.session.execute(statement.where(SessionWait.seat_id.in_(seat_ids)))
    }


def waiting_at(institute_id: UUID) -> Mapping[UUID, int]:
    """Return how many people wait for each session of an institute that someone waits for."""
    statement = (
        select(SessionWait.session_id, func.count(SessionWait.id))
        .join(Session, Session.id == SessionWait.session_id)
        .where(Session.institute_id == institute_id)
        .group_by(SessionWait.session_id)
    )
    return dict(db.session.execute(statement).all())
