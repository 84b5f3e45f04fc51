"""What other features show on a partnership's page and hand over to a successor.

A feature above this one registers its part; this one knows none of them by name.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from cohorts.learning.service.standing import Standing


@dataclass(frozen=True, kw_only=True)
class Part:
    """One thing a partnership has, as its page lists it."""

    title: str
    """What it is called, e.g. "Action plan"."""
    says: Sequence[str]
    """How it stands, in short sentences."""
    endpoint: str
    """The page that shows it; its address takes ``partnership_id``."""
    wants: str = ""
    """What the reader has to do about it; empty where nothing."""


PartOf = Callable[[Standing], Iterable[Part]]
_PARTS: list[tuple[int, PartOf]] = []


def partnership_part(position: int) -> Callable[[PartOf], PartOf]:
    """Let a function say what a partnership's page lists; lower positions stand first."""

    def keep(function: PartOf) -> PartOf:
        if function not in {kept for _, kept in _PARTS}:
            _PARTS.append((position, function))
            _PARTS.sort(key=lambda pair: pair[0])
        return function

    return keep


def parts_of(standing: Standing) -> list[Part]:
    """Return everything a partnership has that this reader may see, in order."""
    return [part for _, function in _PARTS for part in function(standing)]
