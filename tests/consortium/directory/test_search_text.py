from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consortium.directory.domain import Reading, folded, other_spellings, readings, search_text

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


@pytest.mark.parametrize(
    ("text", "meanings"),
    [
        ("Clay", [("clay",)]),
        ("Clay, FL", [("clay FL",), ("clay fl",)]),
        ("port washington", [("port washington?",), ("port WA",)]),
        ("Kanawha West Virginia", [("kanawha west virginia?",), ("kanawha WV",)]),
        ("West Virginia", [("west virginia?",), ("west VA",)]),
        ("Newark N.J.", [("newark NJ",), ("newark n j",)]),
        ("KS Clay County", [("ks clay county", "ks clay"), ("clay county KS", "clay KS")]),
        ("Clay, Kansas, schools", [
            ("clay kansas schools?", "clay kansas"), ("clay schools? KS", "clay KS"),
        ]),
        ("la", [("la",)]),
        ("Clay County Schools", [("clay county schools?", "clay county", "clay")]),
        ("clay schools", [("clay schools?", "clay")]),
        ("walla walla", [("walla",)]),
        ("school", [("school",)]),
        ("% _", [("",)]),
        ("", [("",)]),
    ],
)  # fmt: skip
def test_a_text_is_read_with_the_likeliest_meaning_first(
    text: str, meanings: list[tuple[str, ...]]
) -> None:
    """A question mark stands after words that do not settle the search."""

    def told(reading: Reading) -> str:
        words = " ".join(reading.words) + ("" if reading.settles else "?")
        return " ".join(filter(None, (words, reading.state)))

    assert [tuple(map(told, meant)) for meant in readings(text)] == meanings


@given(st.text())
def test_each_reading_has_some_of_the_words_of_the_one_before(text: str) -> None:
    for meant in readings(text):
        assert {reading.state for reading in meant} == {meant[0].state}
        for reading, looser in pairwise(meant):
            assert set(looser.words) < set(reading.words)


def test_a_very_long_text_is_read_as_its_first_words() -> None:
    ((reading,),) = readings("a b c d e f g h i j k l m n o p q r s t u v w x y z 1 2 3")
    assert len(reading.words) == 12
    assert readings("x" * 100_000) == ((Reading(words=("x" * 200,)),),)


def test_a_word_is_known_in_the_spellings_of_the_lists() -> None:
    assert [other_spellings(word) for word in ("saint", "st", "twp", "elementary", "elem")] == [
        ("st",),
        ("saint",),
        ("township",),
        ("elem",),
        (),
    ]
    assert other_spellings("clay") == ()
