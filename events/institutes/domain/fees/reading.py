"""Read one field of a fee rule strictly: whatever is not what it must be is ``Unreadable``."""

import re
from collections.abc import Collection
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from events.institutes.domain.fees.kinds import WHOLE, Raw, Span, Unit

MOST_CENTS = 100_000_000  # a million dollars
MOST_PEOPLE = 1_000_000
_UNITS = {"person": Unit.PERSON, "team": Unit.TEAM, "lea": Unit.LEA, "district": Unit.LEA}
# “local affiliated to NEA”, “affiliated with NEA or AFT”: a condition that can be judged.
_AFFILIATED = re.compile(
    r"(?:(?:the|its|a|whose)\s+)?(?:(?:local|union|team|association)\s+)?(?:is\s+)?"
    r"affiliated\s+(?:to|with)\s+(?:the\s+)?(?P<names>[\w.&-]+(?:(?:\s+or\s+|,\s*)[\w.&-]+)*)",
    re.IGNORECASE,
)
_OR = re.compile(r"\s+or\s+|,\s*", re.IGNORECASE)


class Unreadable(Exception):
    """A field of a rule is not what it must be."""


def cents(raw: Raw, name: str, *, reduces: bool = False) -> int:
    """Return an amount in whole cents; one that ``reduces`` may be written with a minus."""
    value = raw.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) > MOST_CENTS:
        raise Unreadable
    if value < 0 and not reduces:
        raise Unreadable
    return abs(value)


def whole(raw: Raw, name: str) -> int:
    """Return a whole number, 0 or more."""
    value = raw.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MOST_PEOPLE:
        raise Unreadable
    return value


def unit(raw: Raw, usual: Unit, *, but_not: Unit | None = None) -> Unit:
    """Return for what the price is paid once."""
    said = raw.get("per")
    found = usual if said is None else _UNITS.get(str(said).casefold())
    if found is None or found is but_not:
        raise Unreadable
    return found


def span(raw: Raw) -> Span:
    """Return the days on which the rule holds; of a moment its day counts."""
    begins, ends = (_day(raw.get(name)) for name in ("from", "until"))
    return Span(begins=begins, ends=ends)


def text(raw: Raw, name: str) -> str:
    """Return a text; empty when it is left out."""
    value = raw.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Unreadable
    return value.strip()


def names(raw: Raw, name: str) -> frozenset[str]:
    """Return a list of short names, or the one that stands there alone."""
    value = raw.get(name)
    found = [] if value is None else [value] if isinstance(value, str) else value
    if not isinstance(found, list | tuple) or not all(isinstance(one, str) for one in found):
        raise Unreadable
    return frozenset(one.strip() for one in found)


def some(found: frozenset[str]) -> frozenset[str]:
    """Return the names; there must be one."""
    if not found:
        raise Unreadable
    return found


def affiliations(raw: Raw) -> frozenset[str]:
    """Return to whom a local must be affiliated, said as a field or as “affiliated to …”."""
    found = names(raw, "affiliation")
    when = text(raw, "when")
    if not when:
        return found
    match = _AFFILIATED.fullmatch(when)
    if match is None:
        raise Unreadable
    return found | frozenset(_OR.split(match["names"]))


def basis_points(value: Any) -> int:
    """Return a share as it is written in basis points."""
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= WHOLE:
        raise Unreadable
    return value


def share(value: Any) -> int:
    """Return basis points of a share written as a part of 1, such as 0.5."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise Unreadable
    try:
        points = Decimal(str(value)) * WHOLE
        return basis_points(int(points.to_integral_value()))
    except (InvalidOperation, OverflowError, ValueError) as error:
        raise Unreadable from error


def belongs(team: Collection[str], wanted: Collection[str]) -> bool:
    """Whether a team's affiliations include one of those wanted, however they are written."""
    return not {one.casefold() for one in team}.isdisjoint(one.casefold() for one in wanted)


def _day(value: Any) -> date | None:
    if not value:
        return None
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError as error:
        raise Unreadable from error
