"""What a proposal for a programme is asked for, what it would change, and what that is worth."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum, auto
from itertools import pairwise
from typing import Any, Self
from uuid import UUID

from consortium.errors import Refusal
from consortium.words import Sentence, say
from events.schedule.domain.clashes import Clash, ClashKind, clashes_of
from events.schedule.domain.rooms import RoomSpec, key_of
from events.schedule.domain.sessions import PlannedSession, in_order, overlapping


class ProposalRefused(Refusal):
    """A proposal cannot be asked for, or not be accepted like this."""


class Reason(StrEnum):
    """Why a programme is planned again."""

    BETTER = auto()
    """People are to hear more of what they ranked, with fewer clashes."""
    ILL = auto()
    """A presenter cannot come, on one day or at all; as little as possible is to move."""
    CANCELLED = auto()
    """A session is not held; as little as possible is to move."""
    LOST_ROOM = auto()
    """A room cannot be used; as little as possible is to move."""


class ProposalState(StrEnum):
    """How far a proposal is."""

    WAITING = auto()
    RUNNING = auto()
    DONE = auto()
    FAILED = auto()
    ACCEPTED = auto()


OPEN = (ProposalState.WAITING, ProposalState.RUNNING)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a proposal is to do."""

    reason: Reason = Reason.BETTER
    about: str = ""
    """The presenter or the room by name, or the session by its short code."""
    on: date | None = None
    """The day on which the presenter cannot come; ``None`` for all of them."""

    def as_kept(self) -> dict[str, Any]:
        """Return what is kept of it beside its reason."""
        return {"about": self.about, "on": self.on.isoformat() if self.on else None}

    @classmethod
    def kept(cls, reason: Reason, kept: Mapping[str, Any]) -> Self:
        """Return what was kept."""
        on = date.fromisoformat(kept["on"]) if kept["on"] else None
        return cls(reason=reason, about=kept["about"], on=on)


@dataclass(frozen=True, kw_only=True)
class Where:
    """When and where a session is held."""

    starts: datetime | None
    ends: datetime | None
    room: str
    choice_group: str = ""
    """The round that is held then, and to which it belongs there."""

    def as_kept(self) -> dict[str, Any]:
        """Return it as JSON."""
        return {
            "starts": self.starts.isoformat() if self.starts else None,
            "ends": self.ends.isoformat() if self.ends else None,
            "room": self.room,
            "choice_group": self.choice_group,
        }

    @classmethod
    def kept(cls, kept: Mapping[str, Any]) -> Self:
        """Return what was kept."""
        starts, ends = (
            datetime.fromisoformat(kept[name]) if kept[name] else None
            for name in ("starts", "ends")
        )
        return cls(starts=starts, ends=ends, room=kept["room"], choice_group=kept["choice_group"])


@dataclass(frozen=True, kw_only=True)
class Move:
    """What a proposal does to one session: another time, another room, or no session at all."""

    session_id: UUID
    before: Where
    after: Where | None
    """``None``: it is not held."""


@dataclass(frozen=True, kw_only=True)
class Figures:
    """What a programme is worth to the people who come to it."""

    ranked: int
    """Choices that people ranked."""
    heard: int
    """How many of these they could be at, each at one session at a time."""
    walks: int
    """How often they would change the venue within a day for these."""
    clashes: int


def where_of(session: PlannedSession) -> Where:
    """Return when and where a session is held."""
    return Where(
        starts=session.starts,
        ends=session.ends,
        room=session.room,
        choice_group=session.choice_group,
    )


def needed(session: PlannedSession, asked: Asked) -> bool:
    """Tell whether a session needs the room that cannot be used, or who cannot come then."""
    if session.cancelled:
        return False
    if asked.reason is Reason.LOST_ROOM:
        return key_of(session.room) == key_of(asked.about)
    if asked.reason is Reason.ILL:
        that_day = asked.on is None or _date(session) == asked.on
        return that_day and key_of(asked.about) in {key_of(name) for name in session.people}
    return False


