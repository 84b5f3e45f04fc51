"""What a printed programme says of its rooms, venues and presenters."""

from collections.abc import Mapping, Sequence

from consortium.words import say
from events.booklets.domain import Place
from events.institutes.models import Institute
from events.schedule import service as schedule
from events.schedule.domain.rooms import feature_in_words
from events.schedule.models import Room


def places_at(institute: Institute) -> Sequence[Place]:
    """Return the venues with how to get there, then the rooms with what they have."""
    own = Place(name=institute.venue, lines=()) if institute.venue else None
    venues = [
        Place(name=one.name, lines=tuple(line for line in (one.address, one.notes) if line))
        for one in schedule.venues_of(institute.id)
    ]
    rooms = [
        Place(name=one.name, lines=_facts(one))
        for one in schedule.rooms_of(institute.id)
        if _facts(one)
    ]
    return [*([own] if own else []), *venues, *rooms]


def affiliations_at(institute: Institute) -> Mapping[str, str]:
    """Return where presenters come from, by name."""
    return {one.name: one.affiliation for one in schedule.presenters_of(institute.id)}


def _facts(room: Room) -> tuple[str, ...]:
    features = ", ".join(str(feature_in_words(one)) for one in room.features)
    seats = say("%(n)s seats", n=room.capacity) if room.capacity else ""
    return tuple(line for line in (room.venue or "", seats, features, room.notes) if line)
