"""States and countries as people write them in one line."""

import re
from functools import cache

from babel import Locale

from consortium.directory.domain.states import STATES
from consortium.words import say
from events.institutes.domain.sections import InstituteRefused
from events.institutes.domain.wording import FOREIGN


@cache
def countries() -> dict[str, str]:
    """Return the countries of the world: two-letter code (ISO 3166) and name."""
    territories = Locale("en").territories
    return {
        code: str(name)
        for code, name in territories.items()
        if len(code) == 2 and code.isalpha()  # noqa: PLR2004  (two letters)
    }


def read_states(text: str, *, field: str) -> frozenset[str]:
    """Return the codes of the states and countries that a line names.

    People write codes or names with commas between; a country is written by its name or as
    ``foreign:ZA``. Raises ``InstituteRefused`` naming the first word that is neither.
    """
    words = (" ".join(word.split()) for word in re.split(r"[,;\n]", text))
    return frozenset(_code(word, field) for word in words if word)


def written_states(codes: frozenset[str]) -> str:
    """Return the line that is read back as these states and countries."""
    return ", ".join(
        countries().get(code.removeprefix(FOREIGN), code) if code.startswith(FOREIGN) else code
        for code in sorted(codes)
    )


def _code(word: str, field: str) -> str:
    if word.upper() in STATES:
        return word.upper()
    by_name = {name.casefold(): code for code, name in STATES.items()}
    if word.casefold() in by_name:
        return by_name[word.casefold()]
    country = word.removeprefix(FOREIGN)
    if word.startswith(FOREIGN) and country.upper() in countries():
        return FOREIGN + country.upper()
    abroad = {name.casefold(): code for code, name in countries().items()}
    if word.casefold() in abroad:
        return FOREIGN + abroad[word.casefold()]
    raise InstituteRefused(
        say(
            "“%(word)s” is no state. Write states like NJ, DE; for another country, its name.",
            word=word[:40],
        ),
        field=field,
    )
