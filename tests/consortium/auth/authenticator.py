"""An authenticator in software: makes key pairs and signs, honestly or not."""

import hashlib
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

PRESENT, VERIFIED, HOLDS_KEY = 0x01, 0x04, 0x40
ORIGIN = "http://localhost"


def text(said: bytes) -> str:
    return urlsafe_b64encode(said).rstrip(b"=").decode()


def plain(said: str) -> bytes:
    return urlsafe_b64decode(said + "===")


@dataclass
class Authenticator:
    """Holds one passkey; ``counts=False`` behaves like those that are copied between devices."""

    credential_id: bytes = b"first-passkey-01"
    counts: bool = True
    count: int = 0
    owner: str = ""
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )

    def make(self, options: dict[str, Any], **lies: Any) -> str:
        """Answer ``navigator.credentials.create``; ``lies`` change what is said."""
        self.owner = options["user"]["id"]
        numbers = self.key.public_key().public_numbers()
        cose = {
            1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")
        }  # fmt: skip
        length = len(self.credential_id).to_bytes(2, "big")
        held = bytes(16) + length + self.credential_id + cbor2.dumps(cose)
        data = self._data(options["rp"]["id"], HOLDS_KEY, lies) + held
        attested = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        client = self._client("webauthn.create", options, lies)
        return self._answer({"clientDataJSON": text(client), "attestationObject": text(attested)})

    def prove(self, options: dict[str, Any], **lies: Any) -> str:
        """Answer ``navigator.credentials.get``; ``lies`` change what is said."""
        client = self._client("webauthn.get", options, lies)
        data = self._data(options["rpId"], 0, lies)
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        return self._answer(
            {
                "clientDataJSON": text(client),
                "authenticatorData": text(data),
                "signature": text(lies.get("signature", signature)),
                "userHandle": lies.get("owner", self.owner),
            }
        )

    def _client(self, kind: str, options: dict[str, Any], lies: dict[str, Any]) -> bytes:
        said = {
            "type": lies.get("kind", kind),
            "challenge": lies.get("challenge", options["challenge"]),
            "origin": lies.get("origin", ORIGIN),
            "crossOrigin": lies.get("cross_origin", False),
        }
        return json.dumps(said).encode()

    def _data(self, rp_id: str, flags: int, lies: dict[str, Any]) -> bytes:
        self.count += self.counts
        flags |= lies.get("flags", PRESENT | VERIFIED)
        count = lies.get("count", self.count)
        host = lies.get("rp_id", rp_id).encode()
        return hashlib.sha256(host).digest() + bytes([flags]) + count.to_bytes(4, "big")

    def _answer(self, response: dict[str, str]) -> str:
        name = text(self.credential_id)
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": response})
