"""Days and deadlines whose date is not set yet, as a programme file left them."""

from collections.abc import Iterable, Mapping
from typing import Any

from consortium.words import say

UNDATED = "undated"
"""Where they wait among what a file says beyond the columns."""
DAYS, DEADLINES = "days", "deadlines"
ANOTHER_DAY = say("Another day")
_NAME = {DAYS: "label", DEADLINES: "code"}


def days_waiting(extras: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the names of the days whose date is not set yet."""
    return tuple(_name(DAYS, day) for day in _waiting(extras, DAYS))


def deadlines_waiting(extras: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Return code and words of the deadlines whose date is not set yet."""
    return tuple((due["code"], due.get("what") or "") for due in _waiting(extras, DEADLINES))


def keep_waiting(
    extras: Mapping[str, Any], part: str, kept: Iterable[tuple[str, Mapping[str, Any]]]
) -> dict[str, Any]:
    """Return the extras in which only these still wait, each named with what changes of it."""
    there: dict[str, list[Mapping[str, Any]]] = {}
    for item in _waiting(extras, part):
        there.setdefault(_name(part, item), []).append(item)
    still = [{**there[name].pop(0), **changes} for name, changes in kept if there.get(name)]
    undated = {**extras.get(UNDATED, {}), part: still}
    undated = {name: items for name, items in undated.items() if items}
    rest = {name: value for name, value in extras.items() if name != UNDATED}
    return {**rest, UNDATED: undated} if undated else rest


def _waiting(extras: Mapping[str, Any], part: str) -> list[Mapping[str, Any]]:
    found: list[Mapping[str, Any]] = extras.get(UNDATED, {}).get(part, [])
    return found


def _name(part: str, item: Mapping[str, Any]) -> str:
    return str(item.get(_NAME[part]) or ANOTHER_DAY)
