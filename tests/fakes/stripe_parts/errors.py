"""Stripe's errors, as its API answers them."""

from typing import Any


class StripeFault(Exception):
    """An answer that is no success: its status and the error object."""

    def __init__(self, status: int, message: str, *, kind: str = "invalid_request_error", **more):
        super().__init__(message)
        self.status = status
        self.error: dict[str, Any] = {"type": kind, "message": message, **more}


def missing(what: str, named: str) -> StripeFault:
    return StripeFault(
        404,
        f"No such {what}: '{named}'",
        code="resource_missing",
        param=what.rsplit("_", maxsplit=1)[-1],
    )


def unknown_parameter(name: str) -> StripeFault:
    return StripeFault(
        400, f"Received unknown parameter: {name}", code="parameter_unknown", param=name
    )


def missing_parameter(name: str) -> StripeFault:
    return StripeFault(
        400, f"Missing required param: {name}.", code="parameter_missing", param=name
    )


def invalid(name: str, message: str, code: str = "parameter_invalid") -> StripeFault:
    return StripeFault(400, message, code=code, param=name)


def inside(outer: str, name: object) -> str:
    """Return how Stripe names a parameter inside another: ``line_items[0][quantity]``."""
    return f"{outer}[{name}]" if outer else str(name)
