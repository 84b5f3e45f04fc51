"""The story's rooms, a second venue, who holds which session, and what waits to be published."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from consortium.demonstration import cast
from events.institutes.models import Institute
from events.schedule import service as schedule
from events.schedule.domain import PresenterSpec, RoomSpec, SessionSpec, VenueSpec

HOTEL = VenueSpec(
    name="Harbor Point Inn",
    address="12 Quay Street, Harbor Point",
    notes="Five minutes on foot along the water. Step-free from the parking lot.",
)
ROOMS = {
    "Main hall": RoomSpec(
        name="Main hall", capacity=260, features=("step_free", "hearing_loop", "projector")
    ),
    "Atrium": RoomSpec(name="Atrium", capacity=260, features=("step_free", "tables")),
    "Room 1": RoomSpec(name="Room 1", capacity=40, features=("projector", "theater")),
    "Room 2": RoomSpec(name="Room 2", capacity=40, features=("tables",)),
    "Room 3": RoomSpec(name="Room 3", capacity=40, features=("step_free", "projector")),
    "Terrace": RoomSpec(name="Terrace", venue=HOTEL.name, capacity=200),
}
PRESENTERS = (
    PresenterSpec(
        name="Dr. Odile Varga",
        affiliation="Bayberry University",
        email="odile.varga@bayberry.example.org",
        about="Studies what changes in schools where both sides lead together.",
    ),
    PresenterSpec(name="Hollis Tran", affiliation="Oakhurst Gardens Education Association"),
    PresenterSpec(name="Renee Castellano", affiliation="Oakhurst Gardens Public Schools"),
    PresenterSpec(name="Ines Moreau", affiliation="Harbor Point mediation"),
)
HELD_BY: dict[str, dict[str, Any]] = {
    "d1-story": {"presenters": ("Hollis Tran", "Renee Castellano"), "track": "District stories"},
    "d1-solve": {"facilitators": ("Ines Moreau",), "track": "Working together"},
    "d2-key": {"presenters": ("Dr. Odile Varga",)},
}
BY = cast.COORDINATOR.email


def plan(institute: Institute) -> None:
    """Say where everything is and who holds it; leave two changes to look over and publish."""
    schedule.put_venue(institute, HOTEL, by=BY)
    known = {room.name: room for room in schedule.rooms_of(institute.id)}
    for name, spec in ROOMS.items():
        schedule.put_room(institute, spec, by=BY, room=known.get(name))
    for presenter in PRESENTERS:
        schedule.put_presenter(institute, presenter, by=BY)
    for code, said in HELD_BY.items():
        session = schedule.get_session(institute, code)
        _edit(institute, code, replace(session.spec, **said))
    schedule.add_session(institute, _dinner(institute), by=BY)
    seen = schedule.pending(institute).seen
    note = "Here is who holds what. And there is dinner by the water on the first evening."
    schedule.publish_programme(institute, seen=seen, note=note, accept=True, by=BY)
    _leave_waiting(institute)


def _dinner(institute: Institute) -> SessionSpec:
    opening = schedule.get_session(institute, "d1-open")
    if opening.starts is None:
        raise ValueError("the story's opening has a date")
    evening = opening.starts.replace(hour=18, minute=30)
    return SessionSpec(
        code="d1-dinner",
        title="Dinner by the water",
        kind="meal",
        time_zone=institute.time_zone,
        starts=evening,
        ends=evening + timedelta(hours=2),
        room="Terrace",
    )


def _leave_waiting(institute: Institute) -> None:
    share = schedule.get_session(institute, "d2-share").spec
    if share.starts is None or share.ends is None:
        raise ValueError("the story's gallery has a date")
    later = timedelta(minutes=15)
    moved = replace(share, starts=share.starts + later, ends=share.ends + later, room="Main hall")
    _edit(institute, "d2-share", moved)


def _edit(institute: Institute, code: str, spec: SessionSpec) -> None:
    session = schedule.get_session(institute, code)
    schedule.edit_session(institute, session, spec, version=session.version, by=BY)
