"""What cannot be as the programme stands: rooms and people used twice, unfit rooms, no way."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum, auto
from itertools import chain, islice

from consortium.words import say
from events.schedule.domain.beside import beside_each_other, group_of, sharing
from events.schedule.domain.rooms import RoomSpec, features_in_words, key_of, lacking
from events.schedule.domain.sessions import PlannedSession, in_order, overlapping

NOBODY_HAS_TO_BE_THERE = frozenset({"registration", "travel", "social"})
"""Kinds that go on beside others without anybody missing either."""
ON_THE_WAY = timedelta(minutes=10)
"""The least time in which people get from one venue to the other."""
MOST_OF_A_KIND = 200
"""More of one kind nobody reads; a programme that is all wrong is told quickly too."""


class ClashKind(StrEnum):
    """What is wrong, in the order in which a host wants to hear of it."""

    ROOM = auto()
    PRESENTER = auto()
    AUDIENCE = auto()
    WAY = auto()
    PLACES = auto()
    FEATURES = auto()


@dataclass(frozen=True, kw_only=True)
class Clash:
    """One thing that cannot be as it stands. ``sentence`` says it to the host."""

    kind: ClashKind
    one: PlannedSession
    other: PlannedSession | None = None
    about: str = ""
    """The room, or the person, that is used twice."""
    sentence: str

    @property
    def sessions(self) -> tuple[PlannedSession, ...]:
        """The sessions it is about."""
        return (self.one,) if self.other is None else (self.one, self.other)

    @property
    def key(self) -> str:
        """What stays the same, whatever things are called, for whoever accepts the clash."""
        ids = sorted(session.id.hex for session in self.sessions)
        return ":".join((self.kind.value, *ids))


def clashes_of(
    sessions: Iterable[PlannedSession],
    *,
    rooms: Mapping[str, RoomSpec],
    expected: Callable[[PlannedSession], int] | None = None,
) -> tuple[Clash, ...]:
    """Return every clash of a programme, by kind and then in order of time.

    ``rooms`` are the institute's by name. ``expected`` tells how many people come to a session
    that is simply for them; without it such sessions are not compared with their rooms.
    """
    # Of more than can be told, the first ones are.
    held = sorted((session for session in sessions if not session.cancelled), key=in_order)
    kinds = (
        _used_twice(held, ClashKind.ROOM, lambda session: (session.room,) if session.room else ()),
        _used_twice(held, ClashKind.PRESENTER, lambda session: session.people),
        _audiences(held),
        _ways(held),
        _too_small(held, rooms, expected),
        _without_features(held, rooms),
    )
    found = chain.from_iterable(islice(clashes, MOST_OF_A_KIND) for clashes in kinds)
    order = list(ClashKind)
    return tuple(sorted(found, key=lambda clash: (order.index(clash.kind), in_order(clash.one))))


def clashes_by_session(clashes: Iterable[Clash]) -> Mapping[str, Sequence[Clash]]:
    """Return the clashes by the code of each session they are about."""
    found: dict[str, list[Clash]] = {}
    for clash in clashes:
        for session in clash.sessions:
            found.setdefault(session.code, []).append(clash)
    return found


def _used_twice(
    held: Iterable[PlannedSession],
    kind: ClashKind,
    users: Callable[[PlannedSession], Sequence[str]],
) -> Iterator[Clash]:
    used: dict[str, tuple[str, list[PlannedSession]]] = {}
    for session in held:
        for name in users(session):
            used.setdefault(key_of(name), (name, []))[1].append(session)
    for name, theirs in used.values():
        for one, other in overlapping(theirs):
            yield Clash(
                kind=kind, one=one, other=other, about=name, sentence=_twice(kind, name, one, other)
            )


def _twice(kind: ClashKind, name: str, one: PlannedSession, other: PlannedSession) -> str:
    if kind is ClashKind.ROOM:
        return say(
            "%(room)s is used twice at the same time: for “%(one)s” and for “%(other)s”.",
            room=name,
            one=one.title,
            other=other.title,
        )
    return say(
        "%(person)s would have to be in two places at the same time: at “%(one)s” and at "
        "“%(other)s”.",
        person=name,
        one=one.title,
        other=other.title,
    )


def _audiences(held: Iterable[PlannedSession]) -> Iterator[Clash]:
    """Find pairs that the same people are expected at, though nobody can choose between them."""
    required = [
        session
        for session in held
        if not session.choice_group and session.kind not in NOBODY_HAS_TO_BE_THERE
    ]
    for one, other in beside_each_other(required):
        yield Clash(
            kind=ClashKind.AUDIENCE,
            one=one,
            other=other,
            sentence=say(
                "“%(one)s” and “%(other)s” are at the same time and for the same people. "
                "Change a time or whom they are for, or let people choose by giving both the "
                "same round.",
                one=one.title,
                other=other.title,
            ),
        )


def _ways(held: Iterable[PlannedSession]) -> Iterator[Clash]:
    """Find where people would have to be at another venue at once."""
    dated = [
        (session.span, session, group_of(session))
        for session in held
        if session.span and session.mode != "virtual" and session.kind != "travel"
    ]
    if len({session.venue for _, session, _ in dated}) < 2:  # noqa: PLR2004
        return  # from one venue to the same there is no way
    shared = sharing(group for _, _, group in dated)
    begins = [span.begins_at for span, _, _ in dated]
    for span, one, people in dated:
        first = bisect_left(begins, span.ends_at)
        for _, other, others in dated[first : bisect_left(begins, span.ends_at + ON_THE_WAY)]:
            if other.venue != one.venue and others in shared[people]:
                yield Clash(
                    kind=ClashKind.WAY,
                    one=one,
                    other=other,
                    sentence=say(
                        "“%(other)s” begins at another venue as soon as “%(one)s” ends. Leave time "
                        "for the way.",
                        one=one.title,
                        other=other.title,
                    ),
                )


def _too_small(
    held: Iterable[PlannedSession],
    rooms: Mapping[str, RoomSpec],
    expected: Callable[[PlannedSession], int] | None,
) -> Iterator[Clash]:
    for session in held:
        room = rooms.get(session.room)
        if room is None or room.capacity is None or session.mode == "virtual":
            continue
        sentence = _smallness(session, room.name, room.capacity, expected)
        if sentence is not None:
            yield Clash(kind=ClashKind.PLACES, one=session, about=room.name, sentence=sentence)


def _without_features(
    held: Iterable[PlannedSession], rooms: Mapping[str, RoomSpec]
) -> Iterator[Clash]:
    """Find sessions whose room has not what they need."""
    for session in held:
        room = rooms.get(session.room)
        missing = lacking(session.features, room.features) if room else ()
        if room is None or not missing or session.mode == "virtual":
            continue
        yield Clash(
            kind=ClashKind.FEATURES,
            one=session,
            about=room.name,
            sentence=say(
                "“%(title)s” needs in its room: %(features)s. %(room)s does not have it.",
                title=session.title,
                features=features_in_words(missing),
                room=room.name,
            ),
        )


def _smallness(
    session: PlannedSession,
    room: str,
    holds: int,
    expected: Callable[[PlannedSession], int] | None,
) -> str | None:
    if session.capacity is not None:
        if session.capacity <= holds:
            return None
        return say(
            "“%(title)s” has %(places)s places, and %(room)s holds %(holds)s.",
            title=session.title,
            places=session.capacity,
            room=room,
            holds=holds,
        )
    if session.choice_group:
        return say(
            "As many as like may choose “%(title)s”, and %(room)s holds %(holds)s. Give the "
            "session a number of places.",
            title=session.title,
            room=room,
            holds=holds,
        )
    people = expected(session) if expected is not None else 0
    if people <= holds:
        return None
    return say(
        "“%(title)s” is for %(people)s people so far, and %(room)s holds %(holds)s.",
        title=session.title,
        people=people,
        room=room,
        holds=holds,
    )
