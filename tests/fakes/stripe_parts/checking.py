"""Requests held against what Stripe itself says its parameters are.

Where the current client's parameters are known, they alone count; elsewhere the OpenAPI
description of 2023-08-16 does. Without these files (a plain clone) nothing is checked here.
"""

import gzip
import json
from functools import cache
from pathlib import Path
from typing import Any

from tests.fakes.stripe_parts.described import check_described
from tests.fakes.stripe_parts.errors import StripeFault
from tests.fakes.stripe_parts.typed import check_typed

DATA = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "stripe"
SPEC, PARAMS = "spec3.2023-08-16.json.gz", "stripe-python-16.1-params.json.gz"
CURRENT = {
    ("POST", "/v1/checkout/sessions"): "checkout.session.create",
    ("GET", "/v1/checkout/sessions"): "checkout.session.list",
    ("POST", "/v1/refunds"): "refund.create",
    ("POST", "/v1/webhook_endpoints"): "webhook_endpoint.create",
}


def available() -> bool:
    """Tell whether requests can be checked."""
    return (DATA / SPEC).exists() and (DATA / PARAMS).exists()


def check(method: str, path: str, template: str, params: dict[str, Any]) -> None:
    """Raise the answer Stripe would give to wrong parameters. ``template`` is the known path."""
    if not available():
        return
    named = CURRENT.get((method, template))
    if named is not None:
        types = _loaded(PARAMS)[named]
        check_typed(types, next(iter(types)), params)
        return
    operation = _loaded(SPEC)["paths"].get(template, {}).get(method.lower())
    if operation is None:
        raise StripeFault(404, f"Unrecognized request URL ({method}: {path}).")
    if method == "GET":
        known = {one["name"]: one["schema"] for one in operation["parameters"] if _asked(one)}
        schema = {"type": "object", "properties": known, "additionalProperties": False}
    else:
        forms = operation["requestBody"]["content"]["application/x-www-form-urlencoded"]
        schema = forms["schema"]
    check_described(schema, params, "")


@cache
def _loaded(name: str) -> dict[str, Any]:
    return json.loads(gzip.decompress((DATA / name).read_bytes()))


def _asked(parameter: dict[str, Any]) -> bool:
    return parameter["in"] == "query"
