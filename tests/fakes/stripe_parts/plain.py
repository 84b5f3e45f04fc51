"""Values of a form that are no text: whole numbers, yes and no, objects."""

import re
from typing import Any

from tests.fakes.stripe_parts.errors import invalid

WHOLE = re.compile(r"-?[0-9]{1,15}", re.ASCII)


def check_whole(value: Any, at: str) -> None:
    if not (isinstance(value, str) and WHOLE.fullmatch(value)):
        raise invalid(at, f"Invalid integer: {value}", code="parameter_invalid_integer")


def check_boolean(value: Any, at: str) -> None:
    if value not in {"true", "false"}:
        raise invalid(at, f"Invalid boolean: {value}")


def check_object(value: Any, at: str) -> None:
    if not isinstance(value, dict):
        raise invalid(at, f"Invalid object: {at}")
