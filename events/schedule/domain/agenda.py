"""A person's own agenda: what is for them anyway, what they chose, what they may still choose."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from uuid import UUID

from consortium.words import say
from events.schedule.domain.audience import Attendee, audience_refusal
from events.schedule.domain.sessions import (
    ChoiceRefused,
    PlannedSession,
    in_order,
    overlapping,
)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A session on someone's agenda."""

    session: PlannedSession
    chosen: bool = False
    """True when the person picked it, false when it is simply for them."""
    beside: tuple[str, ...] = ()
    """Titles of other sessions on the agenda at the same time."""


@dataclass(frozen=True, kw_only=True)
class Option:
    """One session of a round of which people choose."""

    session: PlannedSession
    held: bool
    repeats: PlannedSession | None = None
    """A session with the same content that the person holds already."""
    no_longer: str = ""
    """Why a session that the person holds is not for that person any more."""

    @property
    def is_free(self) -> bool:
        """Whether the person may take it, as far as places go."""
        return not self.held and not self.session.is_full


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A round: parallel sessions of which one person takes ``pick``."""

    group: str
    pick: int
    options: tuple[Option, ...]

    @property
    def held(self) -> tuple[PlannedSession, ...]:
        """What the person took already."""
        return tuple(option.session for option in self.options if option.held)

    @property
    def still_to_pick(self) -> int:
        """How many more the person may take."""
        return max(0, self.pick - len(self.held))


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


class SwapOffered(ChoiceRefused):
    """The person holds what the round allows; one of ``held`` can be given up for ``wanted``."""

    def __init__(self, held: tuple[PlannedSession, ...], wanted: PlannedSession) -> None:
        super().__init__(
            say(
                "You already have “%(held)s” in this round. Swap it if you would rather go to "
                "“%(wanted)s”.",
                held="”, “".join(session.title for session in held),
                wanted=wanted.title,
            )
        )
        self.held = held
        self.wanted = wanted


def agenda_of(
    sessions: Iterable[PlannedSession],
    chosen: AbstractSet[UUID],
    attendee: Attendee,
    *,
    role_labels: Mapping[str, str] | None = None,
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
        choices=_rounds(ordered, chosen, not_for_them),
    )


def check_choice(
    wanted: PlannedSession,
    held: Sequence[PlannedSession],
    *,
    giving_up: PlannedSession | None = None,
) -> None:
    """Raise why someone who holds ``held`` cannot take ``wanted`` too.

    Raises ``SwapOffered`` when the round allows no more, ``ChoiceRefused`` when the session is
    cancelled, full, or at the same time as one chosen in another round.
    """
    if wanted.cancelled:
        raise ChoiceRefused(say("“%(title)s” was cancelled. Choose another.", title=wanted.title))
    kept = [
        session
        for session in held
        if not session.cancelled and (giving_up is None or session.id != giving_up.id)
    ]
    same_round = tuple(session for session in kept if session.choice_group == wanted.choice_group)
    if len(same_round) >= wanted.pick:
        raise SwapOffered(same_round, wanted)
    for session in kept:
        if session.overlaps(wanted):
            raise ChoiceRefused(
                say(
                    "“%(wanted)s” is at the same time as “%(held)s”. Drop that one first.",
                    wanted=wanted.title,
                    held=session.title,
                )
            )
    if wanted.is_full:
        raise no_place_left(wanted.title)


def no_place_left(title: str) -> ChoiceRefused:
    """Return the refusal of a session that is full."""
    return ChoiceRefused(say("“%(title)s” is full. Choose another.", title=title))


def _at_the_same_time(sessions: Sequence[PlannedSession]) -> Mapping[UUID, list[str]]:
    beside: dict[UUID, list[str]] = {}
    for one, other in overlapping(session for session in sessions if not session.cancelled):
        beside.setdefault(one.id, []).append(other.title)
        beside.setdefault(other.id, []).append(one.title)
    return beside


def _rounds(
    sessions: Sequence[PlannedSession],
    chosen: AbstractSet[UUID],
    not_for_them: Mapping[UUID, str],
) -> tuple[Choice, ...]:
    rounds: dict[str, list[PlannedSession]] = {}
    for session in sessions:
        theirs = session.id in chosen or session.id not in not_for_them
        if session.choice_group and theirs and not session.cancelled:
            rounds.setdefault(session.choice_group, []).append(session)
    held = [session for session in sessions if session.id in chosen and not session.cancelled]
    return tuple(
        Choice(
            group=group,
            pick=min(max(session.pick for session in options), len(options)),
            options=tuple(
                Option(
                    session=session,
                    held=session.id in chosen,
                    repeats=_heard_before(session, held),
                    no_longer=not_for_them.get(session.id, ""),
                )
                for session in options
            ),
        )
        for group, options in rounds.items()
    )


def _heard_before(session: PlannedSession, held: Sequence[PlannedSession]) -> PlannedSession | None:
    if not session.same_content:
        return None
    return next(
        (
            other
            for other in held
            if other.id != session.id and other.same_content == session.same_content
        ),
        None,
    )
