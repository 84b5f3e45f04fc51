"""Asking someone for a match: whether there is room at this moment, and what becomes of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum, auto

from consortium.words import Sentence, say


class RequestKind(StrEnum):
    """As what someone is asked."""

    MENTOR = auto()
    PEER = auto()


class RequestState(StrEnum):
    """What has become of a request."""

    OFFERED = auto()
    """It is before the asked person, who says yes or no."""
    HELD = auto()
    """The asked person has no room, or pauses, and does not see it yet."""
    ACCEPTED = auto()
    DECLINED = auto()
    WITHDRAWN = auto()
    """The one who asked took it back."""
    LAPSED = auto()
    """The asked person did not answer in time."""
    DROPPED = auto()
    """One of the two does not take part any more, or they met another way."""


ANSWER_WITHIN = timedelta(weeks=4)
"""So long a request, or a suggestion, waits for an answer: longer than any break of a school year
but the summer's, and short enough that whoever asked may ask somebody else in the same term."""
OPEN_STATES = (RequestState.OFFERED, RequestState.HELD)


class Room(StrEnum):
    """Whether someone can take one more match now."""

    FREE = auto()
    AT_LIMIT = auto()
    PAUSED = auto()


@dataclass(frozen=True, kw_only=True)
class Places:
    """What decides whether someone has room: what the person takes, has, and was offered."""

    most: int | None
    """At a time; ``None``: as many as they like."""
    active: int
    """Matches of the last twelve months that neither has ended."""
    offered: int = 0
    """Requests that are before the person now: each may become a match."""
    paused: bool = False

    @property
    def room(self) -> Room:
        """Whether one more request may be put before the person."""
        if self.paused:
            return Room.PAUSED
        if self.most is not None and self.active + self.offered >= self.most:
            return Room.AT_LIMIT
        return Room.FREE

    @property
    def takes_one(self) -> bool:
        """Whether a request that is before the person may become a match."""
        return self.most is None or self.active < self.most


HELD_WORDS: Mapping[Room, Sentence] = {
    Room.AT_LIMIT: say("Held: mentor at limit"),
    Room.PAUSED: say("Held: takes no new matches for now"),
}
"""Why a request is held, in a few words."""


def why_held(room: Room, name: str) -> Sentence:
    """Say why a request is held, and what happens next, to who asked."""
    if room is Room.PAUSED:
        return say(
            "Held: %(name)s takes no new matches for now. We ask %(name)s as soon as the pause is "
            "over; you need not do anything.",
            name=name,
        )
    return say(
        "Held: mentor at limit. %(name)s has as many matches as they take at a time. We ask "
        "%(name)s as soon as there is room; you need not do anything.",
        name=name,
    )
