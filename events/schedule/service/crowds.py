"""How many come to what: the people of an institute, counted by what the programme asks of them."""

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from functools import cached_property
from uuid import UUID

from blinker import Signal

from events.institutes.models import Institute
from events.schedule.domain import (
    Attendee,
    Clash,
    PlannedSession,
    audience_of,
    audience_refusal,
    clashes_of,
)
from events.schedule.service.finding import sessions_of
from events.schedule.service.places import room_specs

all_attendees_wanted = Signal("who comes to an institute is wanted, as the programme asks")
"""Sent with an institute's id; whoever registers people returns how many there are of each sort:
an ``Attendee`` on the seat ``ANYBODY`` for all to whom the programme means the same."""


def crowd_at(institute_id: UUID) -> Mapping[Attendee, int]:
    """Return how many people of each sort come: those to whom the programme means the same."""
    crowd: Counter[Attendee] = Counter()
    for _, sorts in all_attendees_wanted.send(institute_id):
        crowd.update(sorts)
    return crowd


class Expected:
    """How many come to a session that is simply for them; who comes is asked when first needed."""

    def __init__(self, institute_id: UUID) -> None:
        """Know nobody yet."""
        self._institute_id = institute_id
        self._known: dict[Hashable, int] = {}

    def __call__(self, session: PlannedSession) -> int:
        """Return how many of the institute's people the session is for."""
        audience = audience_of(session)
        if audience not in self._known:
            self._known[audience] = sum(
                people
                for attendee, people in self._crowd.items()
                if audience_refusal(session, attendee, role_labels={}) is None
            )
        return self._known[audience]

    @cached_property
    def _crowd(self) -> Mapping[Attendee, int]:
        return crowd_at(self._institute_id)


def clashes_at(institute: Institute, sessions: Iterable[PlannedSession]) -> tuple[Clash, ...]:
    """Return every clash that these sessions of the institute would have."""
    return clashes_of(sessions, rooms=room_specs(institute.id), expected=Expected(institute.id))


def clash_keys(institute: Institute, session_ids: Collection[UUID]) -> Sequence[str]:
    """Return the clashes that these published sessions take part in, by their keys.

    For the record of whoever publishes them as they are: by a file, or with the institute.
    """
    published = [session.planned for session in sessions_of(institute.id)]
    return [
        clash.key
        for clash in clashes_at(institute, published)
        if any(session.id in session_ids for session in clash.sessions)
    ]
