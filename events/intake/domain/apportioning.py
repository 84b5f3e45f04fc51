"""Sharing places among the parts of a mix: largest remainder, within what each part can use."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, kw_only=True)
class Part:
    """A part of the mix that wants places."""

    code: str
    share: int
    """How much of the whole it should have; only the proportion to the others counts."""
    most: int
    """It has no use for more: so many applicants there are."""
    least: int = 0
    """So many are given already."""


def apportion(parts: Sequence[Part], places: int) -> dict[str, int]:
    """Return how many places each part gets; together all there are, or all that are wanted.

    Each part gets its share, rounded by the largest remainder; among equal remainders the part
    named first comes first. Where a part cannot use its share (or has more already), it gets what
    it can use, and the others share the rest by the same rule. A part without a share gets only
    what the others leave.
    """
    places = min(max(places, sum(part.least for part in parts)), sum(part.most for part in parts))
    given: dict[str, int] = {}
    while len(given) < len(parts):
        open_parts = [part for part in parts if part.code not in given]
        wanted = _rounded(open_parts, places - sum(given.values()))
        over = {p.code: p.most for p in open_parts if wanted[p.code] > p.most}
        under = {p.code: p.least for p in open_parts if wanted[p.code] < p.least}
        surplus = sum(wanted[code] - most for code, most in over.items())
        deficit = sum(least - wanted[code] for code, least in under.items())
        # What is settled first must not be undone by what the others then get or lose.
        if surplus == deficit:
            given |= {**wanted, **over, **under}
        else:
            given |= over if surplus > deficit else under
    return {part.code: given[part.code] for part in parts}


def _rounded(parts: Sequence[Part], places: int) -> dict[str, int]:
    """Round the exact shares so that they add up."""
    weights = _weights(parts)
    whole = sum(weights.values())
    exact = {code: Fraction(places * weight, whole) for code, weight in weights.items()}
    rounded = {code: int(value) for code, value in exact.items()}
    by_remainder = sorted(exact, key=lambda code: exact[code] - rounded[code], reverse=True)
    for code in by_remainder[: places - sum(rounded.values())]:
        rounded[code] += 1
    return rounded


def _weights(parts: Sequence[Part]) -> Mapping[str, int]:
    if any(part.share for part in parts):
        return {part.code: part.share for part in parts}
    if any(part.most for part in parts):
        return {part.code: part.most for part in parts}
    return {part.code: 1 for part in parts}
