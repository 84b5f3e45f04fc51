"""The public log of a programme: what was published when, and who hears of it."""

from collections.abc import Sequence
from uuid import UUID

from blinker import Signal
from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from consortium import clock
from consortium.database import db
from events.institutes.models import Institute
from events.schedule.domain.drafts import SessionChange, logged
from events.schedule.models import Release, ReleaseChange

programme_changed = Signal("sessions that the public sees changed, came, were cancelled or held")
"""Sent with an institute's id, ``session_ids=`` and ``release=``, in the transaction that changes
them: whoever has them on an agenda or in a calendar can be told."""


def record_release(
    institute: Institute,
    changes: Sequence[SessionChange],
    *,
    by: str,
    note: str = "",
    overridden: Sequence[str] = (),
) -> Release:
    """Write down what became public, and let whoever counts on it be told. Flushes.

    A step of the acts that publish; the caller holds the institute's row.
    """
    last = select(func.max(Release.number)).where(Release.institute_id == institute.id)
    release = Release(
        institute_id=institute.id,
        number=(db.session.scalar(last) or 0) + 1,
        note=note,
        published_at=clock.now(),
        published_by=by,
        overridden=list(overridden),
        changes=[
            ReleaseChange(
                session_id=change.session_id,
                code=change.code,
                title=change.title,
                act=change.act,
                fields=logged(change.fields),
                position=position,
            )
            for position, change in enumerate(changes)
        ],
    )
    db.session.add(release)
    db.session.flush()
    programme_changed.send(
        institute.id,
        session_ids=frozenset(one.session_id for one in changes if one.concerns_people),
        release=release,
    )
    return release


def releases_of(institute_id: UUID) -> Sequence[Release]:
    """Return what was published of the programme, the latest first, with what it changed."""
    statement = (
        select(Release)
        .where(Release.institute_id == institute_id)
        .options(selectinload(Release.changes))
        .order_by(Release.number.desc())
    )
    return db.session.scalars(statement).all()


def last_release_of(institute_id: UUID) -> Release | None:
    """Return what was published last, without what it changed."""
    statement = select(Release).where(Release.institute_id == institute_id)
    return db.session.scalars(statement.order_by(Release.number.desc()).limit(1)).first()
