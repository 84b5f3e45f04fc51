"""The time zones: those that come with the application, the same on every machine.

Python would read the machine's own files where it has any, and two machines would disagree about
a zone whose rules changed since one of them was updated.
"""

import zoneinfo

import tzdata


def use_shipped_zones() -> None:
    """Read zones from the package ``tzdata`` alone."""
    zoneinfo.reset_tzpath(to=())
    zoneinfo.ZoneInfo.clear_cache()


def zones_version() -> str:
    """Return the release of the zones' rules, as their keepers name it: 2026b."""
    version: str = tzdata.IANA_VERSION
    return version
