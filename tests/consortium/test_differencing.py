"""What several published counts tell together: nothing smaller than five."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consortium.differencing import Count, Told, small_parts, told_of_parts

pytestmark = pytest.mark.pure


def count(parts: str, value: int) -> Count:
    return Count(parts=frozenset(parts), value=value)


def told(parts: str, lowest: int, highest: int) -> Told:
    return Told(parts=frozenset(parts), lowest=lowest, highest=highest)


def test_two_reports_tell_their_difference() -> None:
    assert small_parts([count("ab", 43), count("a", 40)], least=5) == [told("b", 3, 3)]


def test_a_difference_of_none_or_of_many_is_no_harm() -> None:
    assert small_parts([count("ab", 40), count("a", 40)], least=5) == []
    assert small_parts([count("ab", 45), count("a", 40)], least=5) == []


def test_three_reports_tell_what_no_two_of_them_tell() -> None:
    counts = [count("abc", 63), count("a", 30), count("b", 30)]

    assert small_parts(counts[:2], least=5) == []
    assert small_parts(counts, least=5) == [told("c", 3, 3)]


def test_reports_that_cross_give_limits() -> None:
    """40 in a and b, 42 in b and c, 44 in all: two in a or fewer, four in c or fewer."""
    found = {
        each.parts: (each.lowest, each.highest)
        for each in told_of_parts([count("ab", 40), count("bc", 42), count("abc", 44)])
    }

    assert found == {frozenset("a"): (2, 2), frozenset("b"): (38, 38), frozenset("c"): (4, 4)}


def test_counts_that_do_not_agree_tell_nothing_exact() -> None:
    assert small_parts([count("a", 40), count("a", 42)], least=5) == []


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.integers(0, 3), min_size=3, max_size=3),
    st.lists(st.sets(st.sampled_from("abc"), min_size=1), min_size=1, max_size=4),
)
def test_the_limits_hold_whatever_is_counted(real: list[int], scopes: list[set[str]]) -> None:
    people = dict(zip("abc", real, strict=True))
    counts = [
        Count(parts=frozenset(scope), value=sum(people[part] for part in scope)) for scope in scopes
    ]
    possible = [
        dict(zip("abc", values, strict=True))
        for values in product(range(10), repeat=3)
        if all(
            sum(value for part, value in zip("abc", values, strict=True) if part in each.parts)
            == each.value
            for each in counts
        )
    ]

    for each in told_of_parts(counts):
        sums = {sum(values[part] for part in each.parts) for values in possible}
        assert (each.lowest, each.highest) == (min(sums), max(sums))
