"""Why a proposal moves what it moves, in sentences for whoever is to accept it."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from uuid import UUID

from consortium.words import say
from events.schedule.domain.clashes import Clash, clashes_of
from events.schedule.domain.proposing import (
    Asked,
    Move,
    Reason,
    clash_key,
    heard_by,
    moved,
    needed,
)
from events.schedule.domain.rooms import RoomSpec, key_of
from events.schedule.domain.sessions import PlannedSession

MOST = 2
"""More clashes of one session nobody reads here; the list of sessions names them all."""


def reasons_of(
    sessions: Sequence[PlannedSession],
    moves: Sequence[Move],
    asked: Asked,
    wishes: Sequence[Collection[UUID]],
    rooms: Mapping[str, RoomSpec],
) -> Mapping[UUID, tuple[str, ...]]:
    """Return for each session that moves what speaks for it. ``wishes`` are by person."""
    after = moved(sessions, moves, rooms)
    undone = _undone(sessions, after, rooms)
    more = _gains(sessions, after, wishes)
    by_id = {one.id: one for one in sessions}
    there = [(by_id[one.session_id], one) for one in moves if one.session_id in by_id]
    found = {}
    for session, move in there:
        said = _fell_out(session, move, asked)
        if move.after is not None:
            said += [clash.sentence for clash in undone.get(session.id, ())[:MOST]]
            if more[session.id] > 0 and move.after.starts != session.starts:
                said.append(
                    say(
                        "People who ranked it and can hear more of what they ranked: %(more)s.",
                        more=more[session.id],
                    )
                )
            said = said or _for_others(session, move, there, helps=bool(+more))
        found[session.id] = tuple(said)
    return found


def _undone(
    before: Sequence[PlannedSession],
    after: Sequence[PlannedSession],
    rooms: Mapping[str, RoomSpec],
) -> Mapping[UUID, Sequence[Clash]]:
    """Return by session the clashes that are none any more."""
    left = {clash_key(clash) for clash in clashes_of(after, rooms=rooms)}
    found: dict[UUID, list[Clash]] = {}
    for clash in clashes_of(before, rooms=rooms):
        if clash_key(clash) not in left:
            for session in clash.sessions:
                found.setdefault(session.id, []).append(clash)
    return found


def _gains(
    before: Sequence[PlannedSession],
    after: Sequence[PlannedSession],
    wishes: Sequence[Collection[UUID]],
) -> Counter[UUID]:
    """Return by session how many of those who ranked it can hear more, less how many fewer."""
    more: Counter[UUID] = Counter()
    days = zip(wishes, heard_by(before, wishes), heard_by(after, wishes), strict=True)
    for wanted, was, now in days:
        change = (len(now) > len(was)) - (len(now) < len(was))
        more.update(dict.fromkeys(wanted, change))
    return more


def _fell_out(session: PlannedSession, move: Move, asked: Asked) -> list[str]:
    if asked.reason is Reason.LOST_ROOM and key_of(move.before.room) == key_of(asked.about):
        return [say("%(room)s cannot be used.", room=asked.about)]
    if asked.reason is Reason.ILL and needed(session, asked):
        if move.after is None:
            return [say("%(name)s cannot come, and nobody else holds it.", name=asked.about)]
        if asked.on is not None:
            return [say("%(name)s cannot come that day.", name=asked.about)]
        return []
    return [] if move.after else [say("You said that it is not held.")]


def _for_others(
    session: PlannedSession,
    move: Move,
    moves: Iterable[tuple[PlannedSession, Move]],
    *,
    helps: bool,
) -> list[str]:
    """Say which other session gets its place; else that it goes with the other moves."""
    leaves = move.after is not None and move.after.starts != session.starts
    for other, its in moves:
        comes = its.after is not None and its.after.starts == session.starts
        same_room = its.after is not None and its.after.room == session.room
        from_elsewhen = its.before.starts != session.starts
        if other.id != session.id and comes and (same_room or (leaves and from_elsewhen)):
            return [say("It makes room for “%(title)s”.", title=other.title)]
    if helps:
        return [say("With the other moves, people can hear more of what they ranked.")]
    return [say("It goes with the other moves, so that nothing clashes.")]
