"""What files say is told in words, whatever shape it has."""

from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consortium.people.domain import Side
from events.institutes.domain import Due, RoleRule, Strength, TeamTerms, gate_of
from events.institutes.domain.fees import FREE, fees_in_words
from events.institutes.domain.further import further_topics
from events.institutes.domain.opening import opening
from events.institutes.domain.sections import InstituteRefused
from events.institutes.domain.slugs import free_slug, slug_of
from events.institutes.domain.states import read_states, written_states
from events.institutes.domain.wording import dates_in_words, how_many, joined, team_size, when_told

pytestmark = pytest.mark.pure

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3)
    ),
    max_leaves=5,
)
RULES = st.sampled_from(
    ["free_first_n", "which_five", "flat", "team_fee", "sponsor_credit", "visitor_fee",
     "split_cost", "split_rest", "early_bird"]
)  # fmt: skip
FIELDS = st.sampled_from(
    ["n", "per", "each_cents", "then_each_cents", "by", "when", "payers", "between", "share",
     "day", "includes", "rule", "rounding", "total_cents"]
)  # fmt: skip
TOPICS = st.sampled_from(
    ["peer_matching", "surveys", "companion_course", "members", "cohorts",
     "reporting", "visibility"]
)  # fmt: skip
PARTS = st.sampled_from(
    ["scope", "not_same", "prefer", "max_suggestions", "type", "amount", "roles", "rule", "code",
     "open", "close", "who"]
)  # fmt: skip


SAID = st.dictionaries(PARTS, ANYTHING, max_size=4)


@given(code=RULES, rule=st.dictionaries(FIELDS, ANYTHING))
def test_a_fee_rule_of_any_shape_is_told_in_one_sentence(code: str, rule: dict[str, Any]) -> None:
    [sentence] = fees_in_words({"rules": [{**rule, "code": code}]})
    assert sentence


@given(
    extras=st.dictionaries(
        TOPICS,
        ANYTHING | SAID | st.lists(SAID, max_size=3),
        max_size=3,
    )
)
def test_further_topics_of_any_shape_are_told(extras: dict[str, Any]) -> None:
    for topic in further_topics(extras):
        assert topic.title
        assert all(isinstance(line, str) for line in topic.lines)


def test_a_fee_rule_of_an_unknown_kind_hides_nothing() -> None:
    rule = {"code": "lodging", "night_cents": 9900, "until": "2027-01-01", "roles": ["a", "b"]}
    assert fees_in_words({"rules": [rule]}) == [
        "Lodging: night $99.00; roles a, b; until January 1, 2027."
    ]


@pytest.mark.parametrize(
    ("fees", "lines"),
    [
        (
            {"rules": [{"code": "early_bird", "each_cents": 9900, "until": "2027-01-01"}]},
            ["Early bird: $99.00 for each person, until January 1, 2027."],
        ),
        (
            {"rules": [{"code": "late", "per": "team", "each_cents": 1, "from": "2027-06-15"}]},
            ["Late: $0.01 for each team, from June 15, 2027."],
        ),
        (
            {"rules": [{"code": "flat", "each_cents": 9900, "when": "in two halves"}]},
            ["$99.00 for each person. When: in two halves."],
        ),
        ({"rules": [{"code": "flat", "per": "person"}]}, ["Flat: per person."]),
        (
            {"rules": [{"code": "team_discount", "each_cents": -5000, "from_people": 6}]},
            ["Team discount: each -$50.00; from people 6."],
        ),
        (
            {"model": FREE, "refund_policy": "none needed", "currency": "USD"},
            ["Free of charge.", "Refund policy: none needed."],
        ),
        ({"model": "sliding_scale"}, ["Sliding scale."]),
    ],
)
def test_what_a_fee_says_besides_is_told_too(fees: dict[str, Any], lines: list[str]) -> None:
    assert list(fees_in_words(fees)) == lines


def test_fees_nobody_spoke_of_are_not_called_free() -> None:
    assert fees_in_words({}) == []
    assert fees_in_words({"model": "free", "rules": []}) == ["Free of charge."]


def test_names_nobody_knows_stay_in_the_file() -> None:
    assert further_topics({"internal_budget": {"total": 5}}) == []


@pytest.mark.parametrize(
    ("least", "most", "words"),
    [
        (0, None, "any number"),
        (2, None, "2 or more"),
        (0, 0, "none"),
        (2, 2, "2"),
        (0, 3, "up to 3"),
        (1, 3, "1 to 3"),
    ],
)
def test_how_many_of_a_role(least: int, most: int | None, words: str) -> None:
    role = RoleRule(
        code="a", label="A", side=Side.LABOR, strength=Strength.OPTIONAL, min=least, max=most
    )
    assert how_many(role) == words


@pytest.mark.parametrize(
    ("least", "most", "words"),
    [
        (1, None, "any number of people"),
        (2, None, "2 people or more"),
        (1, 1, "one person"),
        (3, 3, "3 people"),
        (1, 4, "1 to 4 people"),
    ],
)
def test_how_large_a_team_is(least: int, most: int | None, words: str) -> None:
    terms = TeamTerms(gate=gate_of("ideal"), min_people=least, max_people=most, roles=())
    assert team_size(terms) == words


