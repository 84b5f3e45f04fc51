"""Someone who comes to an institute, with what was chosen so far."""

from dataclasses import dataclass, field
from uuid import UUID

from events.schedule.domain import Attendee


@dataclass(frozen=True, kw_only=True)
class Member:
    """Someone who comes, with what was chosen and what is waited for."""

    person_id: UUID
    name: str
    email: str
    team: str
    attendee: Attendee
    chosen: frozenset[UUID] = field(default=frozenset())
    waits: frozenset[UUID] = field(default=frozenset())
    team_id: UUID | None = None
    """The team by which the others are colleagues."""
    confirmed: bool = True
    """Whether the person said yes to a seat, and was not only named for one."""

    @property
    def seat_id(self) -> UUID:
        """The seat under which pages know the person."""
        return self.attendee.seat_id
