from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consortium.directory.domain import AsTyped, Meaning, meanings, zip_meant

pytestmark = pytest.mark.pure

SIGNS = {AsTyped.WHOLE: "=", AsTyped.BEGINNING: "=…", None: ""}


def told(meaning: Meaning) -> tuple[str, ...]:
    """Write a meaning down, reading by reading.

    A question mark stands after words that do not settle the search, a plus after a meaning that
    does not, an equals sign before words that count only as typed.
    """
    *looser, last = (
        SIGNS[meaning.as_typed]
        + " ".join(reading.words)
        + ("" if reading.settles else "?")
        + (f" {meaning.state}" if meaning.state else "")
        for reading in meaning.readings
    )
    return (*looser, last + ("" if meaning.settles else " +"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Clay", [("clay",)]),
        ("Clay, FL", [("=clay fl +",), ("clay FL",), ("clay fl",)]),
        ("port washington", [("port washington +",), ("port WA",)]),
        ("Kanawha West Virginia", [("kanawha west virginia +",), ("kanawha WV",)]),
        ("West Virginia", [("west virginia +",), ("west VA",)]),
        ("Newark N.J.", [("=newark n j +",), ("newark NJ",), ("newark n j",)]),
        ("KS Clay County", [
            ("=…ks clay county +",), ("clay county KS", "clay KS"), ("ks clay county", "ks clay"),
        ]),
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
    text: str, expected: list[tuple[str, ...]]
) -> None:
    assert [told(meaning) for meaning in meanings(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PA Grove SD", [
            ("=pa grove sd +",), ("grove sd? PA", "grove PA"), ("pa grove SD +",),
            ("pa grove sd?", "pa grove"),
        ]),
        ("Grove SD", [("=grove sd +",), ("grove SD +",), ("grove sd?", "grove")]),
        ("Adams Co", [
            ("=adams co +",), ("adams CO +",), ("adams county",), ("adams co", "adams"),
        ]),
        ("Adams Co, IL", [
            ("=adams co il +",), ("adams co IL", "adams IL"), ("adams co il", "adams il"),
            ("adams il CO",),
        ]),
        ("La Habra", [("la habra",), ("habra LA",)]),
        ("La Habra CA", [
            ("=la habra ca +",), ("la habra CA",), ("la habra ca",), ("habra ca LA",),
        ]),
        ("NY Port Washington", [
            ("port washington NY",), ("ny port washington +",), ("ny port WA",),
        ]),
        ("OR Portland", [("=…or portland +",), ("portland OR",), ("or portland",)]),
        ("Truth or Consequences", [("truth or consequences",), ("truth consequences OR",)]),
        ("Mt Vernon SD", [
            ("=mt vernon sd +",), ("mt vernon SD +",), ("mt vernon sd?", "mt vernon"),
            ("vernon sd? MT", "vernon MT"),
        ]),
    ],
)  # fmt: skip
def test_two_letters_are_a_state_only_where_that_makes_sense(
    text: str, expected: list[tuple[str, ...]]
) -> None:
    assert [told(meaning) for meaning in meanings(text)] == expected


@given(st.text())
def test_each_reading_has_some_of_the_words_of_the_one_before(text: str) -> None:
    for meaning in meanings(text):
        for reading, looser in pairwise(meaning.readings):
            assert set(looser.words) < set(reading.words)


def test_a_text_full_of_states_is_not_searched_for_in_each() -> None:
    states = [meaning.state for meaning in meanings("tx ny nj pa oh il ga fl wa co")]

    assert states == [None, "TX", "NY", "CO", None, None]


def test_a_very_long_text_is_read_as_its_first_words() -> None:
    (meaning,) = meanings("a b c d e f g h i j k l m n o p q r s t u v w x y z 1 2 3")
    assert len(meaning.readings[0].words) == 12
    (meaning,) = meanings("x" * 100_000)
    assert told(meaning) == ("x" * 200,)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("92647", "92647"),
        (" 08904 ", "08904"),
        ("08904-1234", "08904"),
        ("08904 1234", "08904"),
        ("089041234", "08904"),
        ("08904–1234", "08904"),
        ("8904", ""),
        ("0622710", ""),
        ("08904-12", ""),
        ("Clay 08904", ""),
        ("٠٨٩٠٤", ""),
        ("", ""),
    ],
)
def test_a_zip_code_has_five_digits_or_nine(text: str, code: str) -> None:
    assert zip_meant(text) == code
