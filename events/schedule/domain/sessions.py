"""A session as a value, and what a coordinator writes down about one."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from uuid import UUID

from consortium.errors import Refusal
from consortium.words import Sentence, say
from events.schedule.domain.spans import Span, span_of, told_in

EVERYONE = "*"
LAST = datetime.max.replace(tzinfo=UTC)
BESIDE_THE_MEETINGS = frozenset({"alumni_checkin", "coaching_visit"})
"""Kinds of a cohort's dates at which not the whole cohort meets, or not any more."""
EVERY_COHORT = frozenset({"", "both", "all"})

KINDS: Mapping[str, Sentence] = {
    "registration": say("Check-in"),
    "plenary": say("Plenary"),
    "panel": say("Panel"),
    "breakout": say("Breakout"),
    "role_alike": say("Role-alike group"),
    "team_time": say("Team time"),
    "training": say("Training"),
    "site_visit": say("Site visit"),
    "peer_meeting": say("Peer meeting"),
    "share_out": say("Share-out"),
    "cohort_meeting": say("Cohort meeting"),
    "coaching_visit": say("Coaching visit"),
    "site_meeting": say("Site meeting"),
    "executive": say("Leaders' meeting"),
    "alumni_checkin": say("Alumni check-in"),
    "meal": say("Meal"),
    "social": say("Social time"),
    "survey": say("Survey and close"),
    "travel": say("Travel"),
}


def kind_in_words(kind: str) -> str:
    """Return what people call this kind of session; a host's own kind is shown as written."""
    known = KINDS.get(kind)
    return known if known is not None else kind.replace("_", " ").capitalize()


class SessionRefused(Refusal):
    """The session cannot be as it was written down."""


class ChoiceRefused(Refusal):
    """This person cannot take a place in the session."""


@dataclass(frozen=True, kw_only=True)
class PlannedSession:
    """One item of a programme as the public may see it; times are wall times in ``time_zone``.

    The link of an online session is not among its fields: only those admitted see it.
    """

    id: UUID
    code: str
    title: str
    kind: str
    time_zone: str
    starts: datetime | None
    ends: datetime | None
    description: str = ""
    room: str = ""
    venue: str = ""
    """The name of the venue where it is held, if not at the institute's own."""
    mode: str = ""
    homework: str = ""
    meeting: bool = False
    track: str = ""
    presenters: tuple[str, ...] = ()
    """Who speaks, by name."""
    facilitators: tuple[str, ...] = ()
    """Who leads the group through it, by name."""
    audience_roles: tuple[str, ...] = (EVERYONE,)
    audience_sides: tuple[str, ...] = ()
    """``management``, ``labor`` …: only people of these sides; empty for all."""
    audience_flags: tuple[str, ...] = ()
    strand: str = ""
    """The strand whose followers it is for; empty for all."""
    cohort: str = ""
    choice_group: str = ""
    pick: int = 1
    same_content: str = ""
    features: tuple[str, ...] = ()
    """What its room must have."""
    capacity: int | None = None
    taken: int = 0
    cancelled: bool = False

    @cached_property
    def span(self) -> Span | None:
        """From when to when it lasts where it is held; ``None`` while it has no date."""
        return span_of(self.starts, self.ends, self.time_zone)

    def times(self, zone: str) -> tuple[Span, ...]:
        """Return what people in ``zone`` read of its time: its own, then theirs if it differs."""
        return told_in(zone, [self.span] if self.span else [])

    @property
    def people(self) -> tuple[str, ...]:
        """Everyone who has to be there to hold it: presenters, then facilitators, each once."""
        return tuple(dict.fromkeys((*self.presenters, *self.facilitators)))

    @property
    def places_left(self) -> int | None:
        """How many people can still take it; ``None`` where places are not counted."""
        return None if self.capacity is None else max(0, self.capacity - self.taken)

    @property
    def is_full(self) -> bool:
        """Whether nobody more can take it."""
        return self.places_left == 0

    def overlaps(self, other: "PlannedSession") -> bool:
        """Tell whether nobody could be in both from begin to end."""
        mine, theirs = self.span, other.span
        return mine is not None and theirs is not None and mine.overlaps(theirs)


def in_order(session: PlannedSession) -> tuple[datetime, datetime, str]:
    """Sort key: by what comes first anywhere in the world, undated last, then by title."""
    span = session.span
    if span is None:
        return LAST, LAST, session.title
    return span.begins_at, span.ends_at, session.title


def overlapping(
    sessions: Iterable[PlannedSession],
) -> Iterator[tuple[PlannedSession, PlannedSession]]:
    """Return each pair of sessions that nobody could attend both, once."""
    running: list[PlannedSession] = []
    for session in sorted(sessions, key=in_order):
        running = [other for other in running if other.overlaps(session)]
        yield from ((other, session) for other in running)
        running.append(session)
