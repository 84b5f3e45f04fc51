"""What answers come to: means, spread, and the share at the two highest points."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, pstdev
from uuid import UUID

from cohorts.surveys.domain.instruments import Scale, Statement

TOP = 2
"""How many of the highest points count as agreement, as exit surveys of the field report it."""


@dataclass(frozen=True, kw_only=True)
class Reply:
    """One person's answers, under the pseudonym."""

    pseudonym: UUID
    answers: Mapping[str, int | str]


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A scale or a statement in numbers. Means have two decimals, shares are whole percents."""

    mean: float
    spread: float
    top_percent: int


@dataclass(frozen=True, kw_only=True)
class Bars:
    """How many in a hundred chose each point of a statement, the lowest first."""

    statement: Statement
    figure: Figure
    percents: tuple[int, ...]
    """They add up to 100."""


def turned(statement: Statement, point: int, points: int) -> int:
    """Return a point as it counts: of a reversed statement the other end."""
    return points + 1 - point if statement.reversed else point


def scores_on(scale: Scale, replies: Iterable[Reply]) -> dict[UUID, tuple[int, ...]]:
    """Return the counted points of everyone who answered at least half of a scale's statements."""
    found: dict[UUID, tuple[int, ...]] = {}
    for reply in replies:
        points = tuple(
            turned(one, point, scale.points)
            for one in scale.statements
            if isinstance(point := reply.answers.get(one.code), int)
        )
        if 2 * len(points) >= len(scale.statements) and points:
            found[reply.pseudonym] = points
    return found


def figure_of(
    scale: Scale, scores: Mapping[UUID, tuple[int, ...]], people: Iterable[UUID]
) -> Figure | None:
    """Return a scale's figure for these people: each of them weighs the same."""
    theirs = [scores[person] for person in people if person in scores]
    return _figure([fmean(one) for one in theirs], [p for one in theirs for p in one], scale)


def bars_of(scale: Scale, replies: Sequence[Reply], *, fewest: int) -> list[Bars]:
    """Return each statement's answers as people gave them; those with few answers are left out."""
    found: list[Bars] = []
    for one in scale.statements:
        points = [p for reply in replies if isinstance(p := reply.answers.get(one.code), int)]
        counted = [turned(one, p, scale.points) for p in points]
        figure = _figure(counted, counted, scale)
        if figure is not None and len(points) >= fewest:
            counts = [points.count(p) for p in range(1, scale.points + 1)]
            found.append(Bars(statement=one, figure=figure, percents=percents(counts)))
    return found


def percents(counts: Sequence[int]) -> tuple[int, ...]:
    """Return counts as whole percents that add up to 100: the largest remainders round up."""
    total = sum(counts)
    if not total:
        return tuple(0 for _ in counts)
    floors = [100 * one // total for one in counts]
    short = 100 - sum(floors)
    by_rest = sorted(range(len(counts)), key=lambda n: (-(100 * counts[n] % total), n))
    return tuple(floor + (n in by_rest[:short]) for n, floor in enumerate(floors))


def _figure(scores: Sequence[float], points: Sequence[int], scale: Scale) -> Figure | None:
    if not scores:
        return None
    top = sum(point > scale.points - TOP for point in points)
    return Figure(
        mean=round(fmean(scores), 2),
        spread=round(pstdev(scores), 2),
        top_percent=(200 * top + len(points)) // (2 * len(points)),
    )
