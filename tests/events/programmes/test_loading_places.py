"""Rooms, venues and presenters follow the file, and nobody loses one that a session needs."""

from typing import Any

from sqlalchemy import select

from consortium.database import db
from consortium.tenants.models import Tenant
from events.institutes.models import Institute
from events.programmes import service as programmes
from events.programmes.domain import parse
from events.schedule.domain import RoomSpec
from events.schedule.domain.drafts import kept_as
from events.schedule.models import Presenter, Release, Room, Venue
from events.schedule.service import rooms as places
from tests.events.programmes.files import as_bytes, parsed, small
from tests.events.programmes.loads import BY, load, loaded, session_of
from tests.events.programmes.test_places import WHOLE


def named(institute: Institute, kind: Any) -> list[str]:
    rows = select(kind.name).where(kind.institute_id == institute.id).order_by(kind.position)
    return list(db.session.scalars(rows))


def planned(**changes: Any) -> list[tuple[str, str, str]]:
    found = programmes.plan(parsed(**changes)).changes
    return [(str(change.what), change.before, change.after) for change in found]


def test_an_export_is_loaded_without_a_change(tenant: Tenant) -> None:
    institute = loaded(**WHOLE)
    exported = programmes.export_programme(institute)
    assert exported["presenters"][1]["email"] == "e@elm.org"
    again = parse(as_bytes(exported)).programme
    assert programmes.plan(again).changes == ()
    assert programmes.programme_of(load(again)) == again


def test_a_file_without_lists_keeps_what_pages_say_of_rooms(tenant: Tenant) -> None:
    institute = loaded(sessions__0__room="Hall")
    hall = db.session.scalars(select(Room)).one()
    places.put_room(institute, RoomSpec(name="Hall", capacity=80), by=BY, room=hall)
    places.put_room(institute, RoomSpec(name="Spare"), by=BY)
    assert planned(sessions__0__room="HALL") == []
    loaded(sessions__0__room="HALL")
    assert named(institute, Room) == ["Hall", "Spare"]
    assert db.session.scalars(select(Room.capacity).where(Room.name == "Hall")).one() == 80


def test_what_a_list_lacks_goes_unless_a_session_needs_it(tenant: Tenant) -> None:
    institute = loaded(**WHOLE)
    lists = {"venues": [], "rooms": ["Ballroom"], "presenters": []}
    fewer = {**WHOLE, **lists, "sessions": small()["sessions"][:1]}
    fewer = {name: value for name, value in fewer.items() if not name.startswith("sessions__")}
    assert ("Room “Foyer”", "Foyer", "") in planned(**fewer)
    loaded(**fewer)
    # The talk was public, so it is cancelled and keeps its room, and the room its venue.
    assert named(institute, Room) == ["Ballroom", "Pier Room"]
    assert named(institute, Venue) == ["Harbor Inn"]
    assert named(institute, Presenter) == []
    assert planned(**fewer) == []


def test_a_list_may_spell_a_room_otherwise_and_calendars_follow(tenant: Tenant) -> None:
    institute = loaded(sessions__0__room="main hall", sessions__0__presenters=["ana"])
    assert planned(rooms=["Main Hall"], presenters=["Ana"], sessions__0__room="main hall",
                   sessions__0__presenters=["ana"]) == [
        ("Room “Main Hall”", "main hall", "Main Hall"),
        ("Presenter “Ana”", "ana", "Ana"),
        ("Session “Opening”: Room", "main hall", "Main Hall"),
        ("Session “Opening”: Presenters", "ana", "Ana"),
    ]  # fmt: skip
    loaded(rooms=["Main Hall"], presenters=["Ana"], sessions__0__room="main hall",
           sessions__0__presenters=["ana"])  # fmt: skip
    opening = session_of(institute, "open")
    assert (opening.room, opening.presenters, opening.sequence) == ("Main Hall", ["Ana"], 1)
    assert named(institute, Room) == ["Main Hall"]


def test_a_room_that_moves_to_another_venue_takes_its_sessions_along(tenant: Tenant) -> None:
    institute = loaded(rooms=["Hall"], sessions__0__room="Hall")
    loaded(rooms=[{"name": "Hall", "venue": "Inn"}], sessions__0__room="Hall")
    opening = session_of(institute, "open")
    assert (opening.venue, opening.sequence) == ("Inn", 1)
    last = db.session.scalars(select(Release).order_by(Release.number.desc())).first()
    assert last is not None
    assert last.changes[0].fields == [{"field": "venue", "before": "", "after": "Inn"}]


def test_the_plan_says_that_loading_drops_what_waits_to_be_published(tenant: Tenant) -> None:
    institute = loaded()
    assert programmes.plan(parsed()).dropped is None
    opening = session_of(institute, "open")
    opening.draft = dict(kept_as(opening.spec))
    db.session.commit()
    assert programmes.plan(parsed()).dropped == (
        "Sessions with changes that wait to be published: 1. Loading drops these changes; the "
        "file says how the programme is."
    )
    loaded()
    assert programmes.plan(parsed()).dropped is None
