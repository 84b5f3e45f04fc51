"""Who leads a team beside whom, and what one lead asks of the other."""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from consortium.people.domain import Side
from consortium.words import Sentence, say
from events.institutes.domain import JointActKind
from events.registration.domain.roles import OPPOSITE

MOST_LEADS = 2
ACT_WORDS: Mapping[JointActKind, Sentence] = {
    JointActKind.SUBMIT: say("submit the team"),
    JointActKind.ACCEPT_SHARE: say("accept a share of the cost"),
    JointActKind.SUBSTITUTE: say("give a seat to someone else"),
}
"""What a lead asks the other one to agree to, after “asks you to agree to”."""


@dataclass(frozen=True, kw_only=True)
class SeatShown:
    """A seat as far as someone agrees to it: who comes, for which roles."""

    seat_id: UUID
    person_id: UUID | None
    name: str
    role_codes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class TeamShown:
    """A team as far as someone agrees to it."""

    name: str
    site: str
    seats: tuple[SeatShown, ...]
    waived: tuple[str, ...]

    @property
    def fingerprint(self) -> str:
        """The same text for the same team, another one as soon as anything of it differs."""
        seats = sorted(
            [str(seat.seat_id), str(seat.person_id or ""), seat.name, *seat.role_codes]
            for seat in self.seats
        )
        said = json.dumps([self.name, self.site, seats, sorted(self.waived)])
        return hashlib.sha256(said.encode()).hexdigest()


def sides_beside(held: Collection[Side]) -> tuple[Side, ...]:
    """Return the sides from which a second lead can be invited; none when two lead already.

    Labor and management lead together. Someone of neither (a board member, a partner who does
    the registering) leads together with whichever of the two sides is invited.
    """
    if len(held) >= MOST_LEADS:
        return ()
    if set(held) & OPPOSITE:
        return tuple(OPPOSITE - set(held))
    return (Side.LABOR, Side.MANAGEMENT)


def sides_after(mine: Side, others: Iterable[Side]) -> tuple[Side, ...]:
    """Return the sides for which a lead can hand over; the first is the lead's own.

    Labor hands over to labor and management to management, so that a team never loses a side
    by it. A lead of neither may also make way for one of the two.
    """
    if mine in OPPOSITE:
        return (mine,)
    free = (Side.LABOR, Side.MANAGEMENT)
    return (mine, *(side for side in free if side not in set(others)))
