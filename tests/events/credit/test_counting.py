"""What attendance gives, by the minute."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.credit.domain.counting import earn, rounded
from events.credit.domain.presence import Presence, Slot, Stayed, Trace, settled
from events.credit.domain.presets import preset
from events.credit.domain.rules import Counted, Counting, CreditRule, OpenStays

pytestmark = pytest.mark.pure

CHICAGO = ZoneInfo("America/Chicago")
DAY = date(2019, 11, 14)
ILLINOIS = preset("illinois").rule
ACADEMY = preset("njsba").rule


def at(text: str, day: date = DAY) -> datetime:
    return datetime.fromisoformat(f"{day}T{text}").replace(tzinfo=CHICAGO)


def there(arrived: str, left: str, day: date = DAY) -> Stayed:
    return Stayed(on=day, arrived=at(arrived, day), left=at(left, day))


def slot(starts: str, ends: str, kind: str = "plenary", **values: object) -> Slot:
    return Slot(kind=kind, starts=at(starts), ends=at(ends), **values)


PROGRAMME = (
    slot("08:30", "09:00", "registration"),
    slot("09:00", "12:00"),
    slot("12:00", "13:00", "meal"),
    slot("13:00", "15:00", "team_time"),
)


def test_clock_hours_are_rounded_stay_by_stay_and_told() -> None:
    earned = earn(ILLINOIS, [there("08:07", "11:52"), there("13:04", "15:10")], (), ())

    assert [line.minutes for line in earned.lines] == [225, 126]
    assert [line.amount for line in earned.lines] == [Decimal("3.75"), Decimal(2)]
    assert earned.amount == Decimal("5.75")
    assert [line.how.replace("\u202f", " ") for line in earned.lines] == [
        "Thursday, November 14: in 8:07 AM, out 11:52 AM: 225 minutes = 3.75 hours",
        "Thursday, November 14: in 1:04 PM, out 3:10 PM: 126 minutes = 2 hours",
    ]


def test_a_day_gives_no_more_than_its_cap_and_says_so() -> None:
    capped = replace(ILLINOIS, cap=Decimal(6))
    friday = date(2019, 11, 15)

    earned = earn(capped, [there("08:00", "15:10"), there("09:00", "10:00", friday)], (), ())

    assert earned.amount == Decimal(7)
    assert earned.why == ("Thursday, November 14 comes to 7.25, and a day gives 6 hours at most.")


def test_only_time_in_sessions_counts_where_the_rule_says_so() -> None:
    rule = CreditRule(name="Hours", counting=Counting.CLOCK, counted=Counted.SESSIONS)

    earned = earn(rule, [there("08:07", "15:10")], PROGRAMME, ())

    assert (earned.lines[0].minutes, earned.amount) == (300, Decimal(5))


def test_parallel_sessions_count_once() -> None:
    rule = CreditRule(name="Hours", counting=Counting.CLOCK, counted=Counted.SESSIONS)

    earned = earn(rule, [there("09:00", "10:00")], [slot("09:00", "10:00")] * 3, ())

    assert earned.amount == Decimal(1)


@pytest.mark.parametrize(("arrived", "given_"), [("08:40", 4), ("09:30", 4), ("09:31", 0)])
def test_a_set_amount_is_for_whoever_was_there_for_enough_of_it(arrived: str, given_: int) -> None:
    earned = earn(ACADEMY, [there(arrived, "15:00")], PROGRAMME, ["board_member"])

    assert earned.amount == given_


def test_sessions_of_others_are_not_missed() -> None:
    evening = slot("16:00", "21:00", roles=("superintendent",))
    newcomers = slot("16:00", "21:00", for_some=True)

    earned = earn(
        ACADEMY, [there("09:00", "15:00")], [*PROGRAMME, evening, newcomers], ["board_member"]
    )

    assert earned.amount == 4
    assert earned.why == ("There for 300 of the 300 minutes that count; 90% of them are needed.")


def test_nothing_is_given_for_nothing() -> None:
    assert earn(ILLINOIS, (), PROGRAMME, ()).amount == 0
    assert earn(ACADEMY, (), (), ()).amount == 0
    assert earn(replace(ACADEMY, counting=Counting.UNCLEAR), [there("9:00".zfill(5), "15:00")],
                PROGRAMME, ()).amount == 0  # fmt: skip


@given(st.integers(0, 2000), st.sampled_from([1, 5, 6, 10, 12, 15, 20, 30, 60]))
def test_rounding_is_never_off_by_more_than_half_a_step(minutes: int, step: int) -> None:
    hours = rounded(minutes, step)

    assert abs(hours * 60 - minutes) <= Decimal(step) / 2 + Decimal("0.3")  # a hundredth of an hour
    assert hours == round(hours, 2)


def test_stays_that_overlap_count_once() -> None:
    presences = [
        Presence(on=DAY, arrived=at("08:07:50"), left=at("11:00:10")),
        Presence(on=DAY, arrived=at("10:30"), left=at("11:52:59")),
        Presence(on=DAY, arrived=at("10:40"), left=at("10:50")),
    ]

    (one,) = settled(presences, OpenStays.NOTHING, {})

    assert (one.arrived, one.left, one.minutes) == (at("08:07"), at("11:52"), 225)


@pytest.mark.parametrize(
    ("rule", "minutes", "waits"),
    [(OpenStays.NOTHING, 0, True), (OpenStays.LAST_SCAN, 128, False),
     (OpenStays.LAST_SESSION, 165, False)],
)  # fmt: skip
def test_open_stays_are_settled_by_the_hosts_rule(
    rule: OpenStays, minutes: int, waits: bool
) -> None:
    trace = Trace(last_scan=at("10:15"), last_session_ends=at("10:52"))

    (one,) = settled([Presence(on=DAY, arrived=at("08:07"))], rule, {DAY: trace})

    assert (one.minutes, one.open) == (minutes, waits)
    assert one.settled is not waits


def test_a_stay_over_the_change_of_clocks_has_the_minutes_that_passed() -> None:
    sunday = date(2019, 11, 3)

    assert there("00:30", "02:30", sunday).minutes == 180
