"""What people do at an institute: how they spread, who has not chosen, what changed for them."""

from events.agenda.domain.asking import asking_day
from events.agenda.domain.changes import Change, Kind, changes_of
from events.agenda.domain.people import Member
from events.agenda.domain.spread import RoundSpread, Spot, spread_of
from events.agenda.domain.totals import (
    OpenRound,
    RoundTotals,
    missing_members,
    open_rounds,
    still_open,
    totals_of,
)

__all__ = [
    "Change",
    "Kind",
    "Member",
    "OpenRound",
    "RoundSpread",
    "RoundTotals",
    "Spot",
    "asking_day",
    "changes_of",
    "missing_members",
    "open_rounds",
    "spread_of",
    "still_open",
    "totals_of",
]
