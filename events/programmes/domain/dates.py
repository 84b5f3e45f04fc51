"""Read the days and the deadlines."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from consortium.words import Sentence, say
from events.institutes.domain import Due
from events.institutes.domain.sections import DayPlan
from events.programmes.domain.faults import Findings, Place
from events.programmes.domain.moments import NotAMoment, in_zone
from events.programmes.domain.parts import missing, read_parts
from events.programmes.domain.shape import Shape
from events.programmes.domain.shapes import DayShape, DeadlineShape

_PARTS: Mapping[str, type[Shape]] = {"days": DayShape, "deadlines": DeadlineShape}


def read_days(raw: Mapping[str, Any], findings: Findings, *, needed: bool) -> tuple[DayPlan, ...]:
    """Return the days that have a date, in order."""
    if needed and not raw.get("days"):
        findings.fault(("days",), missing("days"))
    days: dict[date, DayPlan] = {}
    for place, shape in read_parts(DayShape, raw.get("days"), ("days",), findings):
        if shape.date is None:
            continue
        if shape.date in days:
            findings.fault((*place, "date"), say("This day stands here twice. Keep one of them."))
        days[shape.date] = DayPlan(
            on=shape.date,
            label=shape.label,
            optional=shape.optional,
            audience_flags=tuple(shape.audience_flags),
        )
    return tuple(days[on] for on in sorted(days))


def read_deadlines(raw: Mapping[str, Any], zone: ZoneInfo, findings: Findings) -> tuple[Due, ...]:
    """Return the deadlines that have a date, in the file's order, in the institute's zone."""
    found: dict[str, Due] = {}
    codes: set[str] = set()
    for place, shape in read_parts(DeadlineShape, raw.get("deadlines"), ("deadlines",), findings):
        if shape.code in codes:
            findings.fault(
                (*place, "code"),
                say("Two deadlines have the code “%(code)s”. Give each its own.", code=shape.code),
            )
        codes.add(shape.code)
        due = _due(shape, place, zone, findings)
        if due is not None:
            found[shape.code] = due
    return tuple(found.values())


def undated(raw: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Return the days and deadlines whose date is not set yet (``null``), as the file has them."""
    waiting = {
        name: [item for item in raw[name] if _waits(item, shape.waits)]
        for name, shape in _PARTS.items()
        if isinstance(raw.get(name), list)
    }
    return {name: items for name, items in waiting.items() if items}


def moved(wall: str, zone: ZoneInfo) -> Sentence:
    """Return the warning for an offset that is not the zone's own."""
    return say(
        "The offset is not the one of %(zone)s; this was read as %(wall)s there.",
        zone=zone.key,
        wall=wall,
    )


def _waits(item: Any, field: str) -> bool:
    return isinstance(item, dict) and field in item and item[field] is None


def _due(shape: DeadlineShape, place: Place, zone: ZoneInfo, findings: Findings) -> Due | None:
    if shape.at is None:
        return None
    if shape.at.at is None:
        return Due(code=shape.code, what=shape.what, on=shape.at.on, at=shape.at.at)
    try:
        wall = in_zone(shape.at, zone)
    except NotAMoment as error:
        findings.fault((*place, "at"), error.sentence)
        return None
    if wall != shape.at.wall:
        findings.warn((*place, "at"), moved(f"{wall:%Y-%m-%dT%H:%M}", zone))
    return Due(code=shape.code, what=shape.what, on=wall.date(), at=wall.time())
