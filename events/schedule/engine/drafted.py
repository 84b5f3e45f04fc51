"""A host's draft as a programme to be planned: what may move, what stands fast, and back again.

Only what people choose between, or what is for some roles alone, moves, and only among the times at
which such sessions are held already: plenaries, meals, travel, what is for everyone, online or
for a part of a cohort stand where the host put them. A session stays among the times of its round;
rounds of one time each, in which nobody has ranked or chosen yet, exchange sessions freely.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from events.schedule.domain.proposing import Asked, Move, Reason, Where, where_of
from events.schedule.domain.rooms import RoomSpec, feature_in_words, key_of
from events.schedule.domain.sessions import EVERYONE, PlannedSession
from events.schedule.domain.times import moment_in_words
from events.schedule.engine.movable import (
    may_move,
    rounds_that_exchange,
    slot_of,
    times_held,
    times_of,
)
from events.schedule.engine.values import (
    Fixed,
    Person,
    Placement,
    Programme,
    Room,
    Session,
    Slot,
)

DAY_MINUTES = 1440


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A programme as those who write it see it, and what is asked for."""

    sessions: tuple[PlannedSession, ...]
    rooms: tuple[RoomSpec, ...]
    zone: str
    asked: Asked = field(default_factory=Asked)
    keeps_time: frozenset[UUID] = frozenset()
    keeps_room: frozenset[UUID] = frozenset()
    people: tuple[Person, ...] = ()
    expected: Mapping[UUID, int] = field(default_factory=dict)
    """How many people a session is for that is simply for them."""
    settled: frozenset[str] = frozenset()
    """Rounds in which people have ranked or chosen, so that their sessions stay in them."""


@dataclass(frozen=True, kw_only=True)
class Question:
    """What the engine is asked, and how its answer is read."""

    programme: Programme
    former: tuple[Placement, ...]
    keep: bool
    begins: Mapping[str, tuple[datetime, datetime]]
    """By slot: when it begins and ends."""
    minutes: Mapping[str, int]
    """By session: how long it takes."""
    rounds: Mapping[str, str]
    """By slot: the round of it, where rounds exchange sessions."""
    cancelled: tuple[PlannedSession, ...]


def question_of(draft: Draft) -> Question:
    """Return what the engine is to be asked. The same draft gives the same question."""
    asked = draft.asked
    cancelled = tuple(one for one in draft.sessions if not one.cancelled and _falls_out(one, asked))
    gone = {one.id for one in cancelled}
    left = sorted(
        (one for one in draft.sessions if not one.cancelled and one.id not in gone),
        key=lambda one: one.code,
    )
    movable = [one for one in left if may_move(one, draft.zone)]
    moving = {one.id for one in movable}
    first = min((one.starts.date() for one in left if one.starts), default=date.min)
    begins = times_held(movable)
    slots = tuple(
        Slot(
            id=name,
            name=moment_in_words(starts),
            starts=_minutes(starts, first),
            ends=_minutes(ends, first),
        )
        for name, (starts, ends) in begins.items()
    )
    exchanging = rounds_that_exchange(movable, draft.settled)
    lost = key_of(asked.about) if asked.reason is Reason.LOST_ROOM else None
    rooms = tuple(
        Room(
            id=one.name,
            capacity=one.capacity,
            features=_named(one.features),
            venue=one.venue,
        )
        for one in draft.rooms
        if lost is None or key_of(one.name) != lost
    )
    known = {room.id for room in rooms}
    sessions = tuple(
        Session(
            id=str(one.id),
            title=one.title,
            minutes=_lasts(one),
            kind=one.kind,
            presenters=_holding(one, asked),
            among=times_of(one, movable, exchanging),
            required_roles=frozenset() if one.choice_group else frozenset(one.audience_roles),
            expected=one.capacity or (0 if one.choice_group else draft.expected.get(one.id, 0)),
            capacity=one.capacity,
            features=_named(one.features),
            same_content=one.same_content,
            track=one.track,
            slot=slot_of(one) if one.id in draft.keeps_time else "",
            room=one.room if one.id in draft.keeps_room and one.room in known else "",
        )
        for one in movable
    )
    fixed = tuple(
        Fixed(
            id=str(one.id),
            title=one.title,
            starts=_minutes(one.starts, first),
            ends=_minutes(one.ends, first),
            room=one.room if one.room in known else "",
            presenters=_holding(one, asked),
            required_roles=_needs(one, movable),
        )
        for one in left
        if one.id not in moving and one.starts and one.ends and one.time_zone == draft.zone
    )
    return Question(
        programme=Programme(
            slots=slots,
            rooms=rooms,
            sessions=sessions,
            people=draft.people,
            fixed=fixed,
            away=_away(asked, movable, begins),
        ),
        former=tuple(
            Placement(session=str(one.id), slot=slot_of(one), room=one.room) for one in movable
        ),
        keep=asked.reason is not Reason.BETTER,
        begins=begins,
        minutes={str(one.id): _lasts(one) for one in movable},
        rounds={
            slot_of(one): one.choice_group for one in movable if one.choice_group in exchanging
        },
        cancelled=cancelled,
    )


