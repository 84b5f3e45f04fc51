"""States and countries as people name them."""

from collections.abc import Iterable

from babel import Locale

from consortium.directory.domain.states import STATES

FOREIGN = "foreign:"
"""What begins the code of a country, e.g. ``foreign:ZA`` (ISO 3166)."""
ENGLISH = Locale("en", "US")
TERRITORIES = frozenset({"PR", "GU", "VI", "AS", "MP"})
# Home, its territories, and codes of unions, tests and unknowns.
NOT_COUNTRIES = TERRITORIES | {"US", "UM", "EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"}


def place_name(code: str) -> str:
    """Return the name of a state or country: NJ is New Jersey, foreign:ZA South Africa."""
    if code.startswith(FOREIGN):
        country = code.removeprefix(FOREIGN)
        return str(ENGLISH.territories.get(country, country))
    return STATES.get(code, code)


def place_names(codes: Iterable[str]) -> list[str]:
    """Return the names in alphabetical order."""
    return sorted(place_name(code) for code in codes)


def region_of(code: str) -> str:
    """Return the ISO 3166 country whose telephone numbers people of this place write."""
    if code.startswith(FOREIGN):
        return code.removeprefix(FOREIGN)
    return code if code in TERRITORIES else "US"


def countries() -> list[tuple[str, str]]:
    """Return every country but the United States, code and name, by name."""
    territories = ENGLISH.territories
    names = [
        (FOREIGN + code, str(name))
        for code, name in territories.items()
        if len(code) == 2 and code.isalpha() and code not in NOT_COUNTRIES  # noqa: PLR2004
    ]
    return sorted(names, key=lambda pair: pair[1])
