"""What must be true of everything stored, whatever people do."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

Find = Callable[[], Iterable[str]]
"""Looks through every consortium and returns a sentence, with ids, for each violation."""


@dataclass(frozen=True, kw_only=True)
class Check:
    """One invariant, and how to find where it does not hold."""

    code: str
    words: str
    find: Find


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What one check found; no violation is how it should be."""

    code: str
    words: str
    violations: tuple[str, ...]
    seconds: float
