"""What hosts keep when somebody cancels."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.institutes.domain.terms import (
    Cancelling,
    Dates,
    Kept,
    RefundRule,
    Tier,
    kept_cents,
    working_days,
)

pytestmark = pytest.mark.pure
FIRST = date(2027, 10, 25)  # a Monday
COLUMBUS_DAY = date(2027, 10, 11)
FEE = 15000


def with_tiers(*tiers: Tier) -> RefundRule:
    return RefundRule(tiers=tiers)


NJSBA = with_tiers(Tier(days=10, working=True), Tier(days=3, keep_cents=5000))
BOCES = with_tiers(Tier(days=14))
NASFAA = with_tiers(
    Tier(days=60, keep_cents=2500),
    Tier(days=30, keep_cents=5000),
    Tier(days=14, keep_cents=7500),
)
HALF = with_tiers(Tier(days=7, keep_basis_points=5000))


DATES = Dates(first_day=FIRST, holidays=frozenset({COLUMBUS_DAY}))


def kept(terms: RefundRule, on: date, people: int = 1, **said: bool) -> Kept:
    cancelling = Cancelling(on=on, people=people, **said)
    return kept_cents(terms, cancelling, DATES, reduction_cents=FEE * people)


@pytest.mark.parametrize(
    ("terms", "on", "cents"),
    [
        pytest.param(NJSBA, date(2027, 10, 8), 0, id="NJSBA 10 working days before, a holiday off"),
        pytest.param(NJSBA, date(2027, 10, 12), 5000, id="NJSBA inside 10 working days"),
        pytest.param(NJSBA, date(2027, 10, 22), 5000, id="NJSBA 72 hours before"),
        pytest.param(NJSBA, date(2027, 10, 23), FEE, id="NJSBA inside 72 hours"),
        pytest.param(NJSBA, date(2027, 10, 26), FEE, id="NJSBA no-show"),
        pytest.param(BOCES, date(2027, 10, 11), 0, id="BOCES 14 days before"),
        pytest.param(BOCES, date(2027, 10, 12), FEE, id="BOCES later"),
        pytest.param(NASFAA, date(2027, 8, 1), 2500, id="NASFAA first step"),
        pytest.param(NASFAA, date(2027, 9, 1), 5000, id="NASFAA second step"),
        pytest.param(NASFAA, date(2027, 10, 1), 7500, id="NASFAA third step"),
        pytest.param(NASFAA, date(2027, 10, 12), FEE, id="NASFAA nothing then"),
        pytest.param(HALF, date(2027, 10, 18), 7500, id="half of it"),
        pytest.param(RefundRule(), date(2027, 10, 24), 0, id="no rule: until the first day"),
        pytest.param(RefundRule(), FIRST, FEE, id="no rule: on the first day"),
    ],
)
def test_the_host_keeps(terms: RefundRule, on: date, cents: int) -> None:
    assert kept(terms, on).cents == cents


def test_what_is_kept_says_why() -> None:
    assert [kept(NASFAA, day).why for day in (date(2027, 9, 1), FIRST)] == [
        "Until 30 days before the first day, $50.00 is kept for each person.",
        "Nothing is given back after 14 days before the first day.",
    ]


def test_a_replacement_costs_nothing_where_the_host_says_so() -> None:
    strict = RefundRule(tiers=NASFAA.tiers, free_with_replacement=False)

    assert kept(NASFAA, FIRST, replaced=True).cents == 0
    assert kept(strict, date(2027, 9, 1), replaced=True).cents == 5000


def test_everything_is_given_back_when_the_host_cancels() -> None:
    assert kept(NASFAA, FIRST, people=4, by_host=True).cents == 0


def test_cents_are_kept_for_each_person_and_never_more_than_the_price_fell() -> None:
    dear = with_tiers(Tier(days=1, keep_cents=9000))

    assert kept(dear, date(2027, 10, 1), people=3).cents == 27000
    three = Cancelling(on=date(2027, 10, 1), people=3)
    assert kept_cents(dear, three, DATES, reduction_cents=7000).cents == 7000


@pytest.mark.parametrize(
    ("at", "cents"),
    [
        pytest.param(datetime(2017, 6, 10, 0, 0, tzinfo=UTC), 0, id="CA3 at the minute"),
        pytest.param(datetime(2017, 6, 10, 0, 1, tzinfo=UTC), FEE, id="a minute later"),
    ],
)
def test_without_tiers_the_deadline_for_refunds_counts(at: datetime, cents: int) -> None:
    until = datetime.fromisoformat("2017-06-09T17:00-07:00")
    dates = Dates(first_day=date(2017, 6, 19), refund_until=until)
    cancelling = Cancelling(on=date(2017, 6, 9), at=at)

    assert kept_cents(RefundRule(), cancelling, dates, reduction_cents=FEE).cents == cents


@given(
    start=st.dates(date(2026, 1, 1), date(2027, 1, 1)),
    days=st.integers(-5, 60),
    holidays=st.frozensets(st.dates(date(2026, 1, 1), date(2027, 3, 1)), max_size=5),
)
def test_working_days_are_those_one_can_count(
    start: date, days: int, holidays: frozenset[date]
) -> None:
    counted = [
        day
        for day in (start + timedelta(days=n) for n in range(days))
        if day.weekday() < 5 and day not in holidays
    ]

    assert working_days(start, start + timedelta(days=days), holidays) == len(counted)


@given(
    tiers=st.lists(
        st.builds(
            Tier,
            days=st.integers(0, 90),
            working=st.booleans(),
            keep_basis_points=st.integers(0, 10_000),
            keep_cents=st.integers(0, 90_000),
        ),
        max_size=4,
    ),
    on=st.dates(date(2027, 6, 1), date(2027, 11, 30)),
    cents=st.integers(0, 10**8),
)
def test_between_nothing_and_all_of_it_is_kept_and_cancelling_later_never_pays(
    tiers: list[Tier], on: date, cents: int
) -> None:
    terms = with_tiers(*tiers)
    now, later = (
        kept_cents(terms, Cancelling(on=day, people=2), DATES, reduction_cents=cents).cents
        for day in (on, on + timedelta(days=1))
    )

    assert 0 <= now <= later <= cents
