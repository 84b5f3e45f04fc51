"""Values held against a schema of Stripe's OpenAPI description."""

from collections.abc import Callable
from typing import Any

from tests.fakes.stripe_parts.errors import (
    StripeFault,
    inside,
    invalid,
    missing_parameter,
    unknown_parameter,
)
from tests.fakes.stripe_parts.plain import check_boolean, check_object, check_whole

Schema = dict[str, Any]


def check_described(schema: Schema, value: Any, at: str) -> None:
    """Raise what Stripe would answer to a value that the schema does not describe."""
    if "anyOf" in schema:
        _check_any(schema["anyOf"], value, at)
        return
    kind = schema.get("type")
    if kind in CHECKS:
        CHECKS[kind](schema, value, at)


def _check_any(schemas: list[Schema], value: Any, at: str) -> None:
    faults = []
    for one in schemas:
        try:
            check_described(one, value, at)
        except StripeFault as fault:
            faults.append(fault)
        else:
            return
    raise faults[0]


def _check_properties(schema: Schema, value: Any, at: str) -> None:
    check_object(value, at)
    known, others = schema.get("properties", {}), schema.get("additionalProperties")
    for key, inner in value.items():
        if key in known:
            check_described(known[key], inner, inside(at, key))
        elif isinstance(others, dict):
            check_described(others, inner, inside(at, key))
        else:
            raise unknown_parameter(inside(at, key))
    for key in schema.get("required", ()):
        if key not in value:
            raise missing_parameter(inside(at, key))


def _check_items(schema: Schema, value: Any, at: str) -> None:
    if not isinstance(value, list):
        raise invalid(at, f"Invalid array: {at}")
    for number, one in enumerate(value):
        check_described(schema["items"], one, inside(at, number))


def _check_text(schema: Schema, value: Any, at: str) -> None:
    if not isinstance(value, str) or len(value) > schema.get("maxLength", len(value)):
        raise invalid(at, f"Invalid string: {at}")
    if "enum" in schema and value not in schema["enum"]:
        raise invalid(at, f"Invalid {at}: must be one of {', '.join(schema['enum'])}")


CHECKS: dict[str, Callable[[Schema, Any, str], None]] = {
    "object": _check_properties,
    "array": _check_items,
    "string": _check_text,
    "integer": lambda _schema, value, at: check_whole(value, at),
    "boolean": lambda _schema, value, at: check_boolean(value, at),
}
