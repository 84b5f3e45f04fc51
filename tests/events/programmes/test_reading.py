"""What is no JSON text that people and databases can hold is refused with its place."""

import time

import pytest

from events.programmes.domain import parse
from tests.events.programmes.files import as_bytes, faults_of, small

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty. A programme file is one object in { }."),
        (b" \n", "The file is empty. A programme file is one object in { }."),
        (b"[1]", "A programme file is one object: it begins with { and ends with }."),
        (b'"title"', "A programme file is one object: it begins with { and ends with }."),
        (
            b'{"title": "x"\n "kind": "y"}',
            (
                "This is not JSON at line 2, column 2. A comma or a closing bracket is missing "
                "before "
                "this place."
            ),
        ),
        (
            b'{"title" "x"}',
            "This is not JSON at line 1, column 10. A colon is missing after the name.",
        ),
        (b'{"title": }', "This is not JSON at line 1, column 11. A value is missing here."),
        (
            b'{"title": "x',
            (
                "This is not JSON at line 1, column 11. A text that begins here has no closing "
                "quotation mark."
            ),
        ),
        (
            b'{"title": "a\nb"}',
            (
                "This is not JSON at line 1, column 13. A text holds the end of a line or another "
                "control character; write \\n for a new line."
            ),
        ),
        (
            b'{"title": "a\\qb"}',
            "This is not JSON at line 1, column 13. A backslash in a text must be written twice.",
        ),
        (
            b'{"a": 1} {"b": 2}',
            (
                "This is not JSON at line 1, column 10. Something follows after the end of the "
                "programme; remove it."
            ),
        ),
        ("{}".encode("utf-16-le"), "The file is written in UTF-16. Save it again as UTF-8."),
        ("{}".encode("utf-16"), "The file is written in UTF-16. Save it again as UTF-8."),
        (
            '{"a": 1,\n"title": "Caf\xe9"}'.encode("latin-1"),
            "Line 2 is not written in UTF-8. Save the file again as UTF-8.",
        ),
        (
            b'{"a":\n' + b"[" * 100_000,
            (
                "Line 2 has more than 30 brackets inside each other. No programme needs that; is "
                "this "
                "the right file?"
            ),
        ),
        (
            b'{"a": "' + b"x" * (5 * 1024 * 1024) + b'"}',
            ("The file is larger than 5 MB. A programme is far smaller: is this the right file?"),
        ),
    ],
)
def test_a_file_that_is_no_json_object_says_why(content: bytes, sentence: str) -> None:
    assert faults_of(content) == [("$", sentence)]


def test_a_comma_before_the_closing_bracket_is_named() -> None:
    [(path, sentence)] = faults_of(b'{"title": "x",}')
    assert path == "$"
    assert sentence.startswith("This is not JSON at line 1, column 1")
    assert "comma too many" in sentence


def test_a_byte_order_mark_is_accepted() -> None:
    assert parse(b"\xef\xbb\xbf" + as_bytes(small())) == parse(as_bytes(small()))


def test_numbers_that_are_none_are_named_by_their_place() -> None:
    content = b'{"a": NaN, "b": [1, -Infinity], "c": 1e999, "d": ' + b"9" * 5000 + b"}"
    assert faults_of(content) == [
        ("$.a", "NaN is not a number to count with. Correct it."),
        ("$.b[1]", "-Infinity is not a number to count with. Correct it."),
        ("$.c", "1e999 is not a number to count with. Correct it."),
        ("$.d", "999999999999999999… is not a number to count with. Correct it."),
    ]


def test_names_that_stand_twice_are_named() -> None:
    content = b'{"title": "a", "title": "b", "team": {"gate": "x", "gate": "y"}}'
    assert faults_of(content) == [
        ("$.title", "This name stands here twice. Keep one of them."),
        ("$.team.gate", "This name stands here twice. Keep one of them."),
    ]


@pytest.mark.parametrize(
    ("character", "code"),
    [
        ("\\u0000", "0000"),
        ("\\u001b", "001B"),
        ("\\u0085", "0085"),
        ("\\ud800", "D800"),
        ("\\u202e", "202E"),
        ("\\u2028", "2028"),
    ],
)
def test_texts_that_cannot_be_carried_are_named(character: str, code: str) -> None:
    sentence = (
        f"This text holds an invisible character (U+{code}) that calendars, mails or spreadsheets "
        "cannot carry. Type the text again."
    )
    content = f'{{"hosts": [{{"name": "A{character}B"}}], "no{character}te": 1}}'.encode()
    assert faults_of(content) == [
        (f'$["no{character}te"]', sentence),
        ("$.hosts[0].name", sentence),
    ]


def test_a_text_that_is_too_long_is_named() -> None:
    assert faults_of(b'{"x": {"y": "' + b"a" * 20_001 + b'"}}') == [
        ("$.x.y", "This text is too long: use at most 20,000 characters."),
    ]


@pytest.mark.parametrize(
    "bomb",
    [
        b'"' + b'\\"' * 2_000_000,
        b'{"a":' * 700_000,
        b'{"a": [' + b'"x",' * 1_000_000,
        b"{" + b'"a":1,' * 700_000 + b'"a":1}',
        b"9" * 4_000_000,
    ],
)
def test_a_file_made_to_hurt_is_refused_soon(bomb: bytes) -> None:
    begun = time.process_time()  # the machine may be busy
    assert len(faults_of(bomb)) == 1
    assert time.process_time() - begun < 5
