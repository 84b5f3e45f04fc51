"""Take away what a file says about its own sources."""

import unicodedata
from typing import Any

from events.programmes.domain.faults import Place

PROVENANCE = frozenset({"source", "assumed", "assumed_fields", "basis", "note"})
INSTANTS = frozenset({"start_utc", "end_utc"})


def unwrap(tree: dict[str, Any]) -> tuple[dict[str, Any], frozenset[Place]]:
    """Return the plain programme, and the places whose value was wrapped.

    ``{"value": x, "source": …}`` becomes ``x``; sources, assumptions, notes and derived moments
    (``*_utc``) go. A session's own ``start_utc`` stays: it decides which one is meant when a
    wall time comes twice.
    """
    wrapped: set[Place] = set()
    return _object((), tree, wrapped), frozenset(wrapped)


def _plain(place: Place, value: Any, wrapped: set[Place]) -> Any:
    if isinstance(value, dict):
        if "value" in value and all(_tells_the_source(name) for name in value.keys() - {"value"}):
            wrapped.add(place)
            return _plain(place, value["value"], wrapped)
        return _object(place, value, wrapped)
    if isinstance(value, list):
        return [_plain((*place, n), inner, wrapped) for n, inner in enumerate(value)]
    return unicodedata.normalize("NFC", value).strip() if isinstance(value, str) else value


def _tells_the_source(name: str) -> bool:
    return name in PROVENANCE or name.endswith("_utc")


def _object(place: Place, value: dict[str, Any], wrapped: set[Place]) -> dict[str, Any]:
    kept = INSTANTS if "start" in value else frozenset()
    return {
        name: _plain((*place, name), inner, wrapped)
        for name, inner in value.items()
        if name not in PROVENANCE and (name in kept or not name.endswith("_utc"))
    }
