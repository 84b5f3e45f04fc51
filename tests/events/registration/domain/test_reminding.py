"""On which days mails go out by themselves."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from events.registration.domain.reminding import planned_day

pytestmark = pytest.mark.pure
DUE_AT = datetime(2026, 4, 20, 21, tzinfo=UTC)
NEW_JERSEY = ZoneInfo("America/New_York")


@pytest.mark.parametrize(
    ("at", "planned"),
    [
        ("2026-04-12T15:00", None),
        ("2026-04-13T03:00", None),  # night
        ("2026-04-13T09:00", date(2026, 4, 13)),
        ("2026-04-14T09:00", date(2026, 4, 13)),  # no worker ran the day before
        ("2026-04-15T09:00", None),
        ("2026-04-18T19:59", date(2026, 4, 18)),
        ("2026-04-20T16:59", None),
        ("2026-04-20T17:00", None),
    ],
)
def test_reminders_go_out_by_day_on_the_days_that_the_host_set(
    at: str, planned: date | None
) -> None:
    now = datetime.fromisoformat(at).replace(tzinfo=NEW_JERSEY)
    deadline = date(2026, 4, 20)

    found = planned_day((7, 2), deadline, passes_at=DUE_AT, zone=NEW_JERSEY, now=now)

    assert found == planned
