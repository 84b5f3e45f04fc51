"""What people type when they look for a district, and what it may mean."""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from consortium.directory.domain.states import STATES

APART = "|"
"""Stands in a stored search text before each word of the place; ``folded`` never yields it."""
MOST_CHARACTERS, MOST_WORDS = 200, 12  # of a typed text; the rest of a longer one is not read
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


def readings(text: str) -> tuple[tuple[Reading, ...], ...]:
    """Return what the text may mean, the likeliest first, together what is meant in one state.

    “clay county fl” and “clay county florida” name a state at their end. Two letters are taken
    for the state unless nothing is found that way; a state's full name may as well belong to the
    district's (Port Washington, Lake Washington), so both meanings count. A state elsewhere (“ks
    clay county”, “clay county ks schools”) counts when nothing else is found.

    Each is tried without “school district” and its like too, since lists write them in a dozen
    ways. Last come the words that tell most: the list says CLAY for Clay County. So each reading
    of a state has some of the words of the one before it.
    """
    exact = _exact(folded(text[:MOST_CHARACTERS]).split()[:MOST_WORDS])
    return tuple(_ever_looser(reading) for reading in exact)


def _ever_looser(reading: Reading) -> tuple[Reading, ...]:
    bare = _without(_EMPTY, reading)
    telling = replace(_without(_FREE, bare), settles=True)
    first = reading if bare == reading else replace(reading, settles=False)
    return tuple({one.words: one for one in (telling, bare, first)}.values())[::-1]


def _without(words: frozenset[str], reading: Reading) -> Reading:
    """Return the reading without these words, unless nothing would be left of it."""
    left = tuple(word for word in reading.words if word not in words)
    return replace(reading, words=left) if left else reading


def _exact(words: list[str]) -> tuple[Reading, ...]:
    literal = Reading(words=_once(words))
    for start, end in _spans(len(words)):
        state = _STATE_OF_WORDS.get(tuple(words[start:end]))
        letters_in_the_midst = end < len(words) and len(words[start]) == 1
        if state is None or letters_in_the_midst:
            continue
        narrowed = Reading(words=_once(words[:start] + words[end:]), state=state)
        if end < len(words):
            return (literal, narrowed)
        if len(words[-1]) <= len(state):
            return (narrowed, literal)
        return (replace(literal, settles=False), narrowed)
    return (literal,)


def _spans(count: int) -> Iterator[tuple[int, int]]:
    """Give where the name of a state may stand among so many words: at the end, then elsewhere."""
    longest = min(_LONGEST_STATE, count - 1)
    for end in (count, *range(1, count)):
        yield from ((end - length, end) for length in range(min(longest, end), 0, -1))


def _once(words: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))


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
_EMPTY = frozenset(
    {
        *("school", "schools", "sch", "district", "districts", "dist", "public", "the", "of"),
        *("sd", "isd", "usd", "csd", "cusd", "cisd", "ccsd", "hsd", "uhsd", "esd", "psd", "and"),
    }
)
_FREE = frozenset({"unified", "unif", "independent", "county", "co", "parish", "no", "number"})
_STATE_OF_WORDS: Mapping[tuple[str, ...], str] = {
    **{tuple(folded(name).split()): code for code, name in STATES.items()},
    **{(code.lower(),): code for code in STATES},
    **{tuple(code.lower()): code for code in STATES},  # N.J.
    ("virgin", "islands"): "VI",
}
_LONGEST_STATE = max(len(words) for words in _STATE_OF_WORDS)
