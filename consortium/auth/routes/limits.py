"""How often one may try: strict for an account, loose for an address that a hotel shares."""

from http import HTTPStatus

import structlog
from flask import Blueprint, Flask, abort, current_app
from flask_limiter import Limiter, RequestLimit
from flask_limiter.util import get_remote_address
from limits import RateLimitItem, parse

from consortium.auth.service import digest

PER_ADDRESS = "600 per 5 minutes"
ALTOGETHER = "3000 per 5 minutes"
PER_ACCOUNT = parse("10 per 5 minutes")

log = structlog.get_logger()


def limit_tries(app: Flask, bp: Blueprint) -> None:
    """Limit what is sent to the blueprint's views; looking at pages is free."""
    in_memory = app.config["RATELIMIT_STORAGE_URI"].startswith("memory:")
    limiter = Limiter(
        get_remote_address,
        app=app,
        strategy="moving-window",
        key_prefix="sign-in",
        in_memory_fallback_enabled=not in_memory,
        on_breach=_tell,
    )
    app.extensions["sign_in_limiter"] = limiter
    for limit, whose in ((PER_ADDRESS, get_remote_address), (ALTOGETHER, lambda: "everyone")):
        limiter.shared_limit(limit, scope="sign-in", key_func=whose, methods=["POST"])(bp)


def count_try(account: str) -> None:
    """Count a try at an account's code; the eleventh in five minutes ends as 429."""
    count_use(PER_ACCOUNT, "account", digest(account))


def count_use(limit: RateLimitItem, what: str, whose: str) -> None:
    """Count one use of what is limited; one more than the limit ends as 429."""
    limiter: Limiter = current_app.extensions["sign_in_limiter"]
    if limiter.enabled and not limiter.limiter.hit(limit, what, whose):
        log.warning("too many tries", what=what, limit=str(limit))
        abort(HTTPStatus.TOO_MANY_REQUESTS)


def _tell(breached: RequestLimit) -> None:
    log.warning("too many tries", limit=str(breached.limit))
