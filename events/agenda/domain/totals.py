"""How full the sessions of each round are, and how many people have not chosen yet."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from events.agenda.domain.people import Member
from events.schedule.domain import Attendee, PlannedSession, audience_refusal
from events.schedule.domain.sessions import in_order

Rankings = Mapping[str, frozenset[UUID]]
"""Rounds in which people rank before places are given, each with the seats of who has ranked."""
NO_RANKINGS: Rankings = {}


@dataclass(frozen=True, kw_only=True)
class RoundTotals:
    """A round in numbers."""

    group: str
    pick: int
    sessions: tuple[PlannedSession, ...]
    people: int
    """For how many people it is."""
    missing: int
    """How many of them can still choose and have not."""


@dataclass(frozen=True, kw_only=True)
class OpenRound:
    """A round in which one person can still choose."""

    sessions: tuple[PlannedSession, ...]
    """Those of it that are for the person, in order of time."""
    left: int
    """How many more of them the person may take."""


def totals_of(
    sessions: Iterable[PlannedSession],
    members: Sequence[Member],
    begun: Collection[UUID] = (),
    ranked: Rankings = NO_RANKINGS,
) -> tuple[RoundTotals, ...]:
    """Return the rounds of an institute in order of time, cancelled sessions left out."""
    rounds = _rounds(sessions)
    there = [session for options in rounds.values() for session in options]
    audiences = _Audiences(there, begun, ranked)
    meant: Counter[str] = Counter()
    missing: Counter[str] = Counter()
    for member in members:
        meant.update(audiences.rounds_for(member.attendee).keys())
        missing.update(audiences.left_to(member).keys())
    return tuple(
        RoundTotals(
            group=group,
            pick=max(session.pick for session in options),
            sessions=tuple(options),
            people=meant[group],
            missing=missing[group],
        )
        for group, options in rounds.items()
    )


def open_rounds(
    sessions: Iterable[PlannedSession], member: Member, begun: Collection[UUID] = ()
) -> frozenset[str]:
    """Return the rounds in which the person can still choose and has not chosen all.

    Nobody chooses what has ``begun``.
    """
    return missing_members(sessions, [member], begun).get(member.seat_id, frozenset())


def missing_members(
    sessions: Iterable[PlannedSession],
    members: Iterable[Member],
    begun: Collection[UUID] = (),
    ranked: Rankings = NO_RANKINGS,
) -> Mapping[UUID, frozenset[str]]:
    """Return who has not chosen all, by seat, each with the rounds that are still open."""
    there = [session for options in _rounds(sessions).values() for session in options]
    audiences = _Audiences(there, begun, ranked)
    found = {member.seat_id: frozenset(audiences.left_to(member)) for member in members}
    return {seat_id: groups for seat_id, groups in found.items() if groups}


def still_open(
    sessions: Iterable[PlannedSession],
    members: Iterable[Member],
    begun: Collection[UUID] = (),
    ranked: Rankings = NO_RANKINGS,
) -> Mapping[UUID, tuple[OpenRound, ...]]:
    """Return who has not chosen all, by seat, with what each can still choose, in order of time.

    In a round in which people rank, that is who has not ranked.
    """
    there = [session for options in _rounds(sessions).values() for session in options]
    audiences = _Audiences(there, begun, ranked)
    found = {}
    for member in members:
        rounds = audiences.rounds_for(member.attendee)
        left = audiences.left_to(member)
        if left:
            found[member.seat_id] = tuple(
                OpenRound(sessions=tuple(rounds[group]), left=more) for group, more in left.items()
            )
    return found


class _Audiences:
    """What is for whom, worked out once for everyone of whom the same is true."""

    def __init__(
        self, sessions: Sequence[PlannedSession], begun: Collection[UUID], ranked: Rankings
    ) -> None:
        self._sessions = sessions
        self._ranked = ranked
        self._begun = frozenset(begun)
        self._group = {session.id: session.choice_group for session in sessions}
        self._known: dict[object, Mapping[str, list[PlannedSession]]] = {}

    def rounds_for(self, attendee: Attendee) -> Mapping[str, list[PlannedSession]]:
        """Return the sessions that are for such a person, by round."""
        key = (
            attendee.role_codes,
            attendee.flags,
            attendee.cohort,
            attendee.sides,
            frozenset(attendee.days_off),
            frozenset(attendee.strands_off),
        )
        if key not in self._known:
            found: dict[str, list[PlannedSession]] = {}
            for session in self._sessions:
                if audience_refusal(session, attendee, role_labels={}) is None:
                    found.setdefault(session.choice_group, []).append(session)
            self._known[key] = found
        return self._known[key]

    def left_to(self, member: Member) -> Mapping[str, int]:
        """Return the rounds in which this person could have more, and how many more may be had."""
        held = Counter(self._group[one] for one in member.chosen if one in self._group)
        return {
            group: _most(options) - held[group]
            for group, options in self.rounds_for(member.attendee).items()
            if held[group] < _most(options)
            and not self._has_ranked(group, member)
            and any(
                (group in self._ranked or not one.is_full)
                and one.id not in member.chosen
                and one.id not in self._begun
                for one in options
            )
        }

    def _has_ranked(self, group: str, member: Member) -> bool:
        return not member.attendee.seat_ids.isdisjoint(self._ranked.get(group, frozenset()))


def _most(options: Sequence[PlannedSession]) -> int:
    """Return how many sessions of a round one person takes."""
    return min(max(one.pick for one in options), len(options))


def _rounds(sessions: Iterable[PlannedSession]) -> Mapping[str, list[PlannedSession]]:
    rounds: dict[str, list[PlannedSession]] = {}
    for session in sorted(sessions, key=in_order):
        if session.choice_group and not session.cancelled:
            rounds.setdefault(session.choice_group, []).append(session)
    return rounds
