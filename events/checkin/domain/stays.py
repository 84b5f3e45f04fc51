"""From scans to stays: who was where from when to when, in whatever order the scans came."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum, auto
from itertools import groupby
from uuid import UUID
from zoneinfo import ZoneInfo

DAY_BEGINS = time(4)
"""Whoever leaves a dinner after midnight leaves the day on which it began."""
SAME_SCAN = timedelta(minutes=2)
"""A badge read twice within this is one passing, where each further scan would turn it round."""


class Direction(StrEnum):
    """What a scan says: that someone comes, goes, or whichever it must be."""

    IN = auto()
    OUT = auto()
    EITHER = auto()


class Effect(StrEnum):
    """What one scan does beside all others of the same person, day and place."""

    ARRIVED = auto()
    LEFT = auto()
    HERE_ALREADY = auto()
    GONE_ALREADY = auto()
    NEVER_ARRIVED = auto()
    """Scanned as leaving, and nobody saw the person come: staff has to look."""
    UNDONE = auto()


class Ending(StrEnum):
    """How a stay's end is known."""

    OPEN = auto()
    """Nobody saw the person leave."""
    SEEN = auto()
    DAY_END = auto()
    """Nobody did, and the host counts such people until the day's programme ends."""


@dataclass(frozen=True, kw_only=True)
class Passing:
    """One coming or going of one person, as it was scanned or written down."""

    key: str
    """Chosen where it was scanned, unique at the institute: the same key is the same passing."""
    at: datetime
    direction: Direction


@dataclass(frozen=True, kw_only=True)
class Stay:
    """Someone's time at the institute, or in one session, without a break."""

    person_id: UUID
    on: date
    arrived: datetime
    left: datetime | None
    """None: nobody saw the person leave (see ``ending``)."""
    ending: Ending = Ending.OPEN


@dataclass(frozen=True, kw_only=True)
class Attendance:
    """What the passings of one person at one place on one day come to."""

    stays: tuple[Stay, ...] = ()
    effects: Mapping[str, Effect] = field(default_factory=dict)
    """By the passing's key, those undone among them."""

    @property
    def inside(self) -> bool:
        """Whether the person came and nobody saw the person leave."""
        return bool(self.stays) and self.stays[-1].left is None

    def since(self, effect: Effect, at: datetime) -> datetime | None:
        """Return since when the person is, by a scan of this effect, here or gone."""
        before = [stay for stay in self.stays if stay.arrived <= at]
        if not before:
            return None
        if effect in {Effect.LEFT, Effect.GONE_ALREADY}:
            return before[-1].left
        return before[-1].arrived


def day_of(at: datetime, zone: ZoneInfo) -> date:
    """Return the day of an institute to which a moment belongs; it begins at four."""
    wall = at.astimezone(zone).replace(tzinfo=None)
    before_it = wall.time() < DAY_BEGINS
    return wall.date() - timedelta(days=1) if before_it else wall.date()


def attendance_of(
    person_id: UUID, on: date, passings: Iterable[Passing], undone: Collection[str] = ()
) -> Attendance:
    """Return the stays that one person's passings at one place on one day come to.

    The answer does not depend on the order in which passings are given, nor on how often each is:
    they are taken by time, and those of one moment by direction and key.
    """
    once = {passing.key: passing for passing in passings}
    effects = {key: Effect.UNDONE for key in once if key in undone}
    stays: list[Stay] = []
    last: datetime | None = None
    for passing in sorted(once.values(), key=_order):
        if passing.key in effects:
            continue
        effect = _effect(passing, stays, last)
        effects[passing.key] = effect
        if effect is Effect.ARRIVED:
            stays.append(Stay(person_id=person_id, on=on, arrived=passing.at, left=None))
        elif effect is Effect.LEFT:
            arrived = stays[-1].arrived
            stays[-1] = Stay(
                person_id=person_id, on=on, arrived=arrived, left=passing.at, ending=Ending.SEEN
            )
        if effect in {Effect.ARRIVED, Effect.LEFT}:
            last = passing.at
    return Attendance(stays=tuple(stays), effects=effects)


def closed(
    stays: Iterable[Stay], day_ends: Mapping[date, datetime], *, now: datetime
) -> tuple[Stay, ...]:
    """Let stays that nobody saw end end with their day's programme, where that is over.

    Who arrived after it stays as the scans left it.
    """
    ended = []
    for stay in stays:
        end = day_ends.get(stay.on)
        if stay.left is not None or end is None or not stay.arrived < end <= now:
            ended.append(stay)
        else:
            ended.append(replace(stay, left=end, ending=Ending.DAY_END))
    return tuple(ended)


def by_person(stays: Iterable[Stay]) -> Mapping[UUID, tuple[Stay, ...]]:
    """Return each person's stays, first arrived first."""
    ordered = sorted(stays, key=lambda stay: (str(stay.person_id), stay.arrived))
    grouped = groupby(ordered, key=lambda stay: stay.person_id)
    return {person_id: tuple(theirs) for person_id, theirs in grouped}


_COMES_FIRST = {direction: place for place, direction in enumerate(Direction)}


def _order(passing: Passing) -> tuple[datetime, int, str]:
    # Of one moment, whoever is said to come comes before whoever is said to go.
    return passing.at, _COMES_FIRST[passing.direction], passing.key


def _effect(passing: Passing, stays: list[Stay], last: datetime | None) -> Effect:
    inside = bool(stays) and stays[-1].left is None
    if passing.direction is Direction.EITHER and last is not None:
        if passing.at - last < SAME_SCAN:
            return Effect.HERE_ALREADY if inside else Effect.GONE_ALREADY
        return Effect.LEFT if inside else Effect.ARRIVED
    if passing.direction is Direction.OUT:
        if inside:
            return Effect.LEFT
        return Effect.GONE_ALREADY if stays else Effect.NEVER_ARRIVED
    return Effect.HERE_ALREADY if inside else Effect.ARRIVED
