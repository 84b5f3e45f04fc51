import pytest
from hypothesis import given
from hypothesis import strategies as st

from consortium.directory.domain import Reading, folded, readings, search_text

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
        ("Clay", (Reading(words=("clay",)),)),
        (
            "Clay, FL",
            (Reading(words=("clay",), state="FL"), Reading(words=("clay", "fl"))),
        ),
        (
            "port washington",
            (
                Reading(words=("port", "washington"), settles=False),
                Reading(words=("port",), state="WA"),
            ),
        ),
        (
            "Kanawha West Virginia",
            (
                Reading(words=("kanawha", "west", "virginia"), settles=False),
                Reading(words=("kanawha",), state="WV"),
            ),
        ),
        ("la", (Reading(words=("la",)),)),
        ("West Virginia", (
            Reading(words=("west", "virginia"), settles=False),
            Reading(words=("west",), state="VA"),
        )),
        (
            "Clay County Schools",
            (Reading(words=("clay", "county", "schools")), Reading(words=("clay",))),
        ),
        ("walla walla", (Reading(words=("walla",)),)),
        ("school", (Reading(words=("school",)),)),
        ("% _", (Reading(words=()),)),
    ],
)  # fmt: skip
def test_a_text_is_read_with_the_likeliest_meaning_first(
    text: str, meanings: tuple[Reading, ...]
) -> None:
    assert readings(text) == meanings


def test_a_very_long_text_is_read_as_its_first_words() -> None:
    assert len(readings("a b c d e f g h i j k l m n o p q r s t u v w x y z 1 2 3")[0].words) == 12
