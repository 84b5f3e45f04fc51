import pytest
from hypothesis import given
from hypothesis import strategies as st

from consortium.directory.domain import folded, other_spellings, search_text

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("text", "as_compared"),
    [
        ("Clay County", "clay county"),
        ("CAÑON CITY Re-1", "canon city re 1"),
        ("Can\u0303on", "canon"),
        ("Straße Łódź Ørsted Æsir", "strasse lodz orsted aesir"),
        ("O'Brien / O’Brien", "obrien obrien"),
        ("Coeur d'Alene", "coeur dalene"),
        ("St. Louis-Park  (No. 283)", "st louis park no 283"),
        ("100% _ % |", "100"),
        ("İstanbul ıı", "istanbul ii"),
        ("李小龍", "李小龍"),
        ("", ""),
    ],
)
def test_folding_drops_case_accents_and_signs(text: str, as_compared: str) -> None:
    assert folded(text) == as_compared


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@given(st.text(alphabet=st.characters(max_codepoint=127)))
def test_plain_texts_are_folded_as_all_others(text: str) -> None:
    assert folded(text + "é") == folded(text + "e")


@given(st.text())
def test_no_text_brings_a_wildcard_or_the_mark_of_the_city_into_a_search(text: str) -> None:
    assert not set("%_|\\/") & set(folded(text))


def test_the_stored_text_keeps_the_words_of_the_city_apart_from_the_name() -> None:
    assert search_text("Clay County", "Fort Gaines") == "clay county|fort|gaines"


def test_a_word_is_known_in_the_spellings_of_the_lists() -> None:
    assert [other_spellings(word) for word in ("saint", "st", "twp", "elementary", "elem")] == [
        ("st",),
        ("saint",),
        ("township",),
        ("elem",),
        (),
    ]
    assert other_spellings("clay") == ()
