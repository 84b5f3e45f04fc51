"""How many come to what: the people of an institute, counted by what the programme asks of them."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from blinker import Signal

from events.institutes.models import Institute
from events.schedule.domain import (
    Attendee,
    Clash,
    PlannedSession,
    audience_refusal,
    clashes_of,
)
from events.schedule.service.places import room_specs
from events.schedule.service.sessions import sessions_of

NOBODY = UUID(int=0)

all_attendees_wanted = Signal("who comes to an institute is wanted, as the programme asks")
"""Sent with an institute's id; whoever registers people returns an ``Attendee`` for each."""


def crowd_at(institute_id: UUID) -> Mapping[Attendee, int]:
    """Return how many people of each sort come: those to whom the programme means the same."""
    crowd: Counter[Attendee] = Counter()
    for _, attendees in all_attendees_wanted.send(institute_id):
        crowd.update(
            replace(attendee, seat_id=NOBODY, other_seat_ids=frozenset()) for attendee in attendees
        )
    return crowd


def expected_at(session: PlannedSession, crowd: Mapping[Attendee, int]) -> int:
    """Return how many of the crowd the session is for."""
    return sum(
        people
        for attendee, people in crowd.items()
        if audience_refusal(session, attendee, role_labels={}) is None
    )


def clashes_at(institute: Institute, sessions: Iterable[PlannedSession]) -> tuple[Clash, ...]:
    """Return every clash that these sessions of the institute would have."""
    crowd = crowd_at(institute.id)
    return clashes_of(
        sessions,
        rooms=room_specs(institute.id),
        expected=lambda session: expected_at(session, crowd),
    )


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