def test_words_in_a_row() -> None:
    assert [joined([]), joined(["a"]), joined("ab"), joined("abc")] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]


@pytest.mark.parametrize(
    ("at", "closed", "over"),
    [
        ("2026-06-01T16:59-04:00", False, False),
        ("2026-06-01T17:01-04:00", True, False),
        ("2026-06-23T23:59-04:00", True, False),
        ("2026-06-24T00:00-04:00", True, True),
    ],
)
def test_registration_ends_with_the_deadlines_minute(at: str, *, closed: bool, over: bool) -> None:
    stands = opening(
        [Due(code="register_by", what="", on=date(2026, 6, 1), at=time(17, 0))],
        [date(2026, 6, 22), date(2026, 6, 23)],
        zone=ZoneInfo("America/New_York"),
        at=datetime.fromisoformat(at),
    )
    assert (stands.closed, stands.over) == (closed, over)


def test_without_days_and_deadlines_it_is_neither_closed_nor_over() -> None:
    stands = opening([], [], zone=ZoneInfo("America/New_York"), at=datetime(2090, 1, 1, tzinfo=UTC))
    assert (stands.closes, stands.closed, stands.over) == (None, False, False)


@pytest.mark.parametrize(
    ("days", "over"),
    [
        ([date(2026, 9, 9), date(2027, 5, 5)], False),
        ([date(2026, 9, 9), None], False),
        ([date(2026, 9, 9), date(2026, 11, 11)], True),
    ],
)
def test_nothing_is_over_while_a_day_is_ahead_or_not_set(
    days: list[date | None], *, over: bool
) -> None:
    at = datetime(2027, 1, 1, tzinfo=UTC)
    assert opening([], days, zone=ZoneInfo("America/New_York"), at=at).over is over


def test_states_and_countries_are_written_as_they_are_read() -> None:
    codes = read_states("nj, Pennsylvania; DE\nSouth Africa,foreign:ca, , Georgia", field="home")
    assert codes == {"NJ", "PA", "DE", "GA", "foreign:ZA", "foreign:CA"}
    assert read_states(written_states(codes), field="home") == codes
    with pytest.raises(InstituteRefused, match="“Narnia” is no state"):
        read_states("Narnia", field="home")


def test_addresses_are_short_plain_and_free() -> None:
    assert slug_of("Summer Institute: Été & Co. 2027") == "summer-institute-ete-co-2027"
    assert slug_of("夏") == "institute"
    assert len(slug_of("a-" * 100)) <= 60
    assert free_slug("a", taken={"a", "a-2"}) == "a-3"
    assert free_slug("new", taken=()) == "new-2"


@pytest.mark.parametrize(
    ("days", "is_cohort", "written"),
    [
        ([], True, ""),
        ([None], True, ""),
        ([date(2026, 10, 12)], True, "Oct 12, 2026"),
        ([date(2026, 10, 12), None, None], True, "Oct 12, 2026; more dates to be set"),
        ([date(2026, 6, 15), date(2026, 6, 16)], True, "Jun 15 – 16, 2026"),
        ([date(2026, 6, 16), date(2026, 6, 15)], False, "Jun 15 – 16, 2026"),
        ([date(2026, 6, 15), date(2026, 6, 17)], False, "Jun 15 – 17, 2026, 2 days"),
        (
            [date(2027, 5, 14), date(2026, 10, 12), date(2027, 1, 8), date(2027, 1, 8)],
            True,
            "Oct 12, 2026 – May 14, 2027, 3 meetings",
        ),
    ],
)
def test_dates_with_gaps_say_on_how_many_days(
    days: list[date | None], is_cohort: bool, written: str
) -> None:
    found = dates_in_words(days, is_cohort=is_cohort)

    assert found.translate({0x2009: " ", 0x202F: " "}) == written


@pytest.mark.parametrize(
    ("today", "is_cohort", "line"),
    [
        (date(2025, 11, 1), True, "Next meeting: Tuesday, November 18, 2025"),
        (date(2025, 11, 18), True, "Next meeting: Tuesday, November 18, 2025"),
        (date(2025, 12, 1), True, "Next meeting: Tuesday, February 3, 2026"),
        (date(2026, 6, 1), True, "When: Tuesday, November 18, 2025 to Tuesday, April 14, 2026"),
        (date(2025, 12, 1), False, "When: Tuesday, November 18, 2025 to Tuesday, April 14, 2026"),
    ],
)
def test_a_mail_names_the_next_meeting_of_a_cohort_and_the_days_of_all_else(
    today: date, is_cohort: bool, line: str
) -> None:
    days = [date(2026, 4, 14), None, date(2025, 11, 18), date(2026, 2, 3)]
    assert when_told(days, is_cohort=is_cohort, today=today) == line


def test_a_mail_says_one_day_once_and_nothing_where_none_is_set() -> None:
    today = date(2026, 1, 1)
    one = when_told([date(2026, 2, 3)], is_cohort=False, today=today)
    assert one == "When: Tuesday, February 3, 2026"
    assert when_told([None], is_cohort=True, today=today) == ""
