"""What a screen at a door says: now, next, later today, by the clock on the venue's wall."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from events.schedule.domain import PlannedSession, Span
from events.schedule.domain.sessions import in_order

LONGEST_SLUG = 60


@dataclass(frozen=True, kw_only=True)
class Item:
    """One session on a screen, with its time by the clock on the wall."""

    session: PlannedSession
    time: Span

    @property
    def cancelled(self) -> bool:
        """Whether it is not held; people who wait at the door read that here."""
        return self.session.cancelled


@dataclass(frozen=True, kw_only=True)
class Sign:
    """What one room's screen says at a moment."""

    wall: datetime
    """What the clock on the wall shows."""
    zone: str
    now: tuple[Item, ...]
    next: Item | None
    later: tuple[Item, ...]
    """The rest of today."""
    resumes: Item | None
    """What comes first on a later day, once nothing is left today."""

    @property
    def over(self) -> bool:
        """Whether nothing comes any more."""
        return not (self.now or self.next or self.later or self.resumes)


def sign_of(sessions: Iterable[PlannedSession], *, at: datetime, zone: str) -> Sign:
    """Return what the screen of a room says at the moment ``at``.

    What is cancelled stays where it would be, marked, until it would have ended; what comes next
    is the next session that is held.
    """
    there = [
        Item(session=session, time=session.span.seen_from(zone))
        for session in sorted(sessions, key=in_order)
        if session.span is not None and session.span.ends_at > at
    ]
    wall = at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    now = tuple(item for item in there if item.time.begins_at <= at)
    ahead = [item for item in there if item.time.begins_at > at]
    today = [item for item in ahead if item.time.starts.date() == wall.date()]
    following = next((item for item in today if not item.cancelled), None)
    return Sign(
        wall=wall,
        zone=zone,
        now=now,
        next=following,
        later=tuple(item for item in today if item is not following),
        resumes=None if today else next((item for item in ahead if not item.cancelled), None),
    )


def zone_of(sessions: Iterable[PlannedSession], *, otherwise: str) -> str:
    """Return the zone of most sessions of a room: that of the clock on its wall."""
    zones = Counter(session.time_zone for session in sessions if session.starts is not None)
    return zones.most_common(1)[0][0] if zones else otherwise


def slugs_of(names: Sequence[str]) -> Mapping[str, str]:
    """Return the part of an address for each room's name, no two the same, in the given order."""
    taken: set[str] = set()
    slugs: dict[str, str] = {}
    for number, name in enumerate(names, start=1):
        plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
        stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_SLUG].strip("-")
        slug = stem or f"room-{number}"
        again = 1
        while slug in taken:
            again += 1
            slug = f"{stem or f'room-{number}'}-{again}"
        taken.add(slug)
        slugs[name] = slug
    return slugs
