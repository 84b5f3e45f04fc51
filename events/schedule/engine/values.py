"""What a programme to be scheduled consists of, and what a schedule of it says.

Times are whole minutes from midnight before the programme's first day, so that the next day
begins at 1,440. Ids are the words by which people know things; whoever presents is known by the
same id as among the people, where the same human is one of both.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

SCHEDULE_FORMAT: Literal["consortium-schedule/1"] = "consortium-schedule/1"
"""What a file that holds a schedule says it is."""

EVERYONE = "*"
"""Among ``required_roles``: everyone has to be there, so nothing else can be held meanwhile."""

BRIDGED = 30
"""Minutes between two slots that a session of both may run through: a break, not a meal."""

MOST_POINTS = 10
"""Points of a first choice; a second has one less, a tenth has one, a later one none."""


def points_of(rank: int) -> int:
    """Return what it is worth to someone to hear a choice of this rank (1 is the first)."""
    return max(0, MOST_POINTS + 1 - rank)


@dataclass(frozen=True, kw_only=True)
class Slot:
    """A time at which sessions begin and end together."""

    id: str
    name: str = ""
    starts: int
    ends: int

    @property
    def called(self) -> str:
        """How people call it."""
        return self.name or self.id

    @property
    def day(self) -> int:
        """Which day of the programme it is on, 0 being the first."""
        return self.starts // 1440


@dataclass(frozen=True, kw_only=True)
class Open:
    """From when to when a room can be used."""

    starts: int
    ends: int


@dataclass(frozen=True, kw_only=True)
class Room:
    """A room; one without ``hours`` is open all the time."""

    id: str
    name: str = ""
    capacity: int | None = None
    """How many people it holds; ``None`` where nobody counted, and then it holds anyone."""
    features: frozenset[str] = frozenset()
    venue: str = ""
    hours: tuple[Open, ...] = ()

    @property
    def called(self) -> str:
        """How people call it."""
        return self.name or self.id

    def is_open(self, starts: int, ends: int) -> bool:
        """Tell whether it can be used from one minute to the other."""
        if not self.hours:
            return True
        return any(one.starts <= starts and ends <= one.ends for one in self.hours)


@dataclass(frozen=True, kw_only=True)
class Fixed:
    """What stands fast: a plenary, a meal, travel. Nobody whom it needs can be elsewhere."""

    id: str
    title: str = ""
    starts: int
    ends: int
    room: str = ""
    presenters: tuple[str, ...] = ()
    required_roles: frozenset[str] = frozenset()

    @property
    def called(self) -> str:
        """How people call it."""
        return self.title or self.id


@dataclass(frozen=True, kw_only=True)
class Session:
    """A session that needs a slot and a room.

    One that is longer than any slot takes slots that follow each other on one day, where no more
    than ``BRIDGED`` minutes lie between two of them. It holds its room from its first slot's
    begin to its last slot's end.
    """

    id: str
    title: str = ""
    minutes: int | None = None
    """How long it takes; ``None`` for one slot, however long that is."""
    kind: str = ""
    presenters: tuple[str, ...] = ()
    """Presenters and facilitators: who cannot be elsewhere at that time."""
    features: frozenset[str] = frozenset()
    """What its room has to have."""
    required_roles: frozenset[str] = frozenset()
    """Roles whose people all have to be there."""
    expected: int = 0
    """How many people its room must hold at least."""
    capacity: int | None = None
    """How many it takes at most, however large its room is."""
    same_content: str = ""
    """What it has in common with its repeats, which are held at other times."""
    track: str = ""
    before: frozenset[str] = frozenset()
    """Sessions that may begin only when this one has ended."""
    slot: str = ""
    """The slot in which it has to begin, where someone locked it."""
    among: frozenset[str] = frozenset()
    """The slots of its round, where it has to stay among them."""
    room: str = ""
    """The room in which it has to be, where someone locked it."""

    @property
    def called(self) -> str:
        """How people call it."""
        return self.title or self.id


@dataclass(frozen=True, kw_only=True)
class Person:
    """Someone who comes, and what this person would like to hear."""

    id: str
    team: str = ""
    role: str = ""
    choices: Mapping[str, int] = field(default_factory=dict)
    """By session: its rank, 1 being the first choice."""


@dataclass(frozen=True, kw_only=True)
class Weights:
    """What each thing that is only wished for is worth, in points of choices."""

    track: int = 5
    """Two sessions of one track side by side."""
    venue: int = 2
    """Someone has to walk to another venue between two slots of a day."""
    team: int = 3
    """The first of a team in a session, over a second colleague there."""


@dataclass(frozen=True, kw_only=True)
class Programme:
    """Everything that a schedule is made from."""

    slots: tuple[Slot, ...]
    rooms: tuple[Room, ...]
    sessions: tuple[Session, ...]
    people: tuple[Person, ...] = ()
    fixed: tuple[Fixed, ...] = ()
    away: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """By presenter: the slots in which this person cannot be asked to present."""
    weights: Weights = Weights()

    @cached_property
    def times(self) -> Mapping[str, str]:
        """By slot: how people call it."""
        return {slot.id: slot.called for slot in self.slots}


@dataclass(frozen=True, kw_only=True, order=True)
class Placement:
    """Where and when a session is held: its first slot, and its room."""

    session: str
    slot: str
    room: str


@dataclass(frozen=True, kw_only=True, order=True)
class Seat:
    """One person's place in a session."""

    person: str
    slot: str
    session: str


@dataclass(frozen=True, kw_only=True)
class Clash:
    """Rules that cannot all be kept; without any one of them there would be a plan."""

    sentences: tuple[str, ...]
    smallest: bool
    """Whether each of them was shown to be needed for the contradiction."""


class NoPlan(Exception):
    """There is no schedule that keeps every rule; ``clash`` names rules that exclude it."""

    def __init__(self, clash: Clash) -> None:
        super().__init__(" ".join(clash.sentences))
        self.clash = clash


class NotFoundInTime(Exception):
    """Time ran out before a first plan was found or was shown not to exist."""


Schedule = Sequence[Placement]
