"""Who opens a partnership's pages, and what they may do there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from cohorts.learning import service as learning
from cohorts.learning.domain.partners import TableSide, Who, who_of
from cohorts.learning.models import Partnership
from consortium.errors import NotFound
from consortium.tenants.service.days import today
from consortium.words import say
from events.facade.teams import TeamOfYear


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Who asks."""

    email: str
    person_id: UUID | None = None
    reads_all: bool = False
    """Staff who may read rosters and names."""
    manages: bool = False
    """Hosts, who may edit for both sides."""


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A partnership, its teams over the years and its people now, for somebody who reads it."""

    partnership: Partnership
    teams: Sequence[TeamOfYear]
    who: Who
    today: date
    reader: Reader
    side: TableSide | None
    """The side for which the reader speaks."""

    @property
    def may_edit(self) -> bool:
        """Whether they write down what the partnership does: its leads and the hosts."""
        return self.reader.manages or self.side is not None


def open_partnership(partnership_id: UUID, reader: Reader) -> Opened:
    """Return a partnership for its people, its coaches and staff. Raises ``NotFound`` for others.

    Whoever has left it reads it no more; see ``past_of``.
    """
    found = _opened(partnership_id, reader)
    inside = found.who.member(reader.person_id) is not None
    if inside or reader.reads_all or learning.may_coach(reader.person_id, found.teams):
        return found
    raise _stranger()


def open_to_edit(partnership_id: UUID, reader: Reader) -> Opened:
    """Return a partnership for its leads and hosts. Raises ``NotFound`` for everyone else."""
    found = open_partnership(partnership_id, reader)
    if not found.may_edit:
        raise NotFound(say("The leads of both sides write this down, and the host does."))
    return found


@dataclass(frozen=True, kw_only=True)
class PastSeat:
    """A seat that somebody had, and until when."""

    where: str
    office: str
    until: date | None


@dataclass(frozen=True, kw_only=True)
class Past:
    """What somebody who left a partnership still sees of it: their own part, unchangeable."""

    partnership: Partnership
    seats: Sequence[PastSeat]
    belongs: bool
    """Whether they are still of it: nobody ends their seats, or that waits for the host."""


def past_of(partnership_id: UUID, reader: Reader) -> Past:
    """Return what somebody's own part in a partnership was. Raises ``NotFound`` for strangers."""
    found = _opened(partnership_id, reader)
    seats = [
        PastSeat(
            where=team.institute_title,
            office=seat.label,
            until=seat.ended_at.date() if seat.ended_at else team.last_day,
        )
        for team in found.teams
        for seat in team.seats
        if seat.person_id is not None and seat.person_id == reader.person_id
    ]
    if not seats:
        raise _stranger()
    belongs = found.who.member(reader.person_id) is not None
    return Past(partnership=found.partnership, seats=seats, belongs=belongs)


def _opened(partnership_id: UUID, reader: Reader) -> Opened:
    partnership = learning.get_partnership(partnership_id)
    teams = learning.teams_of(partnership)
    day = today()
    who = who_of(teams, day)
    return Opened(
        partnership=partnership,
        teams=teams,
        who=who,
        today=day,
        reader=reader,
        side=who.may_sign(reader.person_id),
    )


def _stranger() -> NotFound:
    return NotFound(say("There is no partnership of yours at this address."))
