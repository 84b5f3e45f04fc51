"""Keep what a file says beyond what is read, so that an export writes it back."""

from collections.abc import Mapping
from typing import Any

from events.institutes.domain.waiting import UNDATED
from events.programmes.domain.dates import undated
from events.programmes.domain.place_shapes import PresenterShape, RoomShape, VenueShape
from events.programmes.domain.registration_shapes import RegistrationShape, StrandShape
from events.programmes.domain.shapes import (
    AdmissionShape,
    CapacityShape,
    DayShape,
    DeadlineShape,
    HostShape,
    ProgrammeShape,
    RoleShape,
    TeamShape,
)
from events.programmes.domain.whereabouts import tidy

IGNORED = frozenset({"schema", "file", "test_clock", "acceptance_tests"})
WITHIN = "within"
"""Holds further fields of parts: of ``team`` by name, of each item of a list by its key."""
RESERVED = frozenset({WITHIN, UNDATED})
KEYS: Mapping[str, str] = {
    "hosts": "name", "days": "date", "roles": "code", "deadlines": "code", "strands": "code",
    "venues": "name", "rooms": "name", "presenters": "name",
}  # fmt: skip
_ITEMS = {
    "hosts": HostShape,
    "days": DayShape,
    "roles": RoleShape,
    "deadlines": DeadlineShape,
    "strands": StrandShape,
    "venues": VenueShape,
    "rooms": RoomShape,
    "presenters": PresenterShape,
}
_OBJECTS = {
    "team": TeamShape,
    "capacity": CapacityShape,
    "states_admitted": AdmissionShape,
    "registration": RegistrationShape,
}


def extras_of(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Return everything the plain file says that no other part of a programme holds."""
    known = ProgrammeShape.model_fields.keys() | IGNORED | RESERVED
    extras = {name: value for name, value in raw.items() if name not in known}
    within = {name: _further(raw.get(name), shape) for name, shape in _OBJECTS.items()}
    if "capacity" in within:
        within["capacity"] = {
            name: value for name, value in within["capacity"].items() if not _is_number(value)
        }
    for name, shape in _ITEMS.items():
        within[name] = _by_key(raw.get(name), shape, KEYS[name])
    kept = {
        WITHIN: {name: further for name, further in within.items() if further},
        UNDATED: undated(raw),
    }
    return {**extras, **{name: value for name, value in kept.items() if value}}


def _further(raw: Any, shape: type[Any]) -> dict[str, Any]:
    if not isinstance(raw, dict):
        return {}
    known = {field.alias or name for name, field in shape.model_fields.items()}
    return {name: value for name, value in raw.items() if name not in known}


def _by_key(raw: Any, shape: type[Any], key: str) -> dict[str, Any]:
    items = raw if isinstance(raw, list) else []
    found = {
        tidy(str(item[key])): _further(item, shape)
        for item in items
        if isinstance(item, dict) and item.get(key) is not None
    }
    return {name: further for name, further in found.items() if further}


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
