"""Places in sessions follow what is published of a programme."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import select

from consortium.audit import service as audit
from consortium.database import db
from events.schedule.domain.choosing import in_round
from events.schedule.domain.news import not_held_after_all
from events.schedule.models import Session, SessionChoice
from events.schedule.service.announcing import announce
from events.schedule.service.leaving import free_holders
from events.schedule.service.promoting import WORKER, attendees, promote_waiters
from events.schedule.service.taking import free_place, held_by


def settle_places(institute_id: UUID, session_ids: Collection[UUID]) -> None:
    """Let places follow sessions that changed: freed, given to who waits, never two for one.

    Who chose another session of the round while this one was cancelled keeps the other, now that
    it is held after all. In the transaction that publishes the change.
    """
    free_holders(session_ids)
    _let_the_later_choice_stand(institute_id, session_ids)
    promote_waiters(session_ids)


def _let_the_later_choice_stand(institute_id: UUID, session_ids: Collection[UUID]) -> None:
    held_again = (
        select(Session)
        .join(SessionChoice, SessionChoice.session_id == Session.id)
        .where(
            Session.id.in_(session_ids),
            Session.cancelled_at.is_(None),
            Session.choice_group != "",
        )
        .distinct()
        .order_by(Session.id)
    )
    changes = []
    for session in db.session.scalars(held_again).all():
        for seat_id, attendee in attendees(_crowded(session)).items():
            held = [one.planned for one in held_by(attendee) if one.cancelled_at is None]
            others = in_round(session.planned, held)
            if len(others) < session.pick:
                continue
            free_place(session.id, attendee)
            changes.append(not_held_after_all(seat_id, session.planned, others[-1]))
            audit.record(
                "let_later_choice_stand",
                f"seat:{seat_id}",
                by=WORKER,
                before={"session": session.code},
                after={"session": others[-1].code},
            )
    announce(institute_id, changes)


def _crowded(session: Session) -> Sequence[UUID]:
    """Return the seats that have the session and something else of its round, too."""
    theirs = select(SessionChoice.seat_id).where(SessionChoice.session_id == session.id)
    others = (
        select(SessionChoice.seat_id)
        .join(Session, Session.id == SessionChoice.session_id)
        .where(
            SessionChoice.seat_id.in_(theirs),
            Session.institute_id == session.institute_id,
            Session.choice_group == session.choice_group,
            Session.id != session.id,
            Session.cancelled_at.is_(None),
        )
    )
    return sorted(set(db.session.scalars(others)))
