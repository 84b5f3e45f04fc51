"""Stripe's own client for one call or a few, and its failures in our words.

Only loaded with the first call: it takes more than half a second.
"""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager

import stripe

from consortium.ports import GatewayDown, GatewayRefused, GatewayUnreachable
from consortium.settings import is_loopback

# Stripe's client would report how long its calls took, and write what is sent into the log.
stripe.enable_telemetry = False
logging.getLogger("stripe").setLevel(logging.WARNING)

# How its words show that no connection came about, so that nothing can have been done.
NOBODY_ANSWERS = re.compile(
    r"\b(?:NewConnectionError|NameResolutionError|ConnectTimeout\w*|SSLError|ProxyError)\b"
)
SECRETS = re.compile(r"\b(?:sk|rk|pk|whsec)_\w+")
PERMISSION = re.compile(r"\brak_\w+")
FOR_GOOD = (
    (
        stripe.AuthenticationError,
        "unknown_key",
        (
            "Stripe does not know this key. Copy the secret or restricted key again from Stripe's "
            "dashboard, Developers, API keys"
        ),
    ),
    (
        stripe.PermissionError,
        "not_allowed",
        (
            "The key for Stripe is not allowed to do this. In Stripe's dashboard, give the "
            "restricted key the permissions that the payment settings list"
        ),
    ),
    (
        stripe.IdempotencyError,
        "idempotency_key",
        "This was sent to Stripe before with other figures",
    ),
)


@contextmanager
def opened(
    secret_key: str, *, base: str, version: str, patience: tuple[float, float], retries: int
) -> Iterator[stripe.StripeClient]:
    """Give a client of its own connection, closed afterwards; failures become the port's.

    Nothing of the original failure is kept: it holds what was sent and what was answered.
    """
    # What stands for Stripe on this machine is not reached through anybody's proxy.
    proxy = {"http": "", "https": ""} if is_loopback(base) else None
    http = stripe.RequestsClient(timeout=patience, proxy=proxy)  # type: ignore[arg-type]
    client = stripe.StripeClient(
        secret_key,
        stripe_version=version,
        base_addresses={"api": base},
        max_network_retries=retries,
        http_client=http,
    )
    try:
        yield client
    except stripe.StripeError as error:
        raise _failure(error) from None
    finally:
        http.close()  # type: ignore[no-untyped-call]


def _failure(error: stripe.StripeError) -> Exception:
    asked = f" (Stripe's request {error.request_id})" if error.request_id else ""
    if isinstance(error, stripe.APIConnectionError):
        if NOBODY_ANSWERS.search(error.user_message or ""):
            return GatewayUnreachable("Stripe cannot be reached. Try again in a moment.")
        return GatewayDown("Stripe did not answer in time. Try again in a moment.")
    # 409: another call with the same key is under way. APIError: 5xx, or an unreadable answer.
    if isinstance(error, stripe.RateLimitError | stripe.APIError):
        return GatewayDown(f"Stripe is busy. Try again in a moment{asked}.")
    said = SECRETS.sub("…", error.user_message or "no reason given")
    for kind, code, words in FOR_GOOD:
        if isinstance(error, kind):
            named = PERMISSION.search(said)
            which = f": {named[0]}" if named else ""
            return GatewayRefused(f"{words}{which}{asked}.", code=code)
    return GatewayRefused(f"Stripe refuses this: {said}{asked}", code=error.code or "")
