import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohorts.matching.domain import topics

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("asks", "offers", "parts"),
    [
        ("interest-based bargaining", "Interest based bargaining!", ("interest-based bargaining",)),
        (
            "peer reviews of principals",
            "a peer review for principals",
            ("peer reviews of principals",),
        ),
        ("bargaining, budgets", "budget talks; bargaining", ("bargaining", "budgets")),
        ("reading in K3 and math", "K3", ("K3",)),
        ("Éducation bilingue", "education", ("Éducation",)),
        ("attendance. Attendance!", "attendance", ("attendance",)),
        ("how to help our school with new ideas", "help schools with our new ideas", ()),
        ("reading", "", ()),
        ("", "reading", ()),
        ("salary secrets of joint training", "joint training", ("training",)),
        ("peers in training", "training our peers", ("peers in training",)),
        ("a joint hiring committee of labor and management", "joint attendance campaign", ()),
        ("class policies", "a class policy", ("class policies",)),
    ],
)
def test_what_one_asks_and_the_other_offers(asks: str, offers: str, parts: tuple[str, ...]) -> None:
    assert topics.shared(asks, offers) == parts


@given(asks=st.text(max_size=80), offers=st.text(max_size=80))
def test_nothing_shows_but_words_both_wrote(asks: str, offers: str) -> None:
    for part in topics.shared(asks, offers):
        assert part
        assert topics.keys(part) <= topics.keys(asks) & topics.keys(offers)
        assert part in " ".join(asks.split())


@given(asks=st.text(max_size=80), offers=st.text(max_size=80))
def test_there_is_a_part_exactly_where_a_word_is_shared(asks: str, offers: str) -> None:
    found = topics.shared(asks, offers)

    shown = frozenset[str]().union(*(topics.keys(part) for part in found))
    assert shown == topics.keys(asks) & topics.keys(offers)
