"""What a match counts, part by part, in words for coordinators."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from consortium.words import Sentence, say

WORDS: Mapping[str, Sentence] = {
    "role": say("role"),
    "goals": say("goals"),
    "help": say("help"),
    "size": say("size"),
    "locale": say("kind of place"),
    "state": say("other state"),
}
"""In this order. How poor a district is stands nowhere, and what no institute asks says nothing."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """One part of a score."""

    words: Sentence
    worth: int


def parts_of(terms: Mapping[str, int]) -> Sequence[Part]:
    """Return the parts that may be shown, the usual order."""
    return [
        Part(words=words, worth=terms[name]) for name, words in WORDS.items() if terms.get(name)
    ]
