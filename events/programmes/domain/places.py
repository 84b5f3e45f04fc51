"""Read venues, rooms and presenters, and by which names the sessions know them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from consortium.words import Sentence, say
from events.programmes.domain.faults import Findings, Place, did_you_mean, near
from events.programmes.domain.parts import MOST_NAMED, read_part, read_parts
from events.programmes.domain.place_shapes import PresenterShape, RoomShape, VenueShape
from events.programmes.domain.sessions import Placed
from events.programmes.domain.whereabouts import (
    PEOPLE,
    PRESENTERS,
    ROOMS,
    VENUES,
    Known,
    Whereabouts,
    respell,
    tidy,
)
from events.schedule.domain import PresenterSpec, RoomSpec, SessionSpec, VenueSpec, key_of

Part = TypeVar("Part", bound=VenueShape | RoomShape | PresenterShape)
ALMOST = 0.9
"""How alike two names are of which one is probably the other, misspelled."""
People = Sequence[tuple[Place, PresenterShape]]


def lift_people(raw: Mapping[str, Any], findings: Findings) -> tuple[dict[str, Any], People]:
    """Return the file with a name wherever a session describes someone, and the descriptions."""
    said: list[tuple[Place, PresenterShape]] = []
    lifted = dict(raw)
    for part in ("sessions", "cohort_meetings"):
        if isinstance(raw.get(part), list):
            lifted[part] = [
                _lifted(item, (part, n), said, findings) for n, item in enumerate(raw[part])
            ]
    return lifted, said


def read_whereabouts(raw: Mapping[str, Any], people: People, findings: Findings) -> Whereabouts:
    """Return what the file lists; ``people`` are those whom its sessions describe."""
    own = _own(raw)
    venues = Known(_venues(raw, own, findings), VenueSpec)
    described = {VENUES: frozenset(venues)}
    rooms = Known(_rooms(raw, own, venues, findings), RoomSpec)
    presenters = Known(
        (_presenter(shape) for _, shape in _items(PRESENTERS, PresenterShape, raw, findings)),
        PresenterSpec,
    )
    for _, shape in people:
        known = presenters.named(shape.name)
        said = {name: value for name, value in vars(_presenter(shape)).items() if value}
        presenters[key_of(shape.name)] = replace(known, **{**said, "name": known.name})
    return Whereabouts(
        venues=tuple(venues.values()),
        rooms=tuple(rooms.values()),
        presenters=tuple(presenters.values()),
        listed=frozenset(name for name in (VENUES, ROOMS, PRESENTERS) if raw.get(name) is not None),
        described={**described, ROOMS: frozenset(rooms), PRESENTERS: frozenset(presenters)},
    )


def name_places(
    placed: Sequence[Placed], raw: Mapping[str, Any], said: Whereabouts, findings: Findings
) -> tuple[list[Placed], Whereabouts]:
    """Return the sessions with each name as the lists have it, and the lists with what is new.

    A room says by itself in which venue it is; a room of another venue than a session says is a
    fault.
    """
    own = _own(raw)
    venues, rooms = Known(said.venues, VenueSpec), Known(said.rooms, RoomSpec)
    presenters = Known(said.presenters, PresenterSpec)
    _name_new_rooms(placed, own, said, rooms, findings)
    found: list[Placed] = []
    for place, spec in placed:
        venue = _venue(spec.venue, own, venues)
        room = rooms.get(key_of(spec.room))
        if room is not None and spec.venue and room.venue != venue:
            findings.fault((*place, "venue"), _elsewhere(room, venue, own))
        if room is not None:
            _venue(room.venue, own, venues)
        _warn_of_new_people(place, spec, said, findings)
        names = {key_of(name): presenters.named(name).name for name in _people(spec)}
        called = {key: known.name for key, known in venues.items()}
        found.append((place, respell(spec, called, rooms, names)))
    return found, replace(
        said,
        venues=tuple(venues.values()),
        rooms=tuple(rooms.values()),
        presenters=tuple(presenters.values()),
    )


def _own(raw: Mapping[str, Any]) -> str:
    own = raw.get("venue")
    return own if isinstance(own, str) else ""


def _people(spec: Any) -> tuple[str, ...]:
    return (*spec.presenters, *spec.facilitators)


def _elsewhere(room: RoomSpec, venue: str, own: str) -> Sentence:
    return say(
        "“%(room)s” is in %(there)s, not in %(venue)s. Name a room of that venue.",
        room=room.name,
        there=room.venue or own or say("the programme's own venue"),
        venue=venue or own,
    )


def _name_new_rooms(
    placed: Sequence[Placed],
    own: str,
    said: Whereabouts,
    rooms: Known[RoomSpec],
    findings: Findings,
) -> None:
    """Add the rooms that only sessions name, each in the venue that one of them says beside it."""
    names = [room.name for room in said.rooms]
    for place, spec in placed:
        key = key_of(spec.room)
        if not key or key in said.described[ROOMS]:
            continue
        if key not in rooms and ROOMS in said.listed:
            slip = near(spec.room, names)
            findings.warn(
                (*place, "room"),
                say(
                    "“%(name)s” is none of the “rooms”, and becomes one. %(hint)s",
                    name=spec.room,
                    hint=did_you_mean(spec.room, names) if slip else "",
                ),
            )
        room = rooms.named(spec.room)
        if not room.venue and key_of(spec.venue) != key_of(own):
            rooms[key] = replace(room, venue=tidy(spec.venue))


def _warn_of_new_people(
    place: Place, spec: SessionSpec, said: Whereabouts, findings: Findings
) -> None:
    """Warn of someone new whose name is almost one of the list: O'Brien beside O’Brien."""
    if PRESENTERS not in said.listed:
        return
    names = [one.name for one in said.presenters]
    for field in PEOPLE:
        for name in getattr(spec, field):
            if key_of(name) in said.described[PRESENTERS]:
                continue
            slip = near(name, names, likeness=ALMOST)
            if slip is not None:
                findings.warn(
                    (*place, field),
                    say(
                        "“%(name)s” is none of the “presenters”, and becomes one. %(hint)s",
                        name=name,
                        hint=did_you_mean(name, names),
                    ),
                )


