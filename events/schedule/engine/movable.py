"""Which sessions of a draft may move, and among which times."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from events.schedule.domain.sessions import EVERY_COHORT, EVERYONE, PlannedSession

STANDS_FAST = frozenset({"registration", "plenary", "panel", "meal", "social", "survey", "travel"})
"""Kinds that the host sets, and everything else goes by."""


def may_move(session: PlannedSession, zone: str) -> bool:
    """Tell whether a proposal may move the session."""
    for_some = EVERYONE not in session.audience_roles
    restricted = (
        session.audience_sides
        or session.audience_flags
        or session.strand
        or session.cohort not in EVERY_COHORT
    )
    return (
        not session.cancelled
        and session.starts is not None
        and session.ends is not None
        and session.starts.date() == session.ends.date()
        and session.time_zone == zone
        and session.mode != "virtual"
        and not session.meeting
        and session.kind not in STANDS_FAST
        and bool(session.choice_group or (for_some and not restricted))
    )


def times_held(movable: Sequence[PlannedSession]) -> dict[str, tuple[datetime, datetime]]:
    """Return the times at which what moves is held; of those that begin together, the longest."""
    found: dict[datetime, datetime] = {}
    for one in movable:
        if one.starts and one.ends:
            found[one.starts] = max(found.get(one.starts, one.ends), one.ends)
    return {starts.isoformat(): (starts, found[starts]) for starts in sorted(found)}


def slot_of(session: PlannedSession) -> str:
    """Return the slot at which a session is held."""
    return session.starts.isoformat() if session.starts else ""


def rounds_that_exchange(
    movable: Sequence[PlannedSession], settled: frozenset[str]
) -> Mapping[str, int]:
    """Return the rounds that exchange sessions, each with how many people take of it."""
    times: dict[str, set[str]] = {}
    picks: dict[str, int] = {}
    at: dict[str, set[str]] = {}
    for one in movable:
        if one.choice_group:
            times.setdefault(one.choice_group, set()).add(slot_of(one))
            picks[one.choice_group] = one.pick
            at.setdefault(slot_of(one), set()).add(one.choice_group)
    return {
        group: picks[group]
        for group, slots in times.items()
        if group not in settled and len(slots) == 1 and all(len(at[slot]) == 1 for slot in slots)
    }


def times_of(
    session: PlannedSession, movable: Sequence[PlannedSession], exchanging: Mapping[str, int]
) -> frozenset[str]:
    """Return the slots among which a session may move."""
    group = session.choice_group
    if not group:
        return frozenset(slot_of(one) for one in movable)
    pick = exchanging.get(group)
    return frozenset(
        slot_of(one)
        for one in movable
        if one.choice_group == group
        or (pick is not None and exchanging.get(one.choice_group) == pick)
    )
