"""Write down venues, rooms and presenters. What is renamed is renamed everywhere at once."""

from collections.abc import Sequence

from sqlalchemy import select

from consortium.audit import service as audit
from consortium.database import db, translating
from consortium.words import say
from events.institutes.models import Institute
from events.institutes.service.cancelling import refuse_cancelled
from events.schedule.domain import (
    PresenterSpec,
    RoomRefused,
    RoomSpec,
    SessionSpec,
    VenueSpec,
    key_of,
)
from events.schedule.models import (
    PRESENTER_TAKEN,
    ROOM_TAKEN,
    VENUE_TAKEN,
    Presenter,
    Room,
    Session,
    Venue,
)
from events.schedule.service.following import rename_presenter, sessions_following
from events.schedule.service.places import presenters_of, rooms_of, venues_of

Row = Venue | Room | Presenter


def put_venue(
    institute: Institute, spec: VenueSpec, *, by: str, venue: Venue | None = None
) -> Venue:
    """Add a venue, or change one; pages and calendars follow at once.

    Raises ``RoomRefused`` when another venue has the name.
    """
    _check(institute, spec)
    if key_of(spec.name) == key_of(institute.venue):
        raise RoomRefused(
            say("That is the institute's own venue. Name only others here."), field="name"
        )
    row = venue or Venue(institute_id=institute.id, position=len(venues_of(institute.id)))
    before = row.name
    with sessions_following(institute, by=by) as drafts:
        row.address, row.notes = spec.address, spec.notes
        _store(row, spec.name, taken=VENUE_TAKEN)
        drafts.rename("venue", before, row.name)
    _record("put_venue", institute, row, before=before, by=by)
    return row


def put_room(institute: Institute, spec: RoomSpec, *, by: str, room: Room | None = None) -> Room:
    """Add a room, or change one; pages and calendars follow at once.

    A room that moves to another venue takes its sessions along. Raises ``RoomRefused`` when
    another room has the name, or there is no such venue.
    """
    _check(institute, spec)
    if spec.venue and spec.venue not in {venue.name for venue in venues_of(institute.id)}:
        raise RoomRefused(say("Choose one of the venues."), field="venue")
    row = room or Room(institute_id=institute.id, position=len(rooms_of(institute.id)))
    before = row.name
    with sessions_following(institute, by=by) as drafts:
        row.venue = spec.venue or None
        row.capacity, row.features, row.notes = spec.capacity, list(spec.features), spec.notes
        _store(row, spec.name, taken=ROOM_TAKEN)
        drafts.rename("room", before, row.name)
        drafts.move_room(row.name, row.venue)
    _record("put_room", institute, row, before=before, by=by)
    return row


def put_presenter(
    institute: Institute, spec: PresenterSpec, *, by: str, presenter: Presenter | None = None
) -> Presenter:
    """Add someone who holds sessions, or change what is known; pages and calendars follow at once.

    Raises ``RoomRefused`` when another presenter has the name.
    """
    _check(institute, spec)
    there = len(presenters_of(institute.id))
    row = presenter or Presenter(institute_id=institute.id, position=there)
    before = row.name
    with sessions_following(institute, by=by) as drafts:
        row.affiliation, row.email, row.about = spec.affiliation, spec.email, spec.about
        _store(row, spec.name, taken=PRESENTER_TAKEN)
        if before:
            rename_presenter(institute, before, row.name)
            drafts.rename("presenters", before, row.name)
            drafts.rename("facilitators", before, row.name)
    _record("put_presenter", institute, row, before=before, by=by)
    return row


def remove(institute: Institute, row: Row, *, by: str) -> None:
    """Take a venue, room or presenter out. Raises ``RoomRefused`` while the programme needs it."""
    refuse_cancelled(institute)
    used = _sessions_with(institute, row)
    if used:
        raise RoomRefused(
            say(
                "“%(name)s” is still needed for: %(sessions)s. Change these sessions first.",
                name=row.name,
                sessions=", ".join(f"“{title}”" for title in used[:3]),
            )
        )
    if isinstance(row, Venue) and any(room.venue == row.name for room in rooms_of(institute.id)):
        raise RoomRefused(say("“%(name)s” still has rooms. Move them first.", name=row.name))
    kind, name = row.__tablename__, row.name
    db.session.delete(row)
    db.session.flush()
    audit.record("remove", f"institute:{institute.id}", by=by, before={kind: name})


def _check(institute: Institute, spec: VenueSpec | RoomSpec | PresenterSpec) -> None:
    refuse_cancelled(institute)
    spec.check()


def _store(row: Row, name: str, *, taken: str) -> None:
    row.name = " ".join(name.split())
    row.name_key = key_of(name)
    db.session.add(row)
    refusal = RoomRefused(say("There is one called “%(name)s” already.", name=name), field="name")
    with translating(taken, into=refusal):
        db.session.flush()


def _sessions_with(institute: Institute, row: Row) -> Sequence[str]:
    """Return the titles of the sessions that need it, as they are or as they are to be."""
    statement = select(Session).where(Session.institute_id == institute.id)
    return [
        session.title
        for session in db.session.scalars(statement.order_by(Session.position))
        if any(row.name in _names_in(spec, row) for spec in (session.spec, session.drafted))
    ]


def _names_in(spec: SessionSpec, row: Row) -> set[str]:
    if isinstance(row, Venue):
        return {spec.venue}
    if isinstance(row, Room):
        return {spec.room}
    return {*spec.presenters, *spec.facilitators}


def _record(act: str, institute: Institute, row: Row, *, before: str | None, by: str) -> None:
    audit.record(
        act,
        f"institute:{institute.id}",
        by=by,
        before={"name": before} if before else None,
        after={"name": row.name},
    )
