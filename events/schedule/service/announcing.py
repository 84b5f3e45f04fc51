"""What happened to people's places in sessions is kept until a mail tells them."""

from collections.abc import Collection, Sequence
from uuid import UUID

from blinker import Signal
from sqlalchemy import delete

from consortium import clock
from consortium.database import db
from events.schedule.domain.news import AgendaChange
from events.schedule.models import PlaceNews

agendas_changed = Signal("the agendas of people changed")
"""Sent with the institute's id, ``seat_ids``, and whether it was ``by_themselves``, in the
transaction that changes them."""


def announce(institute_id: UUID, changes: Sequence[AgendaChange]) -> None:
    """Let everyone be told whose agenda changed otherwise than by their own hand."""
    if not changes:
        return
    now = clock.now()
    db.session.add_all(
        PlaceNews(
            session_id=change.session_id,
            seat_id=change.seat_id,
            since=now,
            news=str(change.news),
            more=[str(sentence) for sentence in change.more],
        )
        for change in changes
    )
    db.session.flush()
    seat_ids = frozenset(change.seat_id for change in changes)
    agendas_changed.send(institute_id, seat_ids=seat_ids, by_themselves=False)


def note_own_choice(institute_id: UUID, seat_id: UUID) -> None:
    """Let calendars follow what someone chose, dropped or swapped: a session, a day, a strand."""
    agendas_changed.send(institute_id, seat_ids=frozenset({seat_id}), by_themselves=True)


def withdraw_news(seat_ids: Collection[UUID], session_ids: Collection[UUID] | None = None) -> None:
    """Tell no more what is not so any more, of these sessions or of all."""
    untold = delete(PlaceNews).where(PlaceNews.seat_id.in_(seat_ids))
    if session_ids is not None:
        untold = untold.where(PlaceNews.session_id.in_(session_ids))
    db.session.execute(untold)
