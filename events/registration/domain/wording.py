"""Lists as people write them."""

from collections.abc import Sequence

from consortium.words import say


def all_of(words: Sequence[str]) -> str:
    """Return the words as a list in a sentence: a, b and c."""
    if len(words) < 2:  # noqa: PLR2004  (two words are what "and" needs)
        return "".join(words)
    return say("%(most)s and %(last)s", most=", ".join(words[:-1]), last=words[-1])
