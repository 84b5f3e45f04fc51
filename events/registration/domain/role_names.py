"""Which role people mean by what they write: Supt., Union Pres., board members."""

import re
from collections import defaultdict
from collections.abc import Sequence

from consortium.people.domain import CATALOGUE
from events.institutes.domain import RoleRule

SHORTEST = 3
"""From so many letters on, a part of a role's names is taken for the role if it fits only one."""
SHORT_FORMS = {
    "admin": "administrator",
    "asn": "union",
    "assn": "union",
    "assoc": "union",
    "asst": "assistant",
    "bd": "board",
    "boe": "board",
    "bus": "business",
    "cert": "certificated",
    "class": "classified",
    "dir": "director",
    "mbr": "member",
    "pres": "leader",
    "prin": "principal",
    "rep": "representative",
    "super": "superintendent",
    "supt": "superintendent",
    "tchr": "teacher",
}
SAME = {"association": "union", "president": "leader", "trustee": "board"}
"""Words that name one thing among labor-management teams: a local's president leads the union."""
SAYS_NOTHING = frozenset({"and", "dist", "district", "for", "local", "of", "or", "our", "sch",
                          "school", "the"})  # fmt: skip


class RoleNames:
    """The roles of one institute under all their names."""

    def __init__(self, rules: Sequence[RoleRule]) -> None:
        own = {rule.code for rule in rules}
        named = [(kind.code, kind.label) for kind in CATALOGUE if kind.code in own]
        named += [(rule.code, rule.label) for rule in rules]
        named += [(rule.code, rule.code) for rule in rules]
        self._exactly = {folded(name): code for code, name in named}
        self._names: dict[str, list[frozenset[str]]] = defaultdict(list)
        for code, name in named:
            self._names[code].append(_words(name))
        self.labels = {rule.code: rule.label for rule in rules}

    def __bool__(self) -> bool:
        return bool(self._names)

    def is_name(self, text: str) -> bool:
        """Tell whether the text is a role's own name, letter for letter."""
        return folded(text) in self._exactly

    def meant_by(self, text: str) -> tuple[str, ...]:
        """Return the codes of the roles that the text can mean; one is what was meant.

        A name in other words comes before a part of one: Supt. is the superintendent, although
        the superintendent's cabinet has the word too.
        """
        wanted = folded(text)
        if wanted in self._exactly:
            return (self._exactly[wanted],)
        words = _words(text)
        if not words or len(wanted) < SHORTEST:
            return ()
        same = tuple(code for code, names in self._names.items() if words in names)
        return same or tuple(
            code for code, names in self._names.items() if words <= frozenset().union(*names)
        )


def folded(text: str) -> str:
    """Return the text without case, punctuation and outer space, to compare what people write."""
    return " ".join(re.sub(r"[\W_]+", " ", text.casefold()).split())


def _words(text: str) -> frozenset[str]:
    """Return the words that carry the meaning, each in one form."""
    found = (SHORT_FORMS.get(word) or _one(word) for word in folded(text).split())
    return frozenset(SAME.get(word, word) for word in found if len(word) > 1) - SAYS_NOTHING


def _one(word: str) -> str:
    """Return the singular: board members are board member."""
    is_plural = len(word) > SHORTEST and word.endswith("s") and not word.endswith("ss")
    word = word[:-1] if is_plural else word
    return SHORT_FORMS.get(word, word)
