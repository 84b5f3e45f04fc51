"""Keys made from the installation's secret: what the database holds is of no use without it."""

import base64
import hashlib
import hmac
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


@dataclass(frozen=True)
class Keys:
    """Digests of codes, and short texts sealed so that only this installation can read them."""

    secret_key: str = field(repr=False)
    former: tuple[str, ...] = field(default=(), repr=False)
    """Secrets of the installation before this one: what was sealed with them is still read."""

    def code_digest(self, request_id: UUID, code: str) -> str:
        """Return what is kept of a code; equal codes of two requests look different."""
        said = f"{request_id.hex}:{code}".encode("utf-8", "surrogatepass")
        return hmac.new(_key(self.secret_key, "sign-in code"), said, hashlib.sha256).hexdigest()

    def seal(self, text: str, *, at: datetime) -> str:
        """Return the text encrypted and signed."""
        return self._box.encrypt_at_time(text.encode(), int(at.timestamp())).decode("ascii")

    def unseal(self, sealed: str) -> str:
        """Return the text; raise ``ValueError`` when it was not sealed here."""
        try:
            return self._box.decrypt(sealed.encode()).decode()
        except InvalidToken as error:
            raise ValueError("this was not sealed with our key") from error

    def unseal_fresh(self, sealed: str, *, at: datetime, within: timedelta) -> str:
        """Return the text; raise ``ValueError`` when it was not sealed here, or too long ago."""
        try:
            token, seconds = sealed.encode(), int(within.total_seconds())
            return self._box.decrypt_at_time(token, seconds, int(at.timestamp())).decode()
        except InvalidToken as error:
            raise ValueError("this was not sealed with our key lately") from error

    @property
    def _box(self) -> MultiFernet:
        """Seal with the present secret, and open with any."""
        keys = [_key(secret, "sealed text") for secret in (self.secret_key, *self.former)]
        return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in keys])


def _key(secret: str, purpose: str) -> bytes:
    info = f"consortium {purpose}".encode()
    return HKDF(SHA256(), length=32, salt=None, info=info).derive(secret.encode())
