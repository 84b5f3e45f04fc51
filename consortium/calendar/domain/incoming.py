"""Find what calendar programs wrote in a mail that came in, and to which address of ours.

Anybody can send us anything: whatever is read here says nothing by itself, is read up to a limit,
and never raises.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from email import policy
from email.errors import MessageError
from email.message import Message
from email.parser import BytesParser
from email.utils import getaddresses

LONGEST = 1_000_000
"""Bytes of a message that are read: an answer has some thousands."""
LONGEST_FILE = 100_000
MOST_PARTS = 50
MOST_ADDRESSES = 50
CALENDAR_TYPES = frozenset({"text/calendar", "application/ics"})
RECIPIENTS = ("delivered-to", "x-original-to", "envelope-to", "to", "cc")


@dataclass(frozen=True, kw_only=True)
class Incoming:
    """What a mail has for a calendar."""

    recipients: tuple[str, ...]
    """Addresses it was sent to, those of the last mile first."""
    files: tuple[bytes, ...]
    """Its calendar files as they were before they were made fit for mail."""


def read_incoming(raw: bytes) -> Incoming:
    """Return the calendar files of a message, and to whom it was sent."""
    try:
        message = BytesParser(policy=policy.compat32).parsebytes(raw[:LONGEST])
        return Incoming(
            recipients=tuple(dict.fromkeys(_recipients(message)))[:MOST_ADDRESSES],
            files=tuple(dict.fromkeys(_files(message))),
        )
    except (RecursionError, ValueError, LookupError, MessageError, TypeError, AttributeError):
        # Parts in parts in parts, encodings that do not exist, headers that are none.
        return Incoming(recipients=(), files=())


def _recipients(message: Message) -> Iterator[str]:
    for name in RECIPIENTS:
        headers = [str(value) for value in message.get_all(name, [])]
        for _, address in getaddresses(headers[:MOST_ADDRESSES]):
            if address:
                yield address


def _files(message: Message) -> Iterator[bytes]:
    for number, part in enumerate(message.walk()):
        if number >= MOST_PARTS:
            return
        if part.get_content_type() not in CALENDAR_TYPES or part.is_multipart():
            continue
        payload = part.get_payload(decode=True)
        if isinstance(payload, bytes) and 0 < len(payload) <= LONGEST_FILE:
            yield _in_utf8(payload, part.get_content_charset("utf-8"))


def _in_utf8(payload: bytes, charset: str) -> bytes:
    """Return the file as RFC 5545 has it; some servers write answers as old Windows did."""
    try:
        return payload.decode(charset).encode()
    except (LookupError, ValueError):
        return payload
