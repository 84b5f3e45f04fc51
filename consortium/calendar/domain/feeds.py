"""The secret in a feed's address: derived, so that it can be shown again; kept as a digest."""

import hashlib
import hmac
import re
from base64 import b32encode
from uuid import UUID

TOKEN_BYTES = 20  # 160 bits, 32 letters
TOKEN_SHAPE = re.compile("[a-z2-7]{32}")


def token_of(secret: str, feed_id: UUID, generation: int) -> str:
    """Return the token of a feed's present generation."""
    spoken = f"{feed_id}:{generation}".encode()
    full = hmac.new(secret.encode(), spoken, hashlib.sha256).digest()
    return b32encode(full[:TOKEN_BYTES]).decode("ascii").lower()


def digest_of(token: str) -> str:
    """Return what the database keeps of a token."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