def moved(
    sessions: Iterable[PlannedSession],
    moves: Iterable[Move],
    rooms: Mapping[str, RoomSpec],
    *,
    only: AbstractSet[UUID] | None = None,
) -> tuple[PlannedSession, ...]:
    """Return the sessions as they would be after the moves; of ``only`` these, where given."""
    by_id = {one.session_id: one for one in moves if only is None or one.session_id in only}

    def after(session: PlannedSession) -> PlannedSession:
        move = by_id.get(session.id)
        if move is None:
            return session
        if move.after is None:
            return replace(session, cancelled=True)
        to = move.after
        room = rooms.get(to.room)
        return replace(
            session,
            starts=to.starts,
            ends=to.ends,
            room=to.room,
            venue=session.venue if room is None else room.venue,
            choice_group=to.choice_group,
        )

    return tuple(after(session) for session in sessions)


def figures_of(
    sessions: Sequence[PlannedSession],
    wishes: Iterable[Collection[UUID]],
    rooms: Mapping[str, RoomSpec],
) -> Figures:
    """Return what a programme is worth. ``wishes`` are the sessions that each person ranked."""
    ranked = heard = walks = 0
    wishes = list(wishes)
    for wanted, day in zip(wishes, heard_by(sessions, wishes), strict=True):
        ranked += len(wanted)
        heard += len(day)
        walks += sum(
            1
            for one, other in pairwise(day)
            if one.venue != other.venue and _date(one) == _date(other)
        )
    return Figures(
        ranked=ranked, heard=heard, walks=walks, clashes=len(clashes_of(sessions, rooms=rooms))
    )


def heard_by(
    sessions: Iterable[PlannedSession], wishes: Iterable[Collection[UUID]]
) -> Iterator[Sequence[PlannedSession]]:
    """Return for each person's wishes the sessions that this person can be at, in order of time."""
    held = {one.id: one for one in sessions if not one.cancelled and one.span}
    for wanted in wishes:
        yield _most_of([held[one] for one in wanted if one in held])


def new_clashes(
    before: Sequence[PlannedSession],
    after: Sequence[PlannedSession],
    rooms: Mapping[str, RoomSpec],
) -> tuple[str, ...]:
    """Return in sentences what cannot be after a change and was not so before it."""
    known = {clash_key(clash) for clash in clashes_of(before, rooms=rooms)}
    found = [
        clash.sentence
        for clash in clashes_of(after, rooms=rooms)
        if clash.kind is not ClashKind.WAY and clash_key(clash) not in known
    ]
    stories = {_pair(one, other) for one, other in _repeats_beside(before)}
    found += [
        say(
            "“%(one)s” and “%(other)s” tell the same and would be at the same time.",
            one=one.title,
            other=other.title,
        )
        for one, other in _repeats_beside(after)
        if _pair(one, other) not in stories
    ]
    return tuple(found)


def kept_sentence(sentence: str) -> dict[str, Any]:
    """Return a sentence as JSON, so that it can still be said in another language."""
    if not isinstance(sentence, Sentence):
        return {"template": "%(said)s", "values": {"said": str(sentence)}}
    values = {
        name: kept_sentence(value) if isinstance(value, Sentence) else value
        for name, value in sentence.values.items()
    }
    return {"template": sentence.template, "values": values}


def sentence_in(kept: Mapping[str, Any]) -> Sentence:
    """Return the sentence that was kept."""
    values = {
        name: sentence_in(value) if isinstance(value, Mapping) else value
        for name, value in kept["values"].items()
    }
    return say(kept["template"], **values)


def _most_of(sessions: Sequence[PlannedSession]) -> list[PlannedSession]:
    """Return as many of the sessions as one person can be at: whichever ends first comes first."""
    chosen: list[PlannedSession] = []
    told: set[str] = set()
    for session in sorted(sessions, key=lambda one: (_ends(one), in_order(one))):
        if session.same_content and session.same_content in told:
            continue
        if not chosen or not chosen[-1].overlaps(session):
            chosen.append(session)
            told.add(session.same_content)
    return chosen


def _ends(session: PlannedSession) -> datetime:
    return in_order(session)[1]


def _date(session: PlannedSession) -> date | None:
    return session.starts.date() if session.starts else None


def clash_key(clash: Clash) -> tuple[str, str]:
    """Return what tells a clash from another of the same sessions: about which room or person."""
    return clash.key, clash.about


def _repeats_beside(
    sessions: Iterable[PlannedSession],
) -> Iterable[tuple[PlannedSession, PlannedSession]]:
    held = [one for one in sessions if one.same_content and not one.cancelled and one.span]
    return [pair for pair in overlapping(held) if pair[0].same_content == pair[1].same_content]


def _pair(one: PlannedSession, other: PlannedSession) -> frozenset[UUID]:
    return frozenset({one.id, other.id})
