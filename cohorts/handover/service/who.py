"""Who can leave a partnership, and from which seat."""

from collections.abc import Sequence
from uuid import UUID

from cohorts.structures.service import Opened
from events.facade.teams import Held


def seat_left(opened: Opened, person_id: UUID) -> Held | None:
    """Return the newest seat that somebody has in the partnership's teams."""
    return next(
        (
            seat
            for team in reversed(opened.teams)
            for seat in team.seats
            if seat.person_id == person_id and seat.ended_at is None
        ),
        None,
    )


def who_may_leave(opened: Opened) -> Sequence[tuple[UUID, str]]:
    """Return who has a seat, or leads a team, in what still stands: their names with offices."""
    found: dict[UUID, str] = {}
    for member in opened.who.members:
        words = f"{member.name}, {member.office}" if member.office else member.name
        found[member.person_id] = words
    return sorted(found.items(), key=lambda one: (one[1], str(one[0])))
