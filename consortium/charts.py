"""Line charts as plain numbers: where each point lies, so that a template only has to draw it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from math import floor, log10

WIDTH, HEIGHT = 640, 280
LEFT, RIGHT, TOP, BOTTOM = 64, 16, 16, 36
"""Room for the numbers beside and the days below, in units of the drawing."""
STEPS = (1, 2, 5, 10)
WANTED_LINES = 5
MOST_DAYS_NAMED = 5


@dataclass(frozen=True, kw_only=True)
class Point:
    """A value on a day."""

    on: date
    value: Decimal


@dataclass(frozen=True, kw_only=True)
class Placed:
    """A point in the drawing."""

    x: float
    y: float
    point: Point


@dataclass(frozen=True, kw_only=True)
class Line:
    """A value across the whole drawing, such as a target."""

    y: float
    value: Decimal
    kind: str
    words: str


@dataclass(frozen=True, kw_only=True)
class LineChart:
    """A line over days, ready to be drawn."""

    points: tuple[Placed, ...]
    lines: tuple[Line, ...]
    """Values that are marked: the baseline, the target."""
    scale: tuple[tuple[float, Decimal], ...]
    """Where each number beside the drawing stands."""
    days: tuple[tuple[float, date], ...]
    """Where each day below the drawing stands."""
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    bottom: int = HEIGHT - BOTTOM
    top: int = TOP
    path: str = field(default="")
    """The line itself, as SVG writes it."""


def line_chart(
    points: Sequence[Point],
    marks: Sequence[tuple[str, str, Decimal]] = (),
    *,
    last: date | None = None,
) -> LineChart:
    """Return the chart of these points; ``marks`` are values across it (kind, words, value).

    ``last`` is a day that the chart reaches even where nothing was measured. Points come in any
    order; one alone, and values that are all the same, still make a drawing.
    """
    ordered = sorted(points, key=lambda point: point.on)
    days = [point.on for point in ordered] + ([last] if last else [])
    values = [point.value for point in ordered] + [value for _, _, value in marks]
    if not days or not values:
        return LineChart(points=(), lines=(), scale=(), days=())
    first_day, span = min(days), max((max(days) - min(days)).days, 1)
    ticks = _ticks(min(values), max(values))
    low, high = ticks[0], ticks[-1]

    def x(on: date) -> float:
        return round(LEFT + (WIDTH - LEFT - RIGHT) * (on - first_day).days / span, 1)

    def y(value: Decimal) -> float:
        share = float((value - low) / (high - low))
        return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * share, 1)

    placed = tuple(Placed(x=x(point.on), y=y(point.value), point=point) for point in ordered)
    return LineChart(
        points=placed,
        lines=tuple(Line(y=y(v), value=v, kind=kind, words=words) for kind, words, v in marks),
        scale=tuple((y(value), value) for value in ticks),
        days=tuple((x(on), on) for on in _named(sorted(set(days)))),
        path=" ".join(f"{'L' if n else 'M'}{one.x} {one.y}" for n, one in enumerate(placed)),
    )


def _ticks(low: Decimal, high: Decimal) -> tuple[Decimal, ...]:
    """Return round numbers that hold all values, evenly apart."""
    span = float(high - low) or abs(float(high)) or 1.0
    rough = span / WANTED_LINES
    unit = 10.0 ** floor(log10(rough))
    step = Decimal(str(next(n * unit for n in STEPS if n * unit >= rough * 0.999)))
    bottom = (low / step).to_integral_value(rounding="ROUND_FLOOR")
    top = (high / step).to_integral_value(rounding="ROUND_CEILING")
    if bottom == top:
        bottom, top = bottom - 1, top + 1
    return tuple(((bottom + n) * step).normalize() + 0 for n in range(int(top - bottom) + 1))


def _named(days: Sequence[date]) -> Sequence[date]:
    """Return the days that are named below: the first and the last, and some between."""
    if len(days) <= MOST_DAYS_NAMED:
        wanted = list(days)
    else:
        last = len(days) - 1
        wanted = [days[round(n * last / (MOST_DAYS_NAMED - 1))] for n in range(MOST_DAYS_NAMED)]
    span = max((days[-1] - days[0]).days, 1)
    kept: list[date] = []
    for on in wanted:  # days close to each other would be written over each other
        if not kept or (on - kept[-1]).days / span >= 1 / (MOST_DAYS_NAMED + 1):
            kept.append(on)
    return kept
