"""What a typed text may mean: which of its words name the district, and which its state."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from consortium.directory.domain.search import folded
from consortium.directory.domain.states import STATES

MOST_CHARACTERS, MOST_WORDS = 200, 12  # of a typed text; the rest of a longer one is not read
MOST_STATES = 2  # tried besides the one at the end; each costs a search of its own
_ZIP = re.compile(r"\s*([0-9]{5})(?:[-–\s]?[0-9]{4})?\s*")


def zip_meant(text: str) -> str:
    """Return the five digits when the text is a ZIP code, long or short; else nothing."""
    found = _ZIP.fullmatch(text)
    return found[1] if found else ""


class AsTyped(Enum):
    """How much of a district's name a text is, word for word."""

    WHOLE = auto()
    BEGINNING = auto()


@dataclass(frozen=True, kw_only=True)
class Reading:
    """Words to look for, in any order."""

    words: tuple[str, ...]
    settles: bool = True
    """When something has been found after this reading, the next, looser ones are not tried."""


@dataclass(frozen=True, kw_only=True)
class Meaning:
    """One way to understand a typed text: these words, ever looser, perhaps in one state."""

    readings: tuple[Reading, ...]
    state: str | None = None
    as_typed: AsTyped | None = None
    """The words count only as they stand: as the whole name, or as its beginning."""
    settles: bool = True
    """When something has been found after this meaning, the next ones are not tried."""


@dataclass(frozen=True, kw_only=True)
class _Place:
    """Where in a text a state may be named."""

    start: int
    end: int
    state: str
    is_code: bool
    """Two letters, not the full name."""
    is_sure: bool
    """Two letters that names do not use there as a word."""


def meanings(text: str) -> tuple[Meaning, ...]:
    """Return what the text may mean, the likeliest first.

    “clay county fl” and “clay county florida” name a state at their end. Two letters are taken
    for the state unless nothing is found that way; a state's full name may as well belong to the
    district's (Port Washington, Lake Washington), so both meanings count. So they do for SD, the
    school district, and CO, the county: “harrisburg sd” is in South Dakota and in Pennsylvania.
    A name that ends in two letters and stands in the list just so comes before all.

    Two letters at the beginning are the state as well (“ks clay county”), after names that begin
    with them (“wa nee”). Where both ends name a state and the last may be part of the name, the
    first counts: “pa spring grove area sd” is in Pennsylvania, “ny port washington” in New York.
    Any other state in the text (“clay county ks schools”) counts when nothing else is found.

    Each is tried without “school district” and its like too, since lists write them in a dozen
    ways. Last come the words that tell most: the list says CLAY for Clay County. So each reading
    has some of the words of the one before it.
    """
    words = folded(text[:MOST_CHARACTERS]).split()[:MOST_WORDS]
    literal = _meaning(words)
    last, elsewhere = _places(words)
    narrowed = [_narrowed(words, place) for place in elsewhere]
    if last is None and elsewhere and elsewhere[0].is_sure and elsewhere[0].start == 0:
        return (_as_typed(words, AsTyped.BEGINNING), narrowed[0], literal, *narrowed[1:])
    if last is None:
        return (literal, *narrowed)
    here = _narrowed(words, last)
    sure = 0 if last.is_sure else sum(place.is_sure for place in elsewhere)
    before, after = narrowed[:sure], narrowed[sure:]
    if not last.is_code:
        return (*before, replace(literal, settles=False), here, *after)
    if words[-1] in _KINDS:
        here = replace(here, settles=False)
    return (_as_typed(words, AsTyped.WHOLE), *before, here, *_county(words), literal, *after)


def _places(words: Sequence[str]) -> tuple[_Place | None, list[_Place]]:
    """Return where a state may be named: at the end, and elsewhere, what is sure first."""
    found: list[_Place] = []
    for start, end in _spans(len(words)):
        state = _STATE_OF_WORDS.get(tuple(words[start:end]))
        letters_in_the_midst = end < len(words) and len(words[start]) == 1
        within_another = any(one.start <= start < one.end for one in found)
        if state and not letters_in_the_midst and not within_another:
            is_code = len(words[end - 1]) <= len(state)
            doubtful = _BEGINNINGS if start == 0 else _ALSO_WORDS
            is_sure = is_code and words[start] not in doubtful
            found.append(
                _Place(start=start, end=end, state=state, is_code=is_code, is_sure=is_sure)
            )
    last = found.pop(0) if found and found[0].end == len(words) else None
    return last, sorted(found, key=lambda place: not place.is_sure)[:MOST_STATES]


def _spans(count: int) -> Iterator[tuple[int, int]]:
    """Give where the name of a state may stand among so many words: at the end, then elsewhere."""
    longest = min(_LONGEST_STATE, count - 1)
    for end in (count, *range(1, count)):
        yield from ((end - length, end) for length in range(min(longest, end), 0, -1))


def _narrowed(words: Sequence[str], place: _Place) -> Meaning:
    return replace(_meaning([*words[: place.start], *words[place.end :]]), state=place.state)


def _as_typed(words: Sequence[str], how: AsTyped) -> Meaning:
    return Meaning(readings=(Reading(words=tuple(words)),), as_typed=how, settles=False)


def _county(words: Sequence[str]) -> tuple[Meaning, ...]:
    """Return the meaning in which CO at the end is the county, not the start of a longer word."""
    if words[-1] != "co":
        return ()
    return (Meaning(readings=(Reading(words=_once([*words[:-1], "county"])),)),)


def _meaning(words: Sequence[str]) -> Meaning:
    said = _once(words)
    bare = _without(_EMPTY, said)
    telling = _without(_FREE, bare)
    ever_looser = dict.fromkeys((said, bare, telling))
    return Meaning(
        readings=tuple(
            Reading(words=some, settles=some != said or said == bare) for some in ever_looser
        )
    )


def _once(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))


def _without(some: frozenset[str], words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words without some, unless nothing would be left."""
    return tuple(word for word in words if word not in some) or words


_EMPTY = frozenset(
    {
        *("school", "schools", "sch", "district", "districts", "dist", "public", "the", "of"),
        *("sd", "isd", "usd", "csd", "cusd", "cisd", "ccsd", "hsd", "uhsd", "esd", "psd", "and"),
    }
)
_FREE = frozenset({"unified", "unif", "independent", "county", "co", "parish", "no", "number"})
# Codes of states that say in names what kind of LEA it is: school district, county.
_KINDS = frozenset({"sd", "co"})
# Codes of states with which many names begin: La Habra, Mt Diablo, De Soto.
_BEGINNINGS = frozenset({"la", "mt", "de"})
# Codes of states that stand in names as a word or a number: Truth or Consequences, Festus R-VI.
_ALSO_WORDS = _KINDS | _BEGINNINGS | {"ct", "hi", "in", "me", "or", "vi"}
_STATE_OF_WORDS: Mapping[tuple[str, ...], str] = {
    **{tuple(folded(name).split()): code for code, name in STATES.items()},
    **{(code.lower(),): code for code in STATES},
    **{tuple(code.lower()): code for code in STATES},  # N.J.
    ("virgin", "islands"): "VI",
}
_LONGEST_STATE = max(len(words) for words in _STATE_OF_WORDS)