def moves_of(
    question: Question, sessions: Sequence[PlannedSession], placements: Sequence[Placement]
) -> tuple[Move, ...]:
    """Return what a schedule changes of the sessions, in order of their short codes."""
    placed = {one.session: one for one in placements}
    gone = {one.id for one in question.cancelled}
    moves = []
    for session in sorted(sessions, key=lambda one: one.code):
        before = where_of(session)
        if session.id in gone:
            moves.append(Move(session_id=session.id, before=before, after=None))
            continue
        place = placed.get(str(session.id))
        if place is None:
            continue
        starts, _ = question.begins[place.slot]
        group = session.choice_group
        if group and place.slot != slot_of(session):
            group = question.rounds.get(place.slot, group)
        after = Where(
            starts=starts,
            ends=starts + timedelta(minutes=question.minutes[place.session]),
            room=place.room,
            choice_group=group,
        )
        if after != before:
            moves.append(Move(session_id=session.id, before=before, after=after))
    return tuple(moves)


def _falls_out(session: PlannedSession, asked: Asked) -> bool:
    if asked.reason is Reason.CANCELLED:
        return session.code == asked.about
    if asked.reason is Reason.ILL and asked.on is None:
        names = {key_of(name) for name in session.people}
        return names == {key_of(asked.about)}
    return False


def _holding(session: PlannedSession, asked: Asked) -> tuple[str, ...]:
    """Return who holds it: others alone, where one of them cannot come at all."""
    if asked.reason is not Reason.ILL or asked.on is not None:
        return session.people
    return tuple(name for name in session.people if key_of(name) != key_of(asked.about))


def _away(
    asked: Asked,
    movable: Sequence[PlannedSession],
    begins: Mapping[str, tuple[datetime, datetime]],
) -> dict[str, frozenset[str]]:
    """Return in which slots who is ill on a day cannot be there."""
    if asked.reason is not Reason.ILL or asked.on is None:
        return {}
    off = frozenset(name for name, (starts, _) in begins.items() if starts.date() == asked.on)
    names = {name for one in movable for name in one.people if key_of(name) == key_of(asked.about)}
    return dict.fromkeys(names, off)


def _lasts(session: PlannedSession) -> int:
    if session.starts is None or session.ends is None:
        return 0
    return int((session.ends - session.starts).total_seconds()) // 60


def _minutes(moment: datetime, first: date) -> int:
    return (moment.date() - first).days * DAY_MINUTES + moment.hour * 60 + moment.minute


def _named(features: Iterable[str]) -> frozenset[str]:
    """Return features in words, one for all spellings."""
    return frozenset(feature_in_words(key_of(one)) for one in features)


def _needs(session: PlannedSession, movable: Sequence[PlannedSession]) -> frozenset[str]:
    """Return whom it needs. What stands beside a round already does not exclude the round."""
    roles = frozenset() if session.choice_group else frozenset(session.audience_roles)
    beside = any(session.overlaps(one) for one in movable)
    goes_on_beside = beside or session.kind in {"registration", "travel", "social"}
    return roles - {EVERYONE} if goes_on_beside else roles
