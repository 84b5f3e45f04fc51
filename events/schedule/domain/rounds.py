"""Rounds: parallel sessions of which people choose, as one person meets them."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from uuid import UUID

from events.schedule.domain.choosing import given_up_for, heard_before, in_round
from events.schedule.domain.sessions import PlannedSession


@dataclass(frozen=True, kw_only=True)
class Wait:
    """Someone's wait for a place in a session."""

    rank: int
    """How far from the front, 1 being next."""
    instead_of: UUID | None = None
    """What the person said to give up for it, where the round allows no more."""


NOBODY_WAITS: Mapping[UUID, Wait] = {}


@dataclass(frozen=True, kw_only=True)
class Option:
    """One session of a round of which people choose."""

    session: PlannedSession
    held: bool
    repeats: PlannedSession | None = None
    """A session with the same content that the person holds already."""
    no_longer: str = ""
    """Why a session that the person holds is not for that person any more."""
    wait: Wait | None = None
    """The person's own wait for a place in it."""
    moves_from: PlannedSession | None = None
    """What the person moves from by itself when that place comes free."""
    beside: PlannedSession | None = None
    """What the person has chosen elsewhere at that time, so that it cannot be taken now."""

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
    def waited_for(self) -> tuple[Option, ...]:
        """The sessions of the round for which the person waits."""
        return tuple(option for option in self.options if option.wait is not None)

    @property
    def still_to_pick(self) -> int:
        """How many more the person may take."""
        return max(0, self.pick - len(self.held))


def rounds_of(
    sessions: Sequence[PlannedSession],
    chosen: AbstractSet[UUID],
    not_for_them: Mapping[UUID, str],
    waiting: Mapping[UUID, Wait] = NOBODY_WAITS,
) -> tuple[Choice, ...]:
    """Return the rounds in which someone may choose or has chosen, in order of time.

    ``not_for_them`` says of sessions why they are not for this person; such a session stands in
    its round only while the person holds it.
    """
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
                _option(session, held, not_for_them, waiting.get(session.id)) for session in options
            ),
        )
        for group, options in rounds.items()
    )


def _option(
    session: PlannedSession,
    held: Sequence[PlannedSession],
    not_for_them: Mapping[UUID, str],
    wait: Wait | None,
) -> Option:
    mine = session in held
    elsewhere = [other for other in held if other.choice_group != session.choice_group]
    leaving = wait and given_up_for(session, held, wait.instead_of)
    return Option(
        session=session,
        held=mine,
        repeats=heard_before(session, _others(session, held)),
        no_longer=not_for_them.get(session.id, "") if mine else "",
        wait=None if mine else wait,
        moves_from=leaving or None,
        beside=None if mine else next((one for one in elsewhere if one.overlaps(session)), None),
    )


def _others(session: PlannedSession, held: Sequence[PlannedSession]) -> list[PlannedSession]:
    """Return what is still heard beside it: of a round with one pick, nothing of the same."""
    if session.pick > 1:
        return list(held)
    same = in_round(session, held)
    return [other for other in held if other not in same]
