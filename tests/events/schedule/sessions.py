"""Sessions as values and as rows, for tests of the schedule."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from events.schedule.domain import PlannedSession, SessionSpec

BY = "coordinator@example.org"


def planned(
    code: str = "key", starts: str = "2026-05-01T09:00", ends: str = "", **values: object
) -> PlannedSession:
    first = datetime.fromisoformat(starts) if starts else None
    last = datetime.fromisoformat(ends) if ends else first and first.replace(hour=first.hour + 1)
    return PlannedSession(
        **{  # type: ignore[arg-type]
            "id": uuid4(),
            "code": code,
            "title": code.title(),
            "kind": "plenary",
            "time_zone": "America/New_York",
            "starts": first,
            "ends": last,
            **values,
        }
    )


def spec(**values: Any) -> SessionSpec:
    return SessionSpec(
        **{
            "code": "key",
            "title": "Keynote",
            "kind": "plenary",
            "time_zone": "America/New_York",
            "starts": datetime(2026, 5, 1, 9),
            "ends": datetime(2026, 5, 1, 10),
            **values,
        }
    )
