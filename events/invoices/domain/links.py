"""The link that shows one invoice to whoever has it, and nothing else of its payer."""

import base64
import binascii
import hashlib
import hmac
from uuid import UUID

MARK_BYTES = 20
"""160 bits that nobody guesses."""


def token_for(invoice_id: UUID, version: int, *, secret: str) -> str:
    """Return what stands in the link: the same each time, so that a reminder leads there too.

    Another ``version`` makes another link, and the one before stops working.
    """
    said = invoice_id.bytes + _mark(invoice_id, version, secret)
    return base64.urlsafe_b64encode(said).decode().rstrip("=")


def invoice_named_by(token: str) -> UUID | None:
    """Return which invoice a link claims to show; ``None`` for what is no link of ours."""
    said = _bytes_of(token)
    return UUID(bytes=said[:16]) if len(said) == 16 + MARK_BYTES else None


def is_genuine(token: str, invoice_id: UUID, version: int, *, secret: str) -> bool:
    """Tell whether we made the link, for this invoice and in this version of it."""
    return hmac.compare_digest(_bytes_of(token)[16:], _mark(invoice_id, version, secret))


def _mark(invoice_id: UUID, version: int, secret: str) -> bytes:
    about = f"invoice link:{invoice_id}:{version}".encode()
    return hmac.new(secret.encode(), about, hashlib.sha256).digest()[:MARK_BYTES]


def _bytes_of(token: str) -> bytes:
    if len(token) > 2 * (16 + MARK_BYTES) or not token.isascii():
        return b""
    try:
        return base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return b""
