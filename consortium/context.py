"""What the code below a request may know about it, without knowing HTTP."""

from contextvars import ContextVar
from uuid import uuid4

_request_id: ContextVar[str] = ContextVar("request_id", default="")


def begin_request() -> str:
    """Give the present request (or job) an id of its own and return it."""
    request_id = uuid4().hex[:16]
    _request_id.set(request_id)
    return request_id


def current_request_id() -> str:
    """Return the id under which logs, error pages and audit rows know the present request."""
    return _request_id.get()
