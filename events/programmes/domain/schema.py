"""The JSON Schema of programme files, made from the shapes that read them."""

from typing import Any

from events.institutes.domain import COHORT_KINDS
from events.programmes.domain.extras import RESERVED
from events.programmes.domain.fees import MOST_CENTS, REDUCING
from events.programmes.domain.parts import MOST_ITEMS, MOST_SESSIONS
from events.programmes.domain.shapes import ProgrammeShape
from events.programmes.domain.unwrapping import PROVENANCE
from events.programmes.domain.values import one_or_several
from events.programmes.domain.whereabouts import PEOPLE

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_LONG = frozenset({"sessions", "cohort_meetings"})
_NAMED = {"venues": "VenueShape", "rooms": "RoomShape", "presenters": "PresenterShape"}
_SOURCED = "#/$defs/Sourced"
_NULL: dict[str, Any] = {"type": "null"}


def json_schema() -> dict[str, Any]:
    """Return the schema (draft 2020-12) of a programme file, plain or with its sources.

    It knows the shape of each field. What must hold between fields (a session on one of the
    days, an audience that is a role) only ``programme check`` can tell.
    """
    schema = ProgrammeShape.model_json_schema(by_alias=True)
    parts = schema.pop("$defs")
    _tell_of_the_whole(schema)
    _tell_of_names(schema, parts)
    _tell_of_parts(parts)
    for part in (schema, *parts.values()):
        _loosen(part)
    parts["Sourced"] = {
        "description": "A value beside its source; only the value is read.",
        "type": "object",
        "required": ["value"],
        "properties": dict.fromkeys(("value", *sorted(PROVENANCE)), True),
        "patternProperties": {"_utc$": True},
        "additionalProperties": False,
    }
    return {"$schema": DIALECT, **schema, "$defs": parts}


def _tell_of_the_whole(schema: dict[str, Any]) -> None:
    for name, field in schema["properties"].items():
        if field.get("type") == "array":
            field["maxItems"] = MOST_SESSIONS if name in _LONG else MOST_ITEMS
    schema["propertyNames"] = {"not": {"enum": sorted(RESERVED)}}
    schema["if"] = {
        "not": {"properties": {"kind": {"enum": sorted(COHORT_KINDS)}}, "required": ["kind"]}
    }
    some = {"not": _or_wrapped({"anyOf": [_NULL, {"type": "array", "maxItems": 0}]})}
    schema["then"] = {"required": ["days"], "properties": {"days": some}}


def _tell_of_parts(parts: dict[str, Any]) -> None:
    """Add what is read without a shape: amounts, places of other kinds, both ends of a session."""
    places = parts["CapacityShape"]["properties"]["people"]["anyOf"][0]
    other_places = _or_wrapped({"anyOf": [places, {"not": {"type": "integer"}}]})
    parts["CapacityShape"]["additionalProperties"] = other_places
    rule = parts["RuleShape"]
    rule["properties"]["n"] = {"anyOf": [{"type": "integer", "minimum": 0}, _NULL]}
    rule["if"] = {"properties": {"code": {"pattern": "|".join(REDUCING)}}}
    rule["then"] = {"patternProperties": {"_cents$": _cents(-MOST_CENTS)}}
    rule["else"] = {"patternProperties": {"_cents$": _cents(0)}}
    is_set = {"not": _or_wrapped(_NULL)}
    for name in ("SessionShape", "MeetingShape"):
        parts[name]["allOf"] = [
            {
                "if": {"required": [one], "properties": {one: is_set}},
                "then": {"required": [other], "properties": {other: is_set}},
            }
            for one, other in (("start", "end"), ("end", "start"))
        ]


def _tell_of_names(schema: dict[str, Any], parts: dict[str, Any]) -> None:
    """Let a room, venue or presenter of whom nothing more is said be its name alone."""
    for part, shape in _NAMED.items():
        whole = schema["properties"][part]["anyOf"][0]
        whole["items"] = _or_name(shape, parts)
    for name in ("SessionShape", "MeetingShape"):
        for field in PEOPLE:
            parts[name]["properties"][field] = one_or_several(_or_name("PresenterShape", parts))


def _or_name(shape: str, parts: dict[str, Any]) -> dict[str, Any]:
    name = parts[shape]["properties"]["name"]
    return {"anyOf": [{"$ref": f"#/$defs/{shape}"}, {**name}]}


def _cents(least: int) -> dict[str, Any]:
    amount = {"type": "integer", "minimum": least, "maximum": MOST_CENTS}
    return _or_wrapped({"anyOf": [amount, _NULL]})


def _loosen(part: dict[str, Any]) -> None:
    """Let what may be left out be ``null``, and every value stand beside its source."""
    required = part.get("required", [])
    for name, field in part.get("properties", {}).items():
        field.pop("default", None)
        for way in (field, *field.get("anyOf", ())):
            if "items" in way:
                way["items"] = _or_wrapped(way["items"])
        optional = field if name in required else {"anyOf": [field, _NULL]}
        part["properties"][name] = _or_wrapped(optional)


def _or_wrapped(value: dict[str, Any]) -> dict[str, Any]:
    return {"if": {"$ref": _SOURCED}, "then": {"properties": {"value": value}}, "else": value}
