"""Stripe's way to write nested values in a form: ``line_items[0][price_data][currency]=usd``."""

import re
from typing import Any
from urllib.parse import parse_qsl

from tests.fakes.stripe_parts.errors import StripeFault

KEY = re.compile(r"([^\[\]]+)((?:\[[^\[\]]*\])*)")


def parsed(encoded: str) -> dict[str, Any]:
    """Return the nested values; leaves are text."""
    tree: dict[str, Any] = {}
    for name, value in parse_qsl(encoded, keep_blank_values=True, strict_parsing=bool(encoded)):
        key = KEY.fullmatch(name)
        if key is None:
            raise StripeFault(400, f"Invalid parameter name: {name}")
        *path, last = [key[1], *re.findall(r"\[([^\[\]]*)\]", key[2])]
        place = tree
        for step in path:
            place = place.setdefault(step or str(len(place)), {})
        place[last or str(len(place))] = value
    return {name: _with_lists(value) for name, value in tree.items()}


def _with_lists(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if value and all(key.isdecimal() for key in value):
        return [_with_lists(value[key]) for key in sorted(value, key=int)]
    return {key: _with_lists(inner) for key, inner in value.items()}
