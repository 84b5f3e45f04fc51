"""How we call Stripe: for how long, as whom, and to the end of each list."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from consortium.cards import API_VERSION, CardKeys
from consortium.ports import GatewayRefused

if TYPE_CHECKING:
    from stripe import StripeClient


# Someone waits for most calls: two tries, each this long to connect and to answer (seconds),
# stay below ten seconds. The second try carries the same idempotency key.
PATIENCE = (1.0, 3.5)
RETRIES = 1
PAGE = 100  # the most that Stripe lists at once

SECRET_KEY = re.compile(r"(?:sk|rk)_(?:test|live)_\w+", re.ASCII)
WEBHOOK_SECRET = re.compile(r"whsec_\w+", re.ASCII)
ID = re.compile(r"[A-Za-z]{2,6}_\w{1,240}", re.ASCII)

Facts = TypeVar("Facts")
Ask = Callable[["StripeClient"], Any]
Read = Callable[[Mapping[str, Any]], Facts]


class StripeCalls:
    """Opens a client for each call, so that no connection and no key outlives it."""

    def __init__(self, base: str, *, patience: tuple[float, float], retries: int) -> None:
        self.base = base
        self._patience = patience
        self._retries = retries

    @contextmanager
    def client(self, keys: CardKeys) -> Iterator["StripeClient"]:
        """Give a client with these keys; its failures become the port's."""
        if not SECRET_KEY.fullmatch(keys.secret_key):
            raise GatewayRefused(
                "A key for Stripe begins with rk_test_, rk_live_, sk_test_ or sk_live_. Copy the "
                "secret or restricted key from Stripe's dashboard, Developers, API keys.",
                code="unknown_key",
            )
        # Its library would slow down every start, and few processes ever pay.
        from consortium.adapters.stripe_gateway.client import opened  # noqa: PLC0415

        with opened(
            keys.secret_key,
            base=self.base,
            version=API_VERSION,
            patience=self._patience,
            retries=self._retries,
        ) as client:
            yield client

    def find(self, keys: CardKeys, named: str, ask: Ask, read: Read[Facts]) -> Facts | None:
        """Read one object, or ``None`` where the account has none of that id."""
        if not ID.fullmatch(named):
            return None
        try:
            with self.client(keys) as client:
                return read(ask(client).to_dict())
        except GatewayRefused as refused:
            if refused.code == "resource_missing":
                return None
            raise

    def listed(self, keys: CardKeys, ask: Ask, read: Read[Facts]) -> Iterator[Facts]:
        """Read a list to its end and give it from there, the oldest first.

        Stripe begins with the newest. What comes in while we read is newer than all of it, so it
        moves no page.
        """
        with self.client(keys) as client:
            found = [read(one.to_dict()) for one in ask(client).auto_paging_iter()]
        return reversed(found)


def since_then(since: datetime, **more: Any) -> Any:
    """Return what asks for a list from a moment on, in pages as large as may be."""
    return {"created": {"gte": int(since.timestamp())}, "limit": PAGE, **more}


def checked(named: str) -> str:
    """Return the id; raises ``GatewayRefused`` when it can be none of Stripe's."""
    if not ID.fullmatch(named):
        raise GatewayRefused(f"{named!r} is no id of Stripe's.", code="resource_missing")
    return named
