"""Read a mail that a mail server sent back: which of our mails it speaks of, and why.

A delivery status notification (RFC 3464) says so in a part for machines. Other servers only write
a text and put our mail, or its head, behind it: then our Message-ID is looked for there.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import policy
from email.message import Message
from email.parser import BytesParser
from enum import StrEnum, auto
from uuid import UUID

LONGEST = 2_000_000
"""Bytes of a message that are read; what comes behind is our own mail's attachments."""
LONGEST_WHY = 300
MOST_IDS = 20
"""How many ids of mails a message may name before it is no bounce of one of them."""
OUR_ID = re.compile(
    r"<([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})@([a-z0-9.\-]{1,253})>",
    re.IGNORECASE,
)
STATUS = re.compile(r"\b([245])\.\d{1,3}\.\d{1,3}\b")
REPLY = re.compile(r"(?<![\d.])(5\d\d)[ -]")


class Fate(StrEnum):
    """What became of the mail."""

    LOST = auto()
    DELAYED = auto()
    ARRIVED = auto()
    UNKNOWN = auto()


@dataclass(frozen=True, kw_only=True)
class Notice:
    """What a message says of one of our mails."""

    mail_ids: tuple[UUID, ...]
    """Ids under our host that the message names, each once, in order."""
    fate: Fate
    recipient: str = ""
    """To whom the mail could not be delivered, as far as the server says so."""
    why: str = ""


def read_notice(raw: bytes, *, host: str) -> Notice:
    """Return what the message says; hostile or broken ones say nothing. Never raises."""
    ids = _ids_in(raw[:LONGEST], host)
    try:
        return _said(BytesParser(policy=policy.compat32).parsebytes(raw[:LONGEST]), ids)
    except RecursionError:  # parts in parts in parts: no server writes that
        return Notice(mail_ids=ids, fate=Fate.UNKNOWN)


def _said(message: Message, ids: tuple[UUID, ...]) -> Notice:
    report = next(_parts_of(message, "message/delivery-status"), None)
    if report is None:
        return Notice(mail_ids=ids, fate=_fate_in_text(message), why=_first_fault(message))
    fields = _fields_of(report)
    return Notice(
        mail_ids=ids,
        fate=_fate_of(fields),
        recipient=_address(fields.get("final-recipient") or fields.get("original-recipient", "")),
        why=_short(fields.get("diagnostic-code", "") or fields.get("status", "")),
    )


def _ids_in(raw: bytes, host: str) -> tuple[UUID, ...]:
    """Find our Message-IDs, also in a mail that came back in parts or with folded lines."""
    text = raw.decode("ascii", "replace").replace("=\r\n", "").replace("=\n", "")
    found = dict.fromkeys(
        UUID(match[1]) for match in OUR_ID.finditer(text) if match[2].lower() == host.lower()
    )
    return tuple(found)[:MOST_IDS]


def _parts_of(message: Message, kind: str) -> Iterator[Message]:
    return (part for part in message.walk() if part.get_content_type() == kind)


def _fields_of(report: Message) -> dict[str, str]:
    """Return the fields about the recipient that failed, or else about the last one named."""
    groups = report.get_payload()
    found: dict[str, str] = {}
    for group in groups if isinstance(groups, list) else []:
        if not isinstance(group, Message):
            continue
        fields = {name.lower(): " ".join(str(value).split()) for name, value in group.items()}
        if "action" not in fields:
            continue
        found = fields
        if _fate_of(fields) is Fate.LOST:
            break
    return found


def _fate_of(fields: dict[str, str]) -> Fate:
    action = fields.get("action", "").lower()
    status = fields.get("status", "")
    if action == "failed" and not status.startswith(("2", "4")):
        return Fate.LOST
    # A server that gives up after days of trying says "failed" with the status of its last try.
    if action == "failed" and status.startswith("4"):
        return Fate.LOST
    if action == "delayed":
        return Fate.DELAYED
    return Fate.ARRIVED if action in {"delivered", "relayed", "expanded"} else Fate.UNKNOWN


def _fate_in_text(message: Message) -> Fate:
    """Read a bounce without a part for machines: only a permanent code counts."""
    if str(message.get("Auto-Submitted", "")).lower().startswith("auto-replied"):
        return Fate.UNKNOWN  # someone is on leave
    text = _text_of(message)
    statuses = {match[1] for match in STATUS.finditer(text)}
    if "5" in statuses or (not statuses and REPLY.search(text)):
        return Fate.LOST
    return Fate.DELAYED if "4" in statuses else Fate.UNKNOWN


def _first_fault(message: Message) -> str:
    lines = (" ".join(line.split()) for line in _text_of(message).splitlines())
    return _short(next((line for line in lines if STATUS.search(line) or REPLY.search(line)), ""))


def _text_of(message: Message) -> str:
    """Return the first plain text: what the server itself wrote, before our mail."""
    part = next(_parts_of(message, "text/plain"), None)
    payload = part.get_payload(decode=True) if part is not None else None
    return payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""


def _address(field: str) -> str:
    """Return the address in ``rfc822; ada@example.org``."""
    return field.rpartition(";")[2].strip(" <>").lower()


def _short(text: str) -> str:
    plain = "".join(letter for letter in text if letter.isprintable())
    return plain.removeprefix("smtp;").strip()[:LONGEST_WHY]
