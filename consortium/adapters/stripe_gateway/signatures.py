"""Stripe's signature on what it sends to our endpoint."""

import hashlib
import hmac
import json
import re
from datetime import datetime, timedelta
from typing import Any

from consortium.ports import GatewayRefused

TOLERANCE = timedelta(minutes=5)
"""How old a signature may be, and how far ahead its clock; an older one may be a replay."""

HEADER = re.compile(r"t=([0-9]{1,15})((?:,v[0-9]+=[0-9a-f]{64}){1,20})", re.ASCII)
ELSEWHERE = "Something that does not come from Stripe was sent to our address. Nothing was done."


def signed_object(body: bytes, signature: str, *, secret: str, at: datetime) -> dict[str, Any]:
    """Return the JSON object of a body that was signed with this secret, close to this moment.

    Raises ``GatewayRefused`` otherwise; nothing of a body without a good signature is parsed.
    """
    header = HEADER.fullmatch(signature)
    if header is None or not secret:
        raise GatewayRefused(ELSEWHERE, code="signature")
    seconds, schemes = header.groups()
    expected = hmac.new(secret.encode(), f"{seconds}.".encode() + body, hashlib.sha256).hexdigest()
    # While a secret is being replaced, Stripe signs with the old and the new one.
    given = [one.removeprefix("v1=") for one in schemes.split(",") if one.startswith("v1=")]
    if not any(hmac.compare_digest(expected, one) for one in given):
        raise GatewayRefused(ELSEWHERE, code="signature")
    if abs(at.timestamp() - int(seconds)) > TOLERANCE.total_seconds():
        raise GatewayRefused(
            "A message of Stripe's is older than five minutes, or this server's clock is wrong. "
            "Nothing was done; Stripe sends it again.",
            code="signature_too_old",
        )
    try:
        signed = json.loads(body)
    except (ValueError, RecursionError):
        signed = None
    if not isinstance(signed, dict):
        raise GatewayRefused("A signed message of Stripe's cannot be read.", code="unreadable")
    return signed
