"""What Stripe knows: accounts, their objects, and the events that tell of each change."""

import copy
import secrets
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from tests.fakes.stripe_parts.errors import StripeFault, missing

Thing = dict[str, Any]
DAY = 24 * 3600
KINDS = {
    "cs": "checkout.session",
    "pi": "payment_intent",
    "ch": "charge",
    "py": "charge",
    "re": "refund",
    "dp": "dispute",
    "txn": "balance_transaction",
    "evt": "event",
    "we": "webhook_endpoint",
}


@dataclass
class Account:
    """One merchant. Its objects lie in the order in which they were made."""

    key: str
    objects: dict[str, Thing] = field(default_factory=dict)
    answers: dict[str, Any] = field(default_factory=dict)
    """By idempotency key: what was asked, what was answered, and when."""
    lacking: list[str] = field(default_factory=list)
    """Permissions that its restricted key has not, as ``GET /v1/events``."""

    def of_kind(self, kind: str) -> Iterator[Thing]:
        """Give the objects of one kind, oldest first."""
        return (one for one in list(self.objects.values()) if one["object"] == kind)

    def get(self, named: str, kind: str | None = None) -> Thing:
        """Return an object; raise Stripe's 404 where there is none."""
        found = self.objects.get(named)
        if found is None or (kind is not None and found["object"] != kind):
            raise missing(kind or "object", named)
        return found


class State:
    """All accounts, and the clock of this Stripe."""

    def __init__(self, clock: Callable[[], float], *, api_version: str) -> None:
        self._clock = clock
        self.api_version = api_version
        self.accounts: dict[str, Account] = {}
        self.unknown_keys: set[str] = set()
        self.happened: list[tuple[Account, Thing]] = []
        """Every event, with whose it is."""
        self.on_event: Callable[[Account, Thing], None] = lambda _account, _event: None
        self.on_change: Callable[[], None] = lambda: None

    def now(self) -> int:
        return int(self._clock())

    def account_of(self, key: str) -> Account:
        """Return the account of a key; each test key has one. Raises Stripe's 401."""
        if not key.startswith(("sk_test_", "rk_test_")) or key in self.unknown_keys:
            shown = f"{key[:8]}****{key[-4:]}"
            raise StripeFault(401, f"Invalid API Key provided: {shown}")
        return self.accounts.setdefault(key, Account(key))

    def owner_of(self, named: str) -> Account:
        """Return whose account an object is in."""
        for account in self.accounts.values():
            if named in account.objects:
                return account
        raise missing("object", named)

    def add(self, account: Account, prefix: str, thing: Thing) -> Thing:
        """Keep a new object under a new id."""
        thing = {
            "id": f"{prefix}_{secrets.token_hex(12)}",
            "object": KINDS[prefix.split("_", maxsplit=1)[0]],
            "created": self.now(),
            "livemode": False,
            **thing,
        }
        account.objects[thing["id"]] = thing
        return thing

    def tell(self, account: Account, kind: str, thing: Thing, idempotency_key=None) -> Thing:
        """Make an event of a change, with the object as it is now."""
        event = self.add(
            account,
            "evt",
            {
                "api_version": self.api_version,
                "data": {"object": copy.deepcopy(thing)},
                "pending_webhooks": 1,
                "request": {"id": None, "idempotency_key": idempotency_key},
                "type": kind,
            },
        )
        self.happened.append((account, event))
        self.on_event(account, event)
        return event

    def kept(self) -> dict[str, Any]:
        """Return all of it as plain data."""
        return {key: asdict(account) for key, account in self.accounts.items()}

    def restore(self, kept: dict[str, Any]) -> None:
        """Go on from what ``kept`` returned once."""
        self.accounts = {key: Account(**account) for key, account in kept.items()}
