"""How the members of a team spread over the sessions of each round."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from events.agenda.domain.people import Member
from events.agenda.domain.totals import missing_members
from events.schedule.domain import PlannedSession, audience_refusal
from events.schedule.domain.sessions import in_order


@dataclass(frozen=True, kw_only=True)
class Spot:
    """One session of a round, and who of the team is there."""

    session: PlannedSession
    going: tuple[str, ...]
    waiting: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class RoundSpread:
    """A round, and how the team spreads over it."""

    group: str
    pick: int
    spots: tuple[Spot, ...]
    missing: tuple[str, ...]
    """Who can still choose and has not."""

    @property
    def unheard(self) -> tuple[PlannedSession, ...]:
        """The sessions that nobody of the team hears."""
        return tuple(spot.session for spot in self.spots if not spot.going)


def spread_of(
    sessions: Iterable[PlannedSession],
    members: Sequence[Member],
    begun: Collection[UUID] = (),
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
    still = missing_members(there, members, begun)
    return tuple(
        RoundSpread(
            group=group,
            pick=max(session.pick for session in options),
            spots=tuple(
                Spot(
                    session=session,
                    going=_names(one for one in members if session.id in one.chosen),
                    waiting=_names(one for one in members if session.id in one.waits),
                )
                for session in options
            ),
            missing=_names(one for one in members if group in still.get(one.seat_id, frozenset())),
        )
        for group, options in rounds.items()
    )


def _is_theirs(session: PlannedSession, member: Member) -> bool:
    if session.id in member.chosen:
        return True
    return audience_refusal(session, member.attendee, role_labels={}) is None


def _names(members: Iterable[Member]) -> tuple[str, ...]:
    return tuple(sorted(member.name for member in members))
