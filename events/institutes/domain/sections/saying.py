"""What every part of an institute has in common: it says facts, and it can be refused."""

from collections.abc import Iterable
from typing import TypeAlias

from consortium.errors import Refusal
from consortium.words import Sentence, say

Facts: TypeAlias = tuple[tuple[str, str], ...]
"""What a part says: label and value, as people read them."""


class InstituteRefused(Refusal):
    """The institute cannot be written like this."""


def refuse_twice(names: Iterable[str], sentence: Sentence) -> None:
    """Raise ``InstituteRefused`` with the sentence when a name stands here twice."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise InstituteRefused(say(sentence.template, what=name))
        seen.add(name)
