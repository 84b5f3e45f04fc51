"""Who may be matched at an institute, and how many peers each takes and has."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from cohorts.matching.service.history import active_peers
from cohorts.matching.service.limits import NO_LIMIT, Limit, limits
from cohorts.matching.service.people import Person, people_of
from consortium.errors import NotFound
from consortium.words import say
from events.facade import ParticipantView


@dataclass(frozen=True, kw_only=True)
class Taker:
    """Someone who agreed to be matched."""

    person: Person
    limit: Limit
    active: int
    """Peers of the last twelve months, at every institute, whom neither has declined."""


def agreed_people(institute_id: UUID) -> Sequence[ParticipantView]:
    """Return everyone at the institute who agreed to be matched, by name."""
    views = [person.view for person in people_of(institute_id).values() if person.view.wants_peers]
    return sorted(views, key=lambda view: (view.name, str(view.person_id)))


def takers_of(institute_id: UUID) -> Sequence[Taker]:
    """Return everyone at the institute who agreed to be matched, by name, with their limits."""
    said, active = limits(), active_peers()
    return [
        Taker(person=person, limit=said.get(id_, NO_LIMIT), active=active.get(id_, 0))
        for id_, person in people_of(institute_id).items()
        if person.view.wants_peers
    ]


def taker(institute_id: UUID, person_id: UUID) -> Taker:
    """Return one of those who agreed at the institute. Raises ``NotFound``."""
    person = people_of(institute_id, only=[person_id]).get(person_id)
    if person is None or not person.view.wants_peers:
        raise NotFound(say("Nobody like that agreed to be matched at this institute."))
    return Taker(
        person=person,
        limit=limits().get(person_id, NO_LIMIT),
        active=active_peers().get(person_id, 0),
    )
