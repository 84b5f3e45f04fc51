"""How the members of a team spread over the sessions of each round."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from events.agenda.domain.people import Member
from events.agenda.domain.totals import NO_RANKINGS, Rankings, missing_members
from events.schedule.domain import PlannedSession, audience_refusal
from events.schedule.domain.sessions import in_order

Wishes = Mapping[tuple[UUID, str], Sequence[UUID]]
"""What people rank, by seat and round, the most wanted first."""
NO_WISHES: Wishes = {}


@dataclass(frozen=True, kw_only=True)
class Spot:
    """One session of a round, and who of the team is there."""

    session: PlannedSession
    going: tuple[str, ...]
    waiting: tuple[str, ...]
    wanted: tuple[tuple[str, ...], ...] = ()
    """Who put it first, who second, and so on, where people rank before places are given."""


@dataclass(frozen=True, kw_only=True)
class RoundSpread:
    """A round, and how the team spreads over it."""

    group: str
    pick: int
    spots: tuple[Spot, ...]
    missing: tuple[str, ...]
    """Who can still choose and has not."""
    ranked: bool = False
    """Whether people rank in it, and places are not given yet."""

    @property
    def unheard(self) -> tuple[PlannedSession, ...]:
        """The sessions that nobody of the team hears."""
        return tuple(spot.session for spot in self.spots if not spot.going)


def spread_of(
    sessions: Iterable[PlannedSession],
    members: Sequence[Member],
    begun: Collection[UUID] = (),
    ranked: Rankings = NO_RANKINGS,
    wishes: Wishes = NO_WISHES,
) -> tuple[RoundSpread, ...]:
    """Return the rounds in order of time, with the sessions that are for anyone of the team.

    A session that someone holds stands there even if it is for others now; a cancelled one does
    not.
    """
    there = [
        one for one in sorted(sessions, key=in_order) if one.choice_group and not one.cancelled
    ]
    rounds: dict[str, list[PlannedSession]] = {}
    for session in there:
        if any(_is_theirs(session, member) for member in members):
            rounds.setdefault(session.choice_group, []).append(session)
    still = missing_members(there, members, begun, ranked)
    return tuple(
        RoundSpread(
            group=group,
            pick=max(session.pick for session in options),
            spots=tuple(
                Spot(
                    session=session,
                    going=_names(one for one in members if session.id in one.chosen),
                    waiting=_names(one for one in members if session.id in one.waits),
                    wanted=_wanted(session, members, wishes) if group in ranked else (),
                )
                for session in options
            ),
            missing=_names(one for one in members if group in still.get(one.seat_id, frozenset())),
            ranked=group in ranked,
        )
        for group, options in rounds.items()
    )


def _is_theirs(session: PlannedSession, member: Member) -> bool:
    if session.id in member.chosen:
        return True
    return audience_refusal(session, member.attendee, role_labels={}) is None


def _wanted(
    session: PlannedSession, members: Sequence[Member], wishes: Wishes
) -> tuple[tuple[str, ...], ...]:
    """Return who put a session first, second …, by name; the last of them is not empty."""
    by_choice: dict[int, list[Member]] = {}
    for member in members:
        order = wishes.get((member.seat_id, session.choice_group), ())
        if session.id in order:
            by_choice.setdefault(order.index(session.id), []).append(member)
    last = max(by_choice, default=-1)
    return tuple(_names(by_choice.get(choice, ())) for choice in range(last + 1))


def _names(members: Iterable[Member]) -> tuple[str, ...]:
    return tuple(sorted(member.name for member in members))
