"""Sessions, where they are and who holds them, who chose them, and what was published of them."""

from events.schedule.models.choices import ONE_CHOICE, ONE_WAIT, SessionChoice, SessionWait
from events.schedule.models.news import PlaceNews
from events.schedule.models.places import (
    PRESENTER_TAKEN,
    ROOM_TAKEN,
    VENUE_TAKEN,
    Presenter,
    Room,
    Venue,
)
from events.schedule.models.proposals import ONE_PROPOSAL, ProgrammeProposal
from events.schedule.models.ranking import (
    ONE_PLACES_DRAFT,
    ONE_RANKED_ROUND,
    ONE_RANKING,
    PlacesDraft,
    RankedRound,
    Ranking,
)
from events.schedule.models.releases import Release, ReleaseChange
from events.schedule.models.sessions import CODE_TAKEN, PLACES_NOT_OVERSOLD, Session

__all__ = [
    "CODE_TAKEN",
    "ONE_CHOICE",
    "ONE_PLACES_DRAFT",
    "ONE_PROPOSAL",
    "ONE_RANKED_ROUND",
    "ONE_RANKING",
    "ONE_WAIT",
    "PLACES_NOT_OVERSOLD",
    "PRESENTER_TAKEN",
    "ROOM_TAKEN",
    "VENUE_TAKEN",
    "PlaceNews",
    "PlacesDraft",
    "Presenter",
    "ProgrammeProposal",
    "RankedRound",
    "Ranking",
    "Release",
    "ReleaseChange",
    "Room",
    "Session",
    "SessionChoice",
    "SessionWait",
    "Venue",
]
