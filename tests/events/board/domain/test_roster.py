import pytest
from hypothesis import given
from hypothesis import strategies as st

from consortium.directory.domain.search import folded
from events.board.domain.roster import RosterFilter, has_words

pytestmark = pytest.mark.pure


@given(st.text(), st.lists(st.text(alphabet=st.characters(codec="ascii")), max_size=2))
def test_the_short_cut_for_ascii_finds_what_folding_finds(tail: str, start: list[str]) -> None:
    for text in ("".join(start), "".join(start) + tail):
        for word in (*folded(text).split(), "zz"):
            assert has_words(text, [word]) == (word in folded(text))


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("José Muñoz", ["munoz", "jose"], True),
        ("Ann O'Brien", ["obrien"], True),
        ("Ann O'Brien", ["obrien", "bob"], False),
        ("ann@example.org", ["ann", "example"], True),
        ("Ann", [], False),
    ],
)
def test_all_words_must_be_there(text: str, words: list[str], *, found: bool) -> None:
    assert has_words(text, words) is found


def test_filter_names_what_it_asks() -> None:
    assert RosterFilter(q="a", side="labor").asked == {"q": "a", "side": "labor"}
