"""Links to the web that people write down: only whole, safe ones, and where they lead."""

import re
from urllib.parse import urlsplit

from consortium.words import say

LONGEST_LINK = 2_000
LINK = re.compile(r"https://[^\s\\]+")
NO_LINK = say("Write the whole address, beginning with https://, without a name or password in it.")


def host_of_link(link: str) -> str | None:
    """Return where an https link leads, as people recognise it; ``None`` for any other address."""
    if not LINK.fullmatch(link) or len(link) > LONGEST_LINK:
        return None
    try:
        parts = urlsplit(link)
        host, _ = parts.hostname or "", parts.port
    except ValueError:  # brackets that never close, a port that is no number
        return None
    return host if host and "@" not in parts.netloc and "." in host else None
