"""How names and typed texts are compared."""

import unicodedata
from collections.abc import Mapping

APART = "|"
"""Stands in a stored search text before each word of the place; ``folded`` never yields it."""
_APOSTROPHES = frozenset("'`’‘ʼʻʹ")
_PLAIN_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th"}
    | {"ħ": "h", "ı": "i", "ĸ": "k", "ŋ": "n", "ŧ": "t"}
)

_PLAIN_SIGNS = {
    code: None if chr(code) in _APOSTROPHES else " "
    for code in range(128)
    if not chr(code).isalnum()
}


def folded(text: str) -> str:
    """Return the text as searches compare it.

    Case and accents go; letters that are no letter with a mark (ß, ø, ł …) become what people
    type for them. An apostrophe closes up (O'Brien is obrien), every other sign is a space.
    """
    if text.isascii():  # nearly every name; a national list has tens of thousands
        return " ".join(text.lower().translate(_PLAIN_SIGNS).split())
    plain = unicodedata.normalize("NFKD", text).casefold().translate(_PLAIN_LETTERS)
    kept: list[str] = []
    for character in unicodedata.normalize("NFKD", plain):
        if character.isalnum():
            kept.append(character)
        elif character not in _APOSTROPHES and not unicodedata.category(character).startswith("M"):
            kept.append(" ")
    return " ".join("".join(kept).split())


def search_text(name: str, city: str) -> str:
    """Return what is stored for the search: the folded name, then the words of the city."""
    return folded(name) + APART + APART.join(folded(city).split())


def other_spellings(word: str) -> tuple[str, ...]:
    """Return the other ways in which lists write the word: for “township” they say “twp”.

    A longer way that begins with the word is not among them; a search for the word finds it.
    """
    return _OTHER_SPELLINGS.get(word, ())


# Lists shorten some names and spell out others; people type either.
_SPELLINGS = (
    *(("saint", "st"), ("mount", "mt"), ("fort", "ft"), ("township", "twp"), ("borough", "boro")),
    *(("county", "co"), ("village", "vlg"), ("community", "comm"), ("joint", "jt")),
    *(("consolidated", "cons"), ("elementary", "elem"), ("high", "hs")),
    *(("regional", "reg"), ("unified", "unif"), ("charter", "chtr"), ("academy", "acad")),
    *(("corporation", "corp"), ("cooperative", "coop"), ("education", "educ")),
)
_OTHER_SPELLINGS: Mapping[str, tuple[str, ...]] = {
    word: tuple(other for other in spellings if not other.startswith(word))
    for spellings in _SPELLINGS
    for word in spellings
}
