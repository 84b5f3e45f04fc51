"""What calendar files say that were sent."""

import re
from collections.abc import Iterator

FOLD = re.compile(rb"\r?\n[ \t]")
UID = re.compile(rb"^UID:(.*?)\r?$", re.MULTILINE)


def uids_in(content: bytes) -> Iterator[str]:
    """Give the UIDs of the events in an iCalendar file, as they were before they were written."""
    for match in UID.finditer(FOLD.sub(b"", content)):
        yield match[1].decode("utf-8", "replace").replace("\\,", ",").replace("\\;", ";")
