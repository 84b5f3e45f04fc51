"""A person's own agenda: what is for them anyway, what they chose, what they may still choose."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from uuid import UUID

from events.schedule.domain.audience import Attendee, audience_refusal
from events.schedule.domain.rounds import NOBODY_WAITS, Choice, Wait, rounds_of
from events.schedule.domain.sessions import PlannedSession, in_order, overlapping


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A session on someone's agenda."""

    session: PlannedSession
    chosen: bool = False
    """True when the person picked it, false when it is simply for them."""
    beside: tuple[str, ...] = ()
    """Titles of other sessions on the agenda at the same time."""


@dataclass(frozen=True, kw_only=True)
class Agenda:
    """What one person does at one institute."""

    entries: tuple[Entry, ...]
    """In order of time; sessions without a date come last."""
    choices: tuple[Choice, ...]

    @property
    def open_choices(self) -> tuple[Choice, ...]:
        """The rounds in which the person may still take a session."""
        return tuple(
            choice
            for choice in self.choices
            if choice.still_to_pick and any(option.is_free for option in choice.options)
        )

    @property
    def sessions(self) -> tuple[PlannedSession, ...]:
        """The sessions alone, for calendars."""
        return tuple(entry.session for entry in self.entries)


def agenda_of(
    sessions: Iterable[PlannedSession],
    chosen: AbstractSet[UUID],
    attendee: Attendee,
    *,
    role_labels: Mapping[str, str] | None = None,
    waiting: Mapping[UUID, Wait] = NOBODY_WAITS,
) -> Agenda:
    """Return the attendee's agenda out of the institute's sessions.

    Sessions of no round are on it when they are for the attendee; sessions of a round only
    when chosen. A cancelled session stays on it, marked, so that nobody waits for it. Someone
    whose role changed keeps the place in a round until it is given up, but what is for others
    now is on the agenda no more.
    """
    ordered = sorted(sessions, key=in_order)
    not_for_them = {
        session.id: refusal.message
        for session in ordered
        if (refusal := audience_refusal(session, attendee, role_labels=role_labels or {}))
    }
    kept = [
        session
        for session in ordered
        if session.id not in not_for_them and (not session.choice_group or session.id in chosen)
    ]
    beside = _at_the_same_time(kept)
    return Agenda(
        entries=tuple(
            Entry(
                session=session,
                chosen=session.id in chosen,
                beside=tuple(beside.get(session.id, ())),
            )
            for session in kept
        ),
        choices=rounds_of(ordered, chosen, not_for_them, waiting),
    )


def _at_the_same_time(sessions: Sequence[PlannedSession]) -> Mapping[UUID, list[str]]:
    beside: dict[UUID, list[str]] = {}
    for one, other in overlapping(session for session in sessions if not session.cancelled):
        beside.setdefault(one.id, []).append(other.title)
        beside.setdefault(other.id, []).append(one.title)
    return beside
