"""The zones that a file may name: those of places, so that their clocks are known."""

from functools import cache
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from consortium.words import say
from events.programmes.domain.faults import Findings, Place, did_you_mean

_HINT = say("Write it like America/New_York or America/Chicago.")


@cache
def places() -> frozenset[str]:
    """Return the IANA zones that are named after a place."""
    return frozenset(
        name for name in available_timezones() if "/" in name and not name.startswith("Etc/")
    )


def read_zone(name: Any, place: Place, findings: Findings) -> ZoneInfo | None:
    """Return the zone with this name, or note that there is none."""
    if not isinstance(name, str):
        findings.fault(place, say("This must be text in quotation marks."))
    elif name in places():
        return ZoneInfo(name)
    else:
        hint = did_you_mean(name, sorted(places()), else_say=_HINT) if "/" in name else _HINT
        findings.fault(
            place, say("“%(name)s” is not the zone of a place. %(hint)s", name=name[:40], hint=hint)
        )
    return None
