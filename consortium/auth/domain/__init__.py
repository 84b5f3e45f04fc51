"""What a code looks like, where a sign-in may lead, and which one-time passwords count."""

import hmac
import secrets
import string
import unicodedata
from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlsplit

CODE_DIGITS = 8
STEP_SECONDS = 30  # RFC 6238; one step of leeway on each side
LONGEST_PATH = 2000
# Printable ASCII without the backslash, which browsers read as a slash.
PATH_CHARACTERS = frozenset(string.ascii_letters + string.digits + string.punctuation) - {"\\"}


def new_code() -> str:
    """Return eight random digits."""
    return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"


def grouped(code: str, size: int = 4) -> str:
    """Write a code so that it can be read aloud and typed: 1234 5678."""
    return " ".join(code[start : start + size] for start in range(0, len(code), size))


def bare(code: str) -> str:
    """Return the code as it was before people, or their mail program, put spaces and dashes in."""
    return "".join(c for c in code if not c.isspace() and unicodedata.category(c) != "Pd")


def masked(email: str) -> str:
    """Return enough of an address for its owner to know it: a•••@d•••.org."""
    local, _, host = email.partition("@")
    name, _, ending = host.rpartition(".")
    return f"{local[:1]}•••@{name[:1]}•••.{ending}"


def safe_next(text: str) -> str:
    """Return the path when it surely stays on this site, and nothing otherwise.

    Browsers drop tabs, turn backslashes into slashes and take ``//host`` for another site, so
    only plain characters and single slashes pass; the query may hold what it likes of them.
    """
    if not text.startswith("/") or len(text) > LONGEST_PATH or not PATH_CHARACTERS.issuperset(text):
        return ""
    path = urlsplit(text).path if not text.startswith("//") else text
    if "//" in path or {".", ".."} & set(path.split("/")):
        return ""
    return text


def accepted_step(
    password_at: Callable[[int], str], code: str, *, at: datetime, after: int
) -> int | None:
    """Return the time step whose one-time password this is, if it may still count.

    A step at or before ``after``, the last one accepted, never counts again.
    """
    now = int(at.timestamp()) // STEP_SECONDS
    for step in (now - 1, now, now + 1):
        expected = password_at(step).encode()
        if hmac.compare_digest(expected, code.encode()) and step > after:
            return step
    return None
