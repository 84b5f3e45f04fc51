"""Put a mere schedule into a programme: what schedules are silent about stays as it is."""

from collections.abc import Iterable
from dataclasses import replace

from events.institutes.domain.sections import DayPlan
from events.programmes.domain.programme import Programme
from events.schedule.domain import SessionSpec

_SAID = (
    "title", "kind", "time_zone", "starts", "ends", "description", "room", "venue", "presenters",
    "track", "extras",
)  # fmt: skip
"""What a schedule says of a session; whom it is for and how people choose it, it does not."""


def with_schedule(base: Programme, schedule: Programme) -> Programme:
    """Return the programme with the schedule's sessions in place of its own; meetings stay."""
    there = {spec.code: spec for spec in base.sessions}
    items = tuple(_merged(there.get(spec.code), spec) for spec in schedule.sessions)
    return replace(
        base,
        days=_days(base.days, schedule.days),
        whereabouts=schedule.whereabouts,
        sessions=items + tuple(spec for spec in base.sessions if spec.meeting),
        schedule_only=True,
    )


def _merged(was: SessionSpec | None, now: SessionSpec) -> SessionSpec:
    if was is None:
        return now
    said = {name: getattr(now, name) for name in _SAID}
    if now.choice_group:
        said |= {"choice_group": now.choice_group}
    if now.capacity is not None:
        said |= {"capacity": now.capacity}
    return replace(was, **said)


def _days(there: Iterable[DayPlan], now: Iterable[DayPlan]) -> tuple[DayPlan, ...]:
    days = {day.on: day for day in now} | {day.on: day for day in there}
    return tuple(days[on] for on in sorted(days))
