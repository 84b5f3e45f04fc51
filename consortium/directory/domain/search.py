"""What people type when they look for a district, and what it may mean."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace

from consortium.directory.domain.states import STATES

APART = "|"
"""Stands in a stored search text before each word of the place; ``folded`` never yields it."""
MOST_WORDS = 12
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


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One way to understand a typed text: these words, in any order, perhaps in one state."""

    words: tuple[str, ...]
    state: str | None = None
    settles: bool = True
    """When something has been found after this reading, the next ones are not tried."""


def readings(text: str) -> tuple[Reading, ...]:
    """Return what the text may mean, the likeliest meaning first.

    “clay county fl” and “clay county florida” name a state at their end. Two letters are taken
    for the state unless nothing is found that way; a state's full name may as well belong to the
    district's (Port Washington, Lake Washington), so both meanings count. Last come the same
    without the words that names are free with: the list says CLAY for Clay County Schools.
    """
    words = folded(text).split()[:MOST_WORDS]
    exact = _exact(words)
    narrowest = next((reading for reading in exact if reading.state), exact[0])
    telling = tuple(word for word in narrowest.words if word not in _FREE)
    if not telling or telling == narrowest.words:
        return exact
    return (*exact, Reading(words=telling, state=narrowest.state))


def _exact(words: list[str]) -> tuple[Reading, ...]:
    literal = Reading(words=_once(words))
    for length in range(min(_LONGEST_STATE, len(words) - 1), 0, -1):
        state = _STATE_OF_WORDS.get(tuple(words[-length:]))
        if state is None:
            continue
        narrowed = Reading(words=_once(words[:-length]), state=state)
        if words[-1] == state.lower():
            return (narrowed, literal)
        return (replace(literal, settles=False), narrowed)
    return (literal,)


def _once(words: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))


_FREE = frozenset(
    {
        *("the", "of", "and", "public", "unified", "independent", "county", "co", "parish"),
        *("school", "schools", "sch", "district", "districts", "dist", "sd", "isd", "usd", "csd"),
    }
)
_STATE_OF_WORDS: Mapping[tuple[str, ...], str] = {
    **{tuple(folded(name).split()): code for code, name in STATES.items()},
    **{(code.lower(),): code for code in STATES},
    ("virgin", "islands"): "VI",
}
_LONGEST_STATE = max(len(words) for words in _STATE_OF_WORDS)
