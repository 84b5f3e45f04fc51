"""The address to which a person's calendar program sends answers: it says whose they are.

``rsvp@mail.example.org`` becomes ``rsvp+<token>@mail.example.org``. The token is the person's id
and a code that only this application can make, in letters and digits that mail servers keep even
where they change capitals.
"""

import hashlib
import hmac
from base64 import b32decode, b32encode
from binascii import Error
from collections.abc import Sequence
from uuid import UUID

ID_BYTES = 16
CODE_BYTES = 12  # 96 bits: nobody tries them by mail
TOKEN_LENGTH = 45
SPOKEN = b"calendar replies of "


def reply_address(mailbox: str, secret: str, person_id: UUID) -> str:
    """Return the person's own address under the mailbox that takes replies."""
    name, _, host = mailbox.rpartition("@")
    return f"{name}+{_token_of(secret, person_id)}@{host}"


def person_in(address: str, mailbox: str, secrets: Sequence[str]) -> UUID | None:
    """Return whose address under the mailbox this is; ``None`` for a forged or foreign one.

    ``secrets`` are the present one and former ones: calendars keep addresses for months.
    """
    name, _, host = mailbox.lower().rpartition("@")
    local, _, theirs = address.strip().lower().rpartition("@")
    own, _, token = local.rpartition("+")
    if theirs != host or own != name or len(token) != TOKEN_LENGTH:
        return None
    try:
        raw = b32decode(token.upper() + "=" * (-len(token) % 8))
    except (Error, ValueError):
        return None
    person_id = UUID(bytes=raw[:ID_BYTES])
    right = any(
        hmac.compare_digest(_token_of(secret, person_id).encode(), token.encode())
        for secret in secrets
    )
    return person_id if right else None


def _token_of(secret: str, person_id: UUID) -> str:
    code = hmac.new(secret.encode(), SPOKEN + person_id.bytes, hashlib.sha256).digest()
    raw = person_id.bytes + code[:CODE_BYTES]
    return b32encode(raw).decode("ascii").rstrip("=").lower()
