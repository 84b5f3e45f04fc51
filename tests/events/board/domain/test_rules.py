"""On which days reminders go out by themselves."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from events.board.domain.reminders import Kind
from events.board.domain.rules import deadline_of, due_on
from events.institutes.domain import Due

pytestmark = pytest.mark.pure
ZONE = ZoneInfo("America/Los_Angeles")
DUE = Due(code="roster_by", what="", on=date(2027, 6, 20), at=None)
REGISTER = Due(code="register_by", what="", on=date(2027, 5, 26))
FIRST = date(2027, 6, 22)


def on(kind: Kind, moment: str, days: tuple[int, ...] = (14, 7, 2), due: Due = DUE) -> str:
    now = datetime.fromisoformat(moment).replace(tzinfo=ZONE)
    found = due_on(kind, days, due, zone=ZONE, now=now)
    return found.isoformat() if found else ""


@pytest.mark.parametrize(
    ("moment", "planned"),
    [
        ("2027-06-05T12:00", ""),
        ("2027-06-06T06:00", ""),
        ("2027-06-06T09:00", "2027-06-06"),
        ("2027-06-06T23:30", ""),
        ("2027-06-07T09:00", "2027-06-06"),
        ("2027-06-08T09:00", ""),
        ("2027-06-13T09:00", "2027-06-13"),
        ("2027-06-18T09:00", "2027-06-18"),
        ("2027-06-20T09:00", ""),
        ("2027-06-21T09:00", ""),
    ],
)
def test_a_reminder_has_its_day_in_daytime_and_a_day_to_catch_up(moment: str, planned: str) -> None:
    assert on(Kind.CONFIRM, moment) == planned


def test_what_a_team_lacks_is_told_once_more_after_the_deadline() -> None:
    assert on(Kind.COMPLETE, "2027-06-20T12:00") == ""
    assert on(Kind.COMPLETE, "2027-06-21T09:00") == "2027-06-21"
    assert on(Kind.COMPLETE, "2027-06-23T09:00") == ""


def test_a_host_that_names_no_days_never_reminds_by_rule() -> None:
    assert on(Kind.COMPLETE, "2027-06-21T09:00", days=()) == ""
    assert on(Kind.CONFIRM, "2027-06-13T09:00", days=()) == ""


def test_nobody_is_told_after_the_first_day_that_the_team_was_not_complete() -> None:
    first = Due(code="first_day", what="", on=date(2027, 6, 20))
    assert on(Kind.COMPLETE, "2027-06-21T09:00", due=first) == ""


def test_each_kind_goes_by_its_own_deadline_or_the_first_day() -> None:
    pairs = Due(code="pairs_confirmed", what="", on=date(2027, 6, 1))
    assert deadline_of(Kind.SUBMIT, [DUE, REGISTER], FIRST) == REGISTER
    assert deadline_of(Kind.SUBMIT, [DUE], FIRST) is None
    assert deadline_of(Kind.COMPLETE, [DUE, pairs, REGISTER], FIRST) == pairs
    assert deadline_of(Kind.CONFIRM, [REGISTER], None) is None
    by_first_day = deadline_of(Kind.CONFIRM, [REGISTER], FIRST)
    assert by_first_day is not None
    assert (by_first_day.code, by_first_day.on) == ("first_day", FIRST)
