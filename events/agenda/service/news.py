"""What happened to people's places in sessions, as long as no mail that says so has left."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, delete, exists, select

from consortium.calendar.service.ledger import in_parts
from consortium.database import db
from consortium.outbox.models import OutboxEmail
from consortium.outbox.service import SUPERSEDED
from events.agenda.emails import News
from events.agenda.models import CalendarNotice
from events.institutes.domain import Status
from events.institutes.models import Institute
from events.registration.models import ACTIVE_SEATS, Seat
from events.schedule.models import PlaceNews


def news_for(institute: Institute, person_ids: Collection[UUID]) -> Mapping[UUID, Sequence[News]]:
    """Return what these people are to be told of their places, the oldest first.

    Nobody is told of a seat that is no longer theirs, nor of an institute that is not held.
    """
    if institute.status is not Status.PUBLISHED:
        return {}
    found: dict[UUID, list[News]] = {}
    for some in in_parts(person_ids):
        rows = (
            select(Seat.person_id, PlaceNews.news, PlaceNews.more)
            .join(Seat, Seat.id == PlaceNews.seat_id)
            .where(
                Seat.institute_id == institute.id,
                Seat.person_id.in_(some),
                Seat.status.in_(ACTIVE_SEATS),
            )
            .order_by(PlaceNews.since, PlaceNews.id)
        )
        for person_id, news, more in db.session.execute(rows):
            found.setdefault(person_id, []).append(News(news=news, more=tuple(more)))
    return found


def forget_what_left(*notices: ColumnElement[bool]) -> None:
    """Forget the news that was in a mail which has left, of these notices or of all."""
    told = (
        exists()
        .where(
            Seat.id == PlaceNews.seat_id,
            CalendarNotice.person_id == Seat.person_id,
            CalendarNotice.institute_id == Seat.institute_id,
            OutboxEmail.id == CalendarNotice.mail_id,
            OutboxEmail.settled_at.is_not(None),
            OutboxEmail.outcome != SUPERSEDED,
            PlaceNews.since <= OutboxEmail.promised_at,
            *notices,
        )
        .correlate(PlaceNews)
    )
    db.session.execute(delete(PlaceNews).where(told).execution_options(synchronize_session=False))
