"""Secrets that we keep for others, like keys for Stripe: sealed before they reach the database.

The sealing key comes from SECRET_KEY, which no backup of the database holds. Former secrets
listed in SECRET_KEY_FALLBACKS still open what was sealed with them.
"""

import base64
import binascii
import hmac
import secrets
from functools import lru_cache
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import current_app

MARK = "s1."  # how seals of this kind begin, so that another kind can be told from it one day
NONCE = 12  # bytes
USE = b"consortium sealing 1"


class SealBroken(Exception):
    """This cannot be opened: not sealed with our secrets, for this purpose, for this tenant."""


def seal(text: str, purpose: str, *, tenant_id: UUID) -> str:
    """Return the text so that only ``unseal`` with the same purpose and tenant reads it."""
    nonce = secrets.token_bytes(NONCE)
    key = _key_from(_secrets()[0])
    sealed = AESGCM(key).encrypt(nonce, text.encode(), _place(purpose, tenant_id))
    return MARK + base64.urlsafe_b64encode(nonce + sealed).decode()


def unseal(sealed: str, purpose: str, *, tenant_id: UUID) -> str:
    """Return the text that was sealed. Raises ``SealBroken`` when it cannot be opened."""
    for secret in _secrets():
        opened = _opened(sealed, _key_from(secret), _place(purpose, tenant_id))
        if opened is not None:
            return opened
    raise SealBroken(
        f"What was sealed for {purpose!r} cannot be opened. If SECRET_KEY was changed, put the "
        "former one into SECRET_KEY_FALLBACKS; otherwise enter it again."
    )


def fingerprint(text: str, purpose: str, *, tenant_id: UUID) -> str:
    """Return what stands for the text where it must not be read: the same for the same text."""
    return _fingerprint(_secrets()[0], text, _place(purpose, tenant_id))


def fingerprints(text: str, purpose: str, *, tenant_id: UUID) -> tuple[str, ...]:
    """Return what stands for the text now, and what stood for it under former secrets."""
    place = _place(purpose, tenant_id)
    return tuple(_fingerprint(secret, text, place) for secret in _secrets())


def _fingerprint(secret: str, text: str, place: bytes) -> str:
    return hmac.digest(_key_from(secret), place + b"\0" + text.encode(), "sha256").hex()


def _opened(sealed: str, key: bytes, place: bytes) -> str | None:
    if not sealed.startswith(MARK):
        return None
    try:
        raw = base64.b64decode(sealed.removeprefix(MARK), altchars=b"-_", validate=True)
        return AESGCM(key).decrypt(raw[:NONCE], raw[NONCE:], place).decode()
    except (binascii.Error, ValueError, InvalidTag):
        return None


@lru_cache(maxsize=16)  # a roster of thousands is sealed and opened at once
def _key_from(secret: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=USE).derive(secret.encode())


def _place(purpose: str, tenant_id: UUID) -> bytes:
    """Say what is sealed and for whom: a row copied to another tenant or column stays shut."""
    return f"{tenant_id} {purpose}".encode()


def _secrets() -> tuple[str, ...]:
    """Return the present secret, then the former ones."""
    keys: tuple[str, ...] = current_app.extensions["settings"].secret_keys
    return keys
