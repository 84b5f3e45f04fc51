"""A host cancels an institute: one act, of which everyone who counts on it is told."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from blinker import Signal
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db, translating
from consortium.words import say
from events.institutes.domain import Status
from events.institutes.domain.cancelling import (
    Announcement,
    CancellingRefused,
    Ending,
    InstituteCancelled,
    check_announcement,
    check_cancellable,
    gone,
    in_all,
)
from events.institutes.models import CANCELLED_ALREADY, Cancellation, Institute
from events.institutes.service import opening_of

endings_wanted = Signal("what would end with an institute is wanted")
"""Sent with the institute's id: who keeps something of it answers with ``Ending`` values."""
institute_held = Signal("an institute is about to be held, to be cancelled")
"""Sent with the institute's id, before its row is held: who has rows that stand before it in the
order of locks holds them."""
institute_cancelled = Signal("the host has cancelled an institute")
"""Sent with the institute's id and ``by=`` whom (an e-mail address), in the same transaction, when
its row is held and says so. Whatever was still to happen ends here, and people are told."""


def endings_of(institute: Institute) -> Sequence[Ending]:
    """Return in numbers what ends when the institute is cancelled now."""
    answers = endings_wanted.send(institute.id)
    return in_all(ending for _, endings in answers for ending in endings)


def why_not(institute: Institute) -> str:
    """Say why the institute cannot be cancelled; empty where it can."""
    try:
        check_cancellable(institute.status, over=opening_of(institute).over)
    except CancellingRefused as refused:
        return refused.message
    return ""


def others_ahead(institute: Institute) -> Sequence[Institute]:
    """Return the other published institutes that are not over, the first to begin first."""
    statement = (
        select(Institute)
        .where(Institute.status == Status.PUBLISHED, Institute.id != institute.id)
        .options(selectinload(Institute.days), selectinload(Institute.deadlines))
    )
    others = db.session.scalars(statement).all()
    return sorted((other for other in others if not opening_of(other).over), key=_begins)


def cancel_institute(institute: Institute, announcement: Announcement, *, by: str) -> Cancellation:
    """Cancel the institute for good, and let everyone who counts on it be told why.

    What is stored of its teams stays as history; whatever still waits, is asked for or is offered
    ends. Raises ``CancellingRefused`` when it is cancelled already, over, or the announcement is
    not whole.
    """
    institute_held.send(institute.id)
    db.session.refresh(institute, with_for_update=True)
    check_cancellable(institute.status, over=opening_of(institute).over)
    check_announcement(announcement)
    instead = _instead(institute, announcement.instead)
    before = institute.status
    institute.status = Status.CANCELLED
    institute.version += 1  # calendars follow: it is part of each session's sequence
    cancellation = Cancellation(
        institute_id=institute.id,
        reason=announcement.reason,
        instead_id=instead.id if instead else None,
        survey_url=announcement.survey_url,
        cancelled_at=clock.now(),
        cancelled_by=by,
    )
    twice = CancellingRefused(say("This institute is cancelled already."))
    with translating(CANCELLED_ALREADY, into=twice):
        db.session.add(cancellation)
        db.session.flush()
    db.session.expire(institute, ["cancellation"])
    audit.record(
        "cancel_institute",
        f"institute:{institute.id}",
        by=by,
        before={"status": before.value},
        after={
            "status": institute.status.value,
            "reason": announcement.reason,
            "instead": instead.slug if instead else "",
            "survey_url": announcement.survey_url,
        },
    )
    institute_cancelled.send(institute.id, by=by)
    return cancellation


def refuse_cancelled(institute: Institute) -> None:
    """Raise ``InstituteCancelled`` for an institute that its host has cancelled."""
    if institute.cancelled:
        raise InstituteCancelled(gone(institute.title))


def refuse_cancelled_by_now(institute: Institute) -> None:
    """Raise as ``refuse_cancelled``, also where that happened since the institute was read.

    It is not cancelled before this transaction ends.
    """
    if not takes_place(institute.id):
        raise InstituteCancelled(gone(institute.title))


def takes_place(institute_id: UUID) -> bool:
    """Tell whether the institute is not cancelled; it is not before this transaction ends.

    For whoever begins something there. Others who do the same do not wait.
    """
    statement = select(Institute.status).where(Institute.id == institute_id)
    held = statement.with_for_update(read=True, key_share=True)
    return db.session.scalar(held) is not Status.CANCELLED


def _instead(institute: Institute, slug: str) -> Institute | None:
    if not slug:
        return None
    for other in others_ahead(institute):
        if other.slug == slug:
            return other
    raise CancellingRefused(
        say("Choose another institute that is published and not over."), field="instead"
    )


def _begins(institute: Institute) -> tuple[date, str]:
    return min((day.on for day in institute.days), default=date.max), institute.title
