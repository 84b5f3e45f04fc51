"""People are told what happened to their places in sessions: one mail to each, soon after."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import delete, select

from consortium.database import db
from consortium.outbox import service as outbox
from events.agenda import emails
from events.institutes.domain import Status
from events.institutes.models import Institute
from events.registration.models import ACTIVE_SEATS, Seat
from events.schedule.models import PlaceNews


def seats_to_tell() -> Iterable[tuple[UUID, UUID]]:
    """Return tenant and id of the seats whose holders are still to be told something."""
    statement = select(PlaceNews.tenant_id, PlaceNews.seat_id).distinct()
    return [(row.tenant_id, row.seat_id) for row in db.session.execute(statement)]


def tell_of_places(seat_id: UUID) -> int:
    """Promise one mail with all that happened since the last; return how many mails.

    Nobody is told of a seat that is no longer theirs, nor of an institute that is not held.
    """
    taken = delete(PlaceNews).where(PlaceNews.seat_id == seat_id)
    rows = db.session.execute(
        taken.returning(PlaceNews.since, PlaceNews.id, PlaceNews.news, PlaceNews.more)
    ).all()
    seat = db.session.scalar(select(Seat).where(Seat.id == seat_id))
    if not rows or seat is None or seat.person_id is None or seat.status not in ACTIVE_SEATS:
        return 0
    institute = db.session.get_one(Institute, seat.institute_id)
    if institute.status is not Status.PUBLISHED:
        return 0
    told = [
        emails.News(news=row.news, more=tuple(row.more))
        for row in sorted(rows, key=lambda row: (row.since, row.id))
    ]
    mail = emails.places_changed(institute, told, to=seat.person)
    outbox.promise(mail, about=f"seat:{seat.id}")
    return 1
