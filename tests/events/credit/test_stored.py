"""Rules of credit in programme files: structured, in prose, and written again."""

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.credit.domain.examples import worked_examples
from events.credit.domain.licences import read_licence
from events.credit.domain.presets import IEIN, PRESETS, preset
from events.credit.domain.rules import (
    Counted,
    Counting,
    CreditPlan,
    CreditRefused,
    CreditRule,
    Licence,
    OpenStays,
    Signer,
)
from events.credit.domain.sentences import plan_in_words
from events.credit.domain.stored import read_plan
from events.credit.domain.writing import role_remarks, written_rule, written_settings
from tests.scenarios.programme_of import GREAT_LAKES, NEW_JERSEY, PROGRAMMES

pytestmark = pytest.mark.pure


def credit_of(name: str) -> Any:
    return json.loads((PROGRAMMES / f"{name}.json").read_text())["pd_credit"]


def test_illinois_is_read_from_prose() -> None:
    read = read_plan(credit_of(GREAT_LAKES))

    assert read.remarks == ()
    (rule,) = read.plan.rules
    assert (rule.name, rule.counting, rule.counted, rule.rounding) == (
        "ISBE professional development hours", Counting.CLOCK, Counted.STAY, 15,
    )  # fmt: skip
    assert (rule.licence, rule.evaluation, rule.keep_years) == (IEIN, True, 6)
    assert rule.roles == ("teacher", "union_leader", "principal", "central_office")


def test_prose_is_read_also_where_no_state_is_named() -> None:
    said = "clock hours to the nearest half hour; 6 hours a day; license number; keep seven years"

    (rule,) = read_plan([{"type": "Hours", "rule": said}]).plan.rules

    assert (rule.counting, rule.rounding, rule.cap, rule.keep_years) == (
        Counting.CLOCK, 30, Decimal(6), 7,
    )  # fmt: skip
    assert rule.licence == Licence(name="License number", letters=True)


def test_what_nobody_understands_is_warned_of_and_not_counted() -> None:
    read = read_plan([{"type": "Hours", "rule": "as the regent decides", "roles": ["*"]}])

    assert read.plan.rules[0].counting is Counting.UNCLEAR
    assert [(one.place, one.wrong) for one in read.remarks] == [((0, "rule"), False), ((0,), False)]


def test_new_jersey_gives_board_members_and_educators_each_their_own() -> None:
    plan = read_plan(credit_of(NEW_JERSEY)).plan

    assert [(one.name, one.amount, one.unit) for one in plan.for_roles(["board_member"])] == [
        ("NJSBA Board Member Academy credits", Decimal(4), "credits")
    ]
    both = plan.for_roles(["teacher", "principal", "board_member"])
    assert [one.name for one in both] == [
        "NJSBA Board Member Academy credits",
        "NJ professional learning hours",
    ]
    assert plan.for_roles(["observer"]) == ()


@pytest.mark.parametrize("one", PRESETS, ids=lambda one: one.code)
def test_rules_are_read_as_they_were_written(one: Any) -> None:
    assert read_plan([written_rule(one.rule)]).plan.rules == (one.rule,)


def test_an_edited_rule_keeps_what_the_file_said_besides_and_loses_its_prose() -> None:
    (raw,) = credit_of(GREAT_LAKES)
    (rule,) = read_plan([raw]).plan.rules

    written = written_rule(rule, raw)

    assert (written["source"], written["assumed_fields"]) == (raw["source"], raw["assumed_fields"])
    assert "rule" not in written
    assert read_plan([written]).plan.rules == (rule,)


def test_settings_stand_beside_the_kinds() -> None:
    plan = CreditPlan(
        open_stays=OpenStays.LAST_SCAN, attendance=False, agenda=False,
        signers=(Signer(name="Ada Lake", title="Director"),),
    )  # fmt: skip

    body = written_settings(credit_of(NEW_JERSEY), plan)

    read = read_plan(body).plan
    assert (read.open_stays, read.attendance, read.agenda, read.signers) == (
        OpenStays.LAST_SCAN, False, False, plan.signers,
    )  # fmt: skip
    assert len(read.rules) == 2


@pytest.mark.parametrize(
    ("raw", "place"),
    [
        ("four hours", ()),
        ([{"amount": 4}], (0,)),
        ([{"type": "Hours", "amount": -1}], (0, "amount")),
        ([{"type": "Hours", "amount": True}], (0, "amount")),
        ([{"type": "Hours", "amount": 4, "keep_years": "six"}], (0, "keep_years")),
        ([{"type": "Hours", "amount": 4, "roles": {"a": 1}}], (0, "roles")),
        ([{"type": "Hours", "count": "guess"}], (0, "count")),
        ([{"type": "Hours", "licence": 7}], (0, "licence")),
        ({"types": [], "open_stays": "never"}, ("open_stays",)),
        ({"types": [], "signers": [7]}, ("signers", 0)),
    ],
)
def test_what_is_wrong_is_said_with_its_place(raw: Any, place: tuple[str | int, ...]) -> None:
    assert place in [one.place for one in read_plan(raw).remarks if one.wrong]


def test_a_role_that_the_institute_does_not_have_is_told() -> None:
    plan = read_plan(credit_of(NEW_JERSEY)).plan

    (said,) = role_remarks(plan, ["board_member", "teacher", "esp", "principal"])

    assert "“superintendent”" in said


def test_the_public_reads_what_it_takes() -> None:
    (line,) = plan_in_words(read_plan(credit_of(GREAT_LAKES)).plan, {"teacher": "Teacher leader"})

    assert "from arrival to departure, each stay to the nearest 15 minutes" in line
    assert "You need your IEIN." in line
    assert "For: Teacher leader, union_leader" in line


def test_examples_show_what_the_rule_does() -> None:
    clock = worked_examples(preset("illinois").rule, ())
    share = worked_examples(preset("njsba").rule, ())

    assert [str(one.earned.amount.normalize()) for one in clock] == ["5.75", "3.75", "9"]
    assert [int(one.earned.amount) for one in share] == [4, 0, 0]


@pytest.mark.parametrize("text", ["1234567", " 123-4567 ", "123 4567"])
def test_a_licence_number_is_kept_without_what_people_put_between(text: str) -> None:
    assert read_licence(text, IEIN) == "1234567"


@pytest.mark.parametrize("text", ["", "12345", "12345678", "12345a6", "١٢٣٤٥٦٧", "1234567\n8"])
def test_what_is_no_licence_number_is_refused_with_its_format(text: str) -> None:
    with pytest.raises(CreditRefused, match="The IEIN has 6 to 7 digits"):
        read_licence(text, IEIN)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3)
    ),
    max_leaves=5,
)
NAMES = st.sampled_from(
    ["type", "roles", "rule", "count", "amount", "unit", "share", "licence", "keep_years", "types",
     "left_out", "most_per_day", "signers", "open_stays", "wording"]
)  # fmt: skip
SAID = st.dictionaries(NAMES, ANYTHING, max_size=5)


@given(ANYTHING | SAID | st.lists(SAID, max_size=3) | st.fixed_dictionaries({"types": ANYTHING}))
def test_credit_of_any_shape_is_read_and_told(raw: Any) -> None:
    read = read_plan(raw)

    assert all(isinstance(line, str) for line in plan_in_words(read.plan, {}))
    for rule in read.plan.rules:
        assert worked_examples(rule, ())
        if rule.counting is not Counting.UNCLEAR:
            assert read_plan([written_rule(rule)]).plan.rules == (rule,)


def test_a_rule_without_roles_is_for_everyone() -> None:
    assert CreditRule(name="x").is_for([])
