"""Rooms, venues and presenters are known by name; what is renamed is renamed everywhere."""

import pytest

from consortium.database import db
from events.institutes.models import Institute
from events.schedule import service as schedule
from events.schedule.domain import PresenterSpec, RoomRefused, RoomSpec, SessionRefused, VenueSpec
from tests.events.schedule.sessions import BY, spec


def test_naming_a_room_in_a_session_makes_it_once(institute: Institute) -> None:
    for code, room in (("a", "Salon  1"), ("b", "SALON 1"), ("c", "Salon 2")):
        schedule.put_session(institute, spec(code=code, room=room), by=BY)

    assert [room.name for room in schedule.rooms_of(institute.id)] == ["Salon 1", "Salon 2"]
    assert schedule.get_session(institute, "b").room == "Salon 1"


def test_a_room_says_in_which_venue_it_is(institute: Institute) -> None:
    schedule.put_venue(institute, VenueSpec(name="Hotel Teatro"), by=BY)
    schedule.put_room(institute, RoomSpec(name="Terrace", venue="Hotel Teatro"), by=BY)

    dinner = schedule.put_session(institute, spec(room="terrace"), by=BY)
    assert (dinner.room, dinner.venue) == ("Terrace", "Hotel Teatro")

    with pytest.raises(SessionRefused, match="“Terrace” is in Hotel Teatro"):
        schedule.put_session(institute, spec(code="two", room="Terrace", venue="Elsewhere"), by=BY)


def test_a_new_name_is_the_name_everywhere(institute: Institute) -> None:
    people = {"presenters": ("Ana Ruiz",), "facilitators": ("Bo Lee", "Ana Ruiz")}
    session = schedule.put_session(
        institute, spec(room="Salon 1", venue="Hotel Teatro", **people), by=BY
    )
    schedule.edit_session(
        institute,
        session,
        spec(title="Later", room="Salon 1", venue="Hotel Teatro", **people),
        version=1,
        by=BY,
    )
    (room,) = schedule.rooms_of(institute.id)
    (venue,) = schedule.venues_of(institute.id)
    ana = schedule.presenters_of(institute.id)[0]

    schedule.put_room(institute, RoomSpec(name="Salon A", venue="Hotel Teatro"), by=BY, room=room)
    schedule.put_venue(institute, VenueSpec(name="The Teatro"), by=BY, venue=venue)
    schedule.put_presenter(institute, PresenterSpec(name="Ana Ruiz-Diaz"), by=BY, presenter=ana)

    db.session.expire_all()
    assert (session.room, session.venue, session.sequence) == ("Salon A", "The Teatro", 3)
    assert session.presenters == ["Ana Ruiz-Diaz"]
    assert session.facilitators == ["Bo Lee", "Ana Ruiz-Diaz"]
    assert session.drafted.room == "Salon A"
    assert session.drafted.presenters == ("Ana Ruiz-Diaz",)
    assert (session.drafted.title, session.drafted.venue) == ("Later", "The Teatro")
    log = [release.changes[0].fields for release in schedule.releases_of(institute.id)]
    assert log[2] == [{"field": "room", "before": "Salon 1", "after": "Salon A"}]


def test_a_room_that_moves_takes_its_sessions_along(institute: Institute) -> None:
    session = schedule.put_session(institute, spec(room="Salon 1"), by=BY)
    schedule.put_venue(institute, VenueSpec(name="Hotel Teatro"), by=BY)
    (room,) = schedule.rooms_of(institute.id)

    schedule.put_room(institute, RoomSpec(name="Salon 1", venue="Hotel Teatro"), by=BY, room=room)

    assert (session.venue, session.sequence) == ("Hotel Teatro", 1)


def test_two_of_one_name_are_refused(institute: Institute) -> None:
    schedule.put_room(institute, RoomSpec(name="Salon 1"), by=BY)

    with pytest.raises(RoomRefused, match="There is one called"):
        schedule.put_room(institute, RoomSpec(name="salon 1 "), by=BY)


def test_what_a_session_needs_is_not_taken_out(institute: Institute) -> None:
    session = schedule.put_session(institute, spec(room="Salon 1", presenters=("Ana",)), by=BY)
    (room,), (ana,) = schedule.rooms_of(institute.id), schedule.presenters_of(institute.id)
    for row in (room, ana):
        with pytest.raises(RoomRefused, match="still needed for: “Keynote”"):
            schedule.remove(institute, row, by=BY)

    schedule.change_session(institute, session, spec(), version=session.version, by=BY)
    for row in (room, ana):
        schedule.remove(institute, row, by=BY)

    assert schedule.rooms_of(institute.id) == []


@pytest.mark.parametrize("capacity", [0, -1])
def test_a_room_holds_someone(institute: Institute, capacity: int) -> None:
    with pytest.raises(RoomRefused, match="at least one person"):
        schedule.put_room(institute, RoomSpec(name="Salon", capacity=capacity), by=BY)
