"""What a session's form is filled with, and how its texts are read."""

from datetime import date, datetime, time
from typing import Any

from events.schedule.domain import EVERYONE, SessionSpec


def filled(spec: SessionSpec | None, version: int) -> dict[str, Any]:
    """Return the fields' values for a session as it is to be, or for a new one."""
    if spec is None:
        return {"pick": 1, "kind": "plenary"}
    starts, ends = spec.starts, spec.ends
    later = starts is not None and ends is not None and ends.date() != starts.date()
    return {
        name: getattr(spec, name)
        for name in (
            "title",
            "kind",
            "room",
            "venue",
            "track",
            "mode",
            "online_link",
            "description",
            "homework",
            "audience_sides",
            "audience_flags",
            "strand",
            "cohort",
            "choice_group",
            "pick",
            "same_content",
            "capacity",
            "features",
            "code",
        )
    } | {
        "version": str(version),
        "on": starts.date() if starts else None,
        "begins": starts.time() if starts else None,
        "ends": ends.time() if ends else None,
        "ends_on": ends.date() if ends and later else None,
        "presenters": "\n".join(spec.presenters),
        "facilitators": "\n".join(spec.facilitators),
        "audience_roles": [code for code in spec.audience_roles if code != EVERYONE],
    }


def lines(text: str | None) -> tuple[str, ...]:
    """Return the lines on which something stands."""
    return tuple(line.strip() for line in (text or "").splitlines() if line.strip())


def joined(day: date | None, clock: time | None) -> datetime | None:
    """Return day and time in one, where both are given."""
    return None if day is None or clock is None else datetime.combine(day, clock)
