"""The states as squares of equal size, roughly where they lie: a map that hides no small state."""

from collections.abc import Mapping
from dataclasses import dataclass

SIZE = 64
"""How wide a square is, in units of the drawing."""
_GRID = """
AK .. .. .. .. .. .. .. .. .. ME
.. .. .. .. .. .. .. .. .. VT NH
WA ID MT ND MN WI MI .. NY MA RI
OR NV WY SD IA IL IN OH PA NJ CT
CA UT CO NE MO KY WV VA MD DE ..
.. AZ NM KS AR TN NC SC DC .. ..
.. .. .. OK LA MS AL GA .. .. ..
HI .. .. TX .. .. .. .. FL .. ..
AS GU MP .. .. .. .. .. .. VI PR
"""
PLACES: Mapping[str, tuple[int, int]] = {
    code: (row, column)
    for row, line in enumerate(_GRID.strip().splitlines())
    for column, code in enumerate(line.split())
    if code != ".."
}
"""Row and column of each state's square."""
SHADES = 4
"""Shades of squares that count anything; those without are a shade of their own."""


@dataclass(frozen=True, kw_only=True)
class Tile:
    """One state's square."""

    code: str
    name: str
    count: int
    shade: int
    """0 for none, then darker for more."""
    x: int
    y: int


@dataclass(frozen=True, kw_only=True)
class TileMap:
    """The squares of all states, and how large the drawing is."""

    tiles: tuple[Tile, ...]
    width: int
    height: int
    size: int = SIZE


def tile_map(counts: Mapping[str, int], names: Mapping[str, str]) -> TileMap:
    """Return the map of these counts: shades are quarters of the largest count."""
    most = max(counts.values(), default=0)
    rows = 1 + max(row for row, _ in PLACES.values())
    columns = 1 + max(column for _, column in PLACES.values())
    return TileMap(
        tiles=tuple(
            Tile(
                code=code,
                name=names.get(code, code),
                count=counts.get(code, 0),
                shade=_shade(counts.get(code, 0), most),
                x=column * SIZE,
                y=row * SIZE,
            )
            for code, (row, column) in PLACES.items()
        ),
        width=columns * SIZE,
        height=rows * SIZE,
    )


def _shade(count: int, most: int) -> int:
    return min(SHADES, 1 + (SHADES * (count - 1)) // max(most, 1)) if count else 0
