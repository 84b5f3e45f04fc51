"""Ranking the sessions of a round before places in it are given."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from consortium.words import Sentence, say
from events.schedule.domain.news import AgendaChange
from events.schedule.domain.sessions import ChoiceRefused, PlannedSession

UP, DOWN, FIRST, OUT, IN = "up", "down", "first", "out", "in"


class PlacesByRanking(ChoiceRefused):
    """In this round nobody takes a place: people rank, and places are given by that."""

    def __init__(self, title: str) -> None:
        super().__init__(
            say(
                "In the round of “%(title)s” people rank the sessions first, and places are given "
                "by that. Rank them on your agenda.",
                title=title,
            )
        )


class RankingRefused(ChoiceRefused):
    """This cannot be somebody's ranking, or not any more."""


class Phase(StrEnum):
    """How far a ranked round has come."""

    RANKING = "ranking"
    """Everyone's ranking counts alike."""
    LATE = "late"
    """The time is over and places are not given yet: who ranks now gets what is left."""
    GIVEN = "given"
    """Places are given; what is free goes to whoever takes it."""


class DraftState(StrEnum):
    """How far a draft of places is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


DRAFT_OPEN = (DraftState.WAITING, DraftState.RUNNING)


@dataclass(frozen=True, kw_only=True)
class Ranked:
    """A round in which people rank sessions."""

    id: UUID
    group: str
    until: datetime
    any_free: bool
    most: int | None = None
    """How many sessions one person ranks at most; ``None`` for all of them."""
    given: bool
    """Whether places are given already."""

    def phase(self, at: datetime) -> Phase:
        """Return how far it has come at a moment."""
        if self.given:
            return Phase.GIVEN
        return Phase.RANKING if at < self.until else Phase.LATE


@dataclass(frozen=True, kw_only=True)
class RankedSpec:
    """What a host says of a round in which people rank sessions."""

    group: str
    until: datetime
    most: int | None = None
    """How many sessions one person ranks at most; ``None`` for all of them."""
    any_free: bool = True
    """Whether people get a free place in a session that they did not rank, rather than none."""


@dataclass(frozen=True, kw_only=True)
class Demand:
    """How many people want one session, by which choice of theirs it is."""

    session: PlannedSession
    by_choice: tuple[int, ...]
    """How many put it first, second, third, and further down."""

    @property
    def first(self) -> int:
        """How many put it first."""
        return self.by_choice[0]

    @property
    def wanted(self) -> int:
        """How many ranked it at all."""
        return sum(self.by_choice)

    @property
    def over(self) -> int:
        """How many more put it first than there are places."""
        return 0 if self.session.capacity is None else max(0, self.first - self.session.capacity)


COLUMNS = 4
"""First, second, third, and later choices."""


def demand_of(
    sessions: Sequence[PlannedSession], rankings: Collection[Sequence[UUID]]
) -> tuple[Demand, ...]:
    """Return how many want each of a round's sessions, as those that are held rank it."""
    held = {session.id for session in sessions}
    counts = {session.id: [0] * COLUMNS for session in sessions}
    for ranking in rankings:
        for position, session_id in enumerate(one for one in ranking if one in held):
            counts[session_id][min(position, COLUMNS - 1)] += 1
    return tuple(
        Demand(session=session, by_choice=tuple(counts[session.id])) for session in sessions
    )


def in_numbers(numbers: Mapping[str, int | None]) -> tuple[str, ...]:
    """Return sessions in the order of the numbers that someone gave them; none is no choice.

    Raises ``RankingRefused`` where two have the same number.
    """
    by_number: dict[int, str] = {}
    for code, number in numbers.items():
        if number is None:
            continue
        if number in by_number:
            raise RankingRefused(
                say(
                    "Two sessions have the number %(number)s. Give each a number of its own.",
                    number=number,
                )
            )
        by_number[number] = code
    return tuple(code for _, code in sorted(by_number.items()))


def moved(order: Sequence[str], code: str, how: str) -> tuple[str, ...]:
    """Return the order with one session a step up or down, first, in at the end, or out of it."""
    others = [one for one in order if one != code]
    if how == OUT:
        return tuple(others)
    at = order.index(code) if code in order else len(others)
    place = {UP: at - 1, DOWN: at + 1, FIRST: 0, IN: len(others)}.get(how, at)
    others.insert(max(0, place), code)
    return tuple(others)


def place_by_ranking(
    seat_id: UUID, session: PlannedSession, because: Sequence[Sentence | str]
) -> AgendaChange:
    """Tell that someone has a place by what people ranked, and why it is this one."""
    return AgendaChange(
        seat_id=seat_id,
        session_id=session.id,
        news=say("You have a place in “%(title)s”.", title=session.title),
        more=(
            *because,
            say("If you do not want it, drop or swap it on your agenda."),
        ),
    )


def no_place_by_ranking(
    seat_id: UUID, wanted: PlannedSession, because: Sequence[Sentence | str]
) -> AgendaChange:
    """Tell that someone has no place in a round yet; ``wanted`` is what the person put first."""
    return AgendaChange(
        seat_id=seat_id,
        session_id=wanted.id,
        news=say("You have no place in the round of “%(title)s” yet.", title=wanted.title),
        more=(
            *because,
            say("Choose a session that has places, or wait for one, on your agenda."),
        ),
    )
