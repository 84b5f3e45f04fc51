"""How people spread over the sessions they choose, and who has not chosen yet."""

from events.agenda.domain.people import Member
from events.agenda.domain.spread import RoundSpread, Spot, spread_of
from events.agenda.domain.totals import (
    RoundTotals,
    missing_members,
    open_rounds,
    totals_of,
)

__all__ = [
    "Member",
    "RoundSpread",
    "RoundTotals",
    "Spot",
    "missing_members",
    "open_rounds",
    "spread_of",
    "totals_of",
]
