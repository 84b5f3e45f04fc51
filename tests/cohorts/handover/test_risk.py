"""Which partnerships are at risk: each rule at its edge."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from cohorts.handover.domain.risk import (
    REASON_WORDS,
    TO_DO,
    Facts,
    Interim,
    Reason,
    RiskRules,
    Unsigned,
    Vacant,
    concerns,
)
from consortium.people.domain import Side

pytestmark = pytest.mark.pure
TODAY = date(2027, 5, 10)
WELL = Facts(
    partnership_id=uuid4(),
    name="Mesa Unified",
    bodies_since=date(2026, 9, 1),
    last_met=TODAY - timedelta(days=7),
    came=(True, True),
    next_on=TODAY,
)
RULES = RiskRules()


def reasons(facts: Facts, rules: RiskRules = RULES, today: date = TODAY) -> list[Reason]:
    return [one.reason for one in concerns(facts, rules, today=today)]


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def test_a_partnership_that_is_well_is_not_named() -> None:
    assert reasons(WELL) == []


@pytest.mark.parametrize(("days", "named"), [(30, []), (31, [Reason.VACANT])])
def test_a_leaders_seat_may_be_empty_for_so_many_days(days: int, named: list[Reason]) -> None:
    empty = Vacant(office="Superintendent", side=Side.MANAGEMENT, since=ago(days))
    assert reasons(replace(WELL, vacant=(empty,))) == named


@pytest.mark.parametrize(("days", "named"), [(180, []), (181, [Reason.INTERIM])])
def test_an_interim_may_lead_for_so_many_days(days: int, named: list[Reason]) -> None:
    acting = Interim(office="Superintendent", name="Kim Day", since=ago(days))
    assert reasons(replace(WELL, interim=(acting,))) == named


@pytest.mark.parametrize(("days", "named"), [(62, []), (63, [Reason.NOT_MET])])
def test_standing_meetings_may_rest_for_so_many_weeks(days: int, named: list[Reason]) -> None:
    assert reasons(replace(WELL, last_met=ago(days))) == named


def test_summers_do_not_make_a_risk() -> None:
    september = date(2027, 9, 10)
    before = replace(WELL, last_met=date(2027, 6, 15), next_on=september)
    assert reasons(before, today=september) == []
    assert reasons(replace(before, last_met=date(2027, 4, 15)), today=september) == [Reason.NOT_MET]


def test_bodies_that_never_met_count_from_when_they_began() -> None:
    assert reasons(replace(WELL, last_met=None)) == [Reason.NOT_MET]
    assert reasons(replace(WELL, last_met=None, bodies_since=ago(20))) == []
    assert reasons(replace(WELL, last_met=None, bodies_since=None)) == []


@pytest.mark.parametrize(
    ("came", "named"),
    [
        ((False, False, True), [Reason.NOBODY_CAME]),
        ((False, True, False), []),
        ((False,), []),
        ((), []),
    ],
)
def test_missing_the_last_meetings_counts_once_there_were_as_many(
    came: tuple[bool, ...], named: list[Reason]
) -> None:
    assert reasons(replace(WELL, came=came)) == named


@pytest.mark.parametrize(("days", "named"), [(30, []), (31, [Reason.UNSIGNED])])
def test_a_side_may_leave_a_plan_unsigned_for_so_many_days(days: int, named: list[Reason]) -> None:
    waits = Unsigned(side=Side.LABOR, since=ago(days))
    (*found,) = concerns(replace(WELL, unsigned=(waits,)), RULES, today=TODAY)
    assert [one.reason for one in found] == named
    assert all(one.said.startswith("The labor side") for one in found)


def test_no_date_to_come_is_a_risk_and_today_is_to_come() -> None:
    assert reasons(replace(WELL, next_on=None)) == [Reason.NO_DATE]
    assert reasons(replace(WELL, next_on=ago(1))) == [Reason.NO_DATE]


def test_each_consortium_has_its_own_numbers() -> None:
    empty = Vacant(office="Superintendent", side=Side.MANAGEMENT, since=ago(10))
    facts = replace(WELL, vacant=(empty,))
    assert reasons(facts, RiskRules(vacant_days=9)) == [Reason.VACANT]
    assert reasons(facts, RiskRules(vacant_days=10)) == []


def test_a_concern_keeps_its_key_while_it_lasts_and_says_what_to_do() -> None:
    empty = Vacant(office="Superintendent", side=Side.MANAGEMENT, since=ago(40))
    facts = replace(WELL, vacant=(empty,), came=(False, False), next_on=None)
    today = concerns(facts, RULES, today=TODAY)
    tomorrow = concerns(
        replace(facts, came=(False, False, False)), RULES, today=TODAY + timedelta(days=1)
    )
    assert [one.key for one in today] == [one.key for one in tomorrow]
    assert len({one.key for one in today}) == 3
    assert all(one.to_do for one in today)
    assert set(TO_DO) == set(REASON_WORDS) == set(Reason)
