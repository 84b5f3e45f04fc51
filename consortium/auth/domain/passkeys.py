"""Which site a passkey belongs to, what it may be asked for, and what people call it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum, auto
from ipaddress import ip_address
from itertools import count
from urllib.parse import urlsplit

from consortium.errors import Refusal
from consortium.words import say

LONGEST_NAME = 60
ANSWER_WITHIN = timedelta(minutes=5)
USUAL_PORTS = {"http": 80, "https": 443}


class Purpose(StrEnum):
    """What an answer of a passkey may be used for."""

    ADD = auto()
    SIGN_IN = auto()
    PROVE = auto()


@dataclass(frozen=True, kw_only=True)
class Site:
    """The site a passkey belongs to, and the only origin that may ask for it."""

    host: str
    origin: str


def site_of(base_url: str) -> Site | None:
    """Return the site of a base URL; ``None`` where browsers make no passkeys.

    They want a name, not the number of a machine, and TLS unless the name is ``localhost``.
    """
    parts = urlsplit(base_url)
    host = (parts.hostname or "").encode("idna").decode("ascii")
    if not host or _is_number(host) or (parts.scheme != "https" and host != "localhost"):
        return None
    unusual = parts.port not in {None, USUAL_PORTS[parts.scheme]}
    port = f":{parts.port}" if unusual else ""
    return Site(host=host, origin=f"{parts.scheme}://{host}{port}")


def check_name(text: str) -> str:
    """Return the name with single spaces, if it has a sensible length."""
    name = " ".join(text.split())
    if len(name) not in range(1, LONGEST_NAME + 1):
        raise Refusal(
            say("Give the passkey a name of 1 to %(most)s letters.", most=LONGEST_NAME),
            field="name",
        )
    return name


def first_name(taken: Collection[str]) -> str:
    """Return the name of a new passkey, until its owner finds a better one."""
    names = (str(say("Passkey %(number)s", number=number)) for number in count(1))
    return next(name for name in names if name not in taken)


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
