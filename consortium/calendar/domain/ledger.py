"""What a person's calendar was last told of one dated thing, and what it must be told now.

A mail is noted here before it leaves, since a worker may die with it in hand. Until its sending
is settled, nobody knows which of two things the calendar shows: what was told before, or this.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from consortium.ports import DatedEvent, Method

DIGEST_LENGTH = 16


class Facts(NamedTuple):
    """What a calendar shows of a dated thing, as text and digests, so that it compares fast."""

    title: str
    starts: str
    """Wall time, ISO 8601."""
    ends: str
    zone: str
    begins_at: str
    """The instant, in UTC: other rules for clocks move it although the wall time stays."""
    place: str
    link: str
    """Digest of the link to join online; empty without one."""
    details: str
    """Digest of the description, but for the paragraph with the link."""

    @property
    def begins(self) -> datetime:
        """The wall time at which it begins."""
        return datetime.fromisoformat(self.starts)

    @property
    def finishes(self) -> datetime:
        """The wall time at which it ends."""
        return datetime.fromisoformat(self.ends)

    @property
    def over_at(self) -> datetime:
        """The instant at which it ends."""
        return self.finishes.replace(tzinfo=ZoneInfo(self.zone)).astimezone(UTC)

    def same_time(self, other: "Facts") -> bool:
        """Tell whether both are at one time, which clocks show alike, whatever the zone is called.

        Neighbours have had the same clocks for so long that nobody sees which of them is meant.
        """
        mine, theirs = ((one.starts, one.ends, one.begins_at) for one in (self, other))
        return mine == theirs and self.over_at == other.over_at

    def looks_like(self, other: "Facts") -> bool:
        """Tell whether nobody sees a difference between the two."""
        return self.same_time(other) and self._replace(zone=other.zone) == other

    def taken_out(self, uid: str, sequence: int, *, at: datetime) -> DatedEvent:
        """Return what takes it out of calendars: they find it by its UID and show the rest."""
        return DatedEvent(
            uid=uid,
            sequence=sequence,
            summary=self.title,
            starts=self.begins,
            ends=self.finishes,
            time_zone=self.zone,
            changed_at=at,
            location=self.place,
            cancelled=True,
        )

    def as_json(self) -> dict[str, Any]:
        """Return the facts as the ledger keeps them."""
        return self._asdict()


def facts_of(event: DatedEvent) -> Facts:
    """Return what calendars show of an event."""
    begins_at = event.starts.replace(tzinfo=ZoneInfo(event.time_zone)).astimezone(UTC)
    link = event.join_at
    paragraphs = event.description.split("\n\n")
    details = "\n\n".join(one for one in paragraphs if not link or link not in one)
    return Facts(
        title=event.summary,
        starts=event.starts.isoformat(timespec="minutes"),
        ends=event.ends.isoformat(timespec="minutes"),
        zone=event.time_zone,
        begins_at=begins_at.isoformat(timespec="minutes"),
        place=event.location,
        link=_digest(link),
        details=_digest(details),
    )


@dataclass(frozen=True, kw_only=True)
class Told:
    """One message about a dated thing."""

    method: Method
    facts: Facts

    @property
    def digest(self) -> str:
        """A short name of exactly this message."""
        return _digest("\x00".join((self.method.value, *self.facts)))


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is known of one dated thing in one person's calendar."""

    sequence: int
    """The highest number that any message bore; -1 before the first."""
    lift: int
    """What this person's messages bear above the number of the event itself."""
    last: Told | None
    before: Told | None = None
    """What had been told before ``last``."""
    unsure: bool = False
    """Whether ``last`` may not have left."""

    @property
    def certain(self) -> Told | None:
        """What the calendar was told for sure."""
        return self.before if self.unsure else self.last

    @property
    def invited(self) -> bool:
        """Whether the calendar may show it, so that it has to be taken out when it is not so."""
        return any(told is not None and told.method is Method.REQUEST for told in self._possible)

    def shows(self, facts: Facts) -> bool:
        """Tell whether people see just this in the calendar, whichever message arrived."""
        return all(
            told is not None and told.method is Method.REQUEST and told.facts.looks_like(facts)
            for told in self._possible
        )

    def number(self, base: int, told: Told) -> int:
        """Return the SEQUENCE under which this is told: never below what was told before.

        ``base`` is the event's own number. The same words keep their number, so that a mail that
        is tried again, and a feed read after it, say the same as the mail; other words get a
        higher one, since a program ignores what seems older than its copy (RFC 5546, 2.1.5).
        """
        floor = self.sequence if told == self.last else self.sequence + 1
        return max(base + self.lift, floor)

    @property
    def _possible(self) -> tuple[Told | None, ...]:
        return (self.before, self.last) if self.unsure else (self.last,)


NOTHING = Known(sequence=-1, lift=0, last=None)


def about_calendar(institute_id: UUID, person_id: UUID) -> str:
    """Return what mails are about that bring someone's calendar up to date (see ``outbox``)."""
    return f"calendar:{institute_id}:{person_id}"


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "replace")).hexdigest()[:DIGEST_LENGTH] if text else ""