def _venue(name: str, own: str, venues: Known[VenueSpec]) -> str:
    """Return the venue's name as it is known; empty for the programme's own."""
    return "" if key_of(name) in {"", key_of(own)} else venues.named(name).name


def _lifted(
    item: Any, place: Place, said: list[tuple[Place, PresenterShape]], findings: Findings
) -> Any:
    if not isinstance(item, dict):
        return item
    lifted = dict(item)
    for field in PEOPLE:
        given = item.get(field)
        if isinstance(given, dict):
            given = [given]
        if isinstance(given, list) and any(isinstance(one, dict) for one in given):
            lifted[field] = []
            for n, one in enumerate(given):
                at = (*place, field) if item[field] is not given else (*place, field, n)
                if not isinstance(one, dict):
                    lifted[field].append(one)
                elif (shape := read_part(PresenterShape, one, at, findings)) is not None:
                    said.append((at, shape))
                    lifted[field].append(shape.name)
    return lifted


def _venues(raw: Mapping[str, Any], own: str, findings: Findings) -> Iterator[VenueSpec]:
    for place, shape in _items(VENUES, VenueShape, raw, findings):
        if key_of(shape.name) == key_of(own):
            findings.fault(
                (*place, "name"), say("That is the programme's own venue. List only others here.")
            )
        yield VenueSpec(name=tidy(shape.name), address=shape.address, notes=shape.notes)


def _rooms(
    raw: Mapping[str, Any], own: str, venues: Known[VenueSpec], findings: Findings
) -> Iterator[RoomSpec]:
    names = [venue.name for venue in venues.values()]
    for place, shape in _items(ROOMS, RoomShape, raw, findings):
        if names and key_of(shape.venue) not in {"", key_of(own), *venues}:
            findings.fault(
                (*place, "venue"),
                say(
                    "“%(name)s” is none of the “venues”. %(hint)s",
                    name=shape.venue,
                    hint=did_you_mean(shape.venue, names),
                ),
            )
        yield RoomSpec(
            name=tidy(shape.name),
            venue=_venue(shape.venue, own, venues),
            capacity=shape.capacity,
            features=tuple(dict.fromkeys(shape.features)),
            notes=shape.notes,
        )


def _items(
    part: str, shape: type[Part], raw: Mapping[str, Any], findings: Findings
) -> Iterator[tuple[Place, Part]]:
    """Return the items of a list in which a name alone may be one; note what stands twice."""
    given = raw.get(part)
    if isinstance(given, list):
        given = [{"name": item} if isinstance(item, str) else item for item in given]
    seen: set[str] = set()
    for place, item in read_parts(shape, given, (part,), findings, most=MOST_NAMED):
        key = key_of(item.name)
        if key in seen:
            said = say("“%(name)s” stands here twice. Write it once.", name=item.name)
            findings.fault((*place, "name"), said)
        seen.add(key)
        yield place, item


def _presenter(shape: PresenterShape) -> PresenterSpec:
    return PresenterSpec(
        name=tidy(shape.name),
        affiliation=shape.affiliation,
        email=shape.email,
        about=shape.about,
    )
