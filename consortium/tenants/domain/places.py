"""States and time zones a consortium may choose from."""

import re
from functools import cache
from zoneinfo import available_timezones

from consortium.directory.domain.states import STATES
from consortium.tenants.domain.consortia import ConsortiumRefused
from consortium.words import say

HOME_ZONES: tuple[tuple[str, str], ...] = (
    ("America/New_York", say("Eastern Time")),
    ("America/Chicago", say("Central Time")),
    ("America/Denver", say("Mountain Time")),
    ("America/Phoenix", say("Mountain Time without daylight saving (Arizona)")),
    ("America/Los_Angeles", say("Pacific Time")),
    ("America/Anchorage", say("Alaska Time")),
    ("Pacific/Honolulu", say("Hawaii Time")),
    ("America/Puerto_Rico", say("Atlantic Time (Puerto Rico, Virgin Islands)")),
    ("Pacific/Guam", say("Chamorro Time (Guam, Northern Mariana Islands)")),
    ("Pacific/Pago_Pago", say("Samoa Time")),
)
CONTINENTS = (
    "Africa/",
    "America/",
    "Antarctica/",
    "Asia/",
    "Atlantic/",
    "Australia/",
    "Europe/",
    "Indian/",
    "Pacific/",
)


@cache
def other_zones() -> tuple[str, ...]:
    """Return every further zone that is named after a place."""
    home = {name for name, _ in HOME_ZONES}
    places = (name for name in available_timezones() if name.startswith(CONTINENTS))
    return tuple(sorted(set(places) - home))


def check_time_zone(name: str) -> str:
    """Return the name if it is a zone to choose from. Raises ``ConsortiumRefused``."""
    if name in other_zones() or name in {home for home, _ in HOME_ZONES}:
        return name
    raise ConsortiumRefused(
        say("“%(name)s” is not a time zone. Write it like America/Chicago.", name=name[:60]),
        field="time_zone",
    )


def read_states(text: str) -> tuple[str, ...]:
    """Return the USPS codes of the states that the text lists, in its order, each once.

    People write codes or names, between commas or on lines of their own. Raises
    ``ConsortiumRefused`` naming the first word that is no state.
    """
    by_name = {name.casefold(): code for code, name in STATES.items()}
    found: list[str] = []
    for part in filter(None, (part.strip() for part in re.split(r"[,;\n]", text))):
        whole = by_name.get(" ".join(part.split()).casefold())
        found += [whole] if whole else [_code(word) for word in part.split()]
    if not found:
        raise ConsortiumRefused(say("Name at least one state, like NJ."), field="states")
    return tuple(dict.fromkeys(found))


def _code(word: str) -> str:
    code = word.upper()
    if code not in STATES:
        raise ConsortiumRefused(
            say("“%(word)s” is not a state. Use two letters, like NJ.", word=word[:40]),
            field="states",
        )
    return code
