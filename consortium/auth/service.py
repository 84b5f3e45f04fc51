"""Sign-in requests and sessions."""

from collections.abc import MutableMapping
from typing import Any

from consortium.people.models import Identity


def begin_session(identity: Identity) -> str:
    """Begin a session for this identity and return its token. Flushes."""
    raise NotImplementedError


def remember(session: MutableMapping[str, Any], token: str) -> None:
    """Put the token where the browser's cookie keeps it."""
    raise NotImplementedError
