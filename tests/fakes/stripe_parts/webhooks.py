"""Telling endpoints of events: signed, and as badly as the scripts say."""

import hashlib
import hmac
import json
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPException
from threading import Condition, Thread
from typing import Any
from urllib.error import HTTPError
from urllib.request import ProxyHandler, Request, build_opener

from tests.fakes.stripe_parts.state import Account, State, Thing

Deliver = Callable[[bytes, str], int]
"""Takes a body and its signature to an endpoint; returns the status of the answer."""

TRIES = 8  # of an endpoint at an address; Stripe itself goes on for three days
PATIENCE = 10.0  # seconds


@dataclass(frozen=True)
class Script:
    """How deliveries go wrong."""

    copies: int = 1
    """How often each event is sent."""
    shuffle: int | None = None
    """A seed: the events that wait are sent in another order."""
    drop: tuple[str, ...] = ()
    """Types of events that are never sent; ``*`` for all."""
    wrong_signature: bool = False
    delay: float = 0.0
    """Seconds before each delivery to an address."""


GOOD = Script()


@dataclass
class Waiting:
    """An event on its way to an endpoint."""

    account: Account
    event: Thing
    tries: int = 0
    not_before: float = field(default_factory=time.monotonic)


def signature(body: bytes, secret: str, *, at: int) -> str:
    """Return the header that proves where a body comes from."""
    signed = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={at},v1={signed}"


class Webhooks:
    """Keeps what is to be delivered. Events of accounts without an endpoint wait for one."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._endpoints: dict[str, tuple[str | Deliver, str]] = {}
        self._waiting: list[Waiting] = []
        self._changed = Condition()
        self._thread: Thread | None = None
        self._ending = False
        self.script = GOOD
        self.default: tuple[str, str] | None = None
        """The address and secret for keys without an own endpoint. In both, ``{key}`` is what
        comes after ``_test_`` in the key, in the address with hyphens for its underscores."""
        state.on_event = self._take

    def deliver_to(self, target: str | Deliver, *, key: str, secret: str) -> None:
        """Send the events of a key's account to an address, or to a function by ``deliver``."""
        with self._changed:
            self._endpoints[key] = (target, secret)
        if isinstance(target, str):
            self._start()

    def endpoint_of(self, account: Account) -> tuple[str | Deliver, str] | None:
        """Return where the events of an account go, and the secret that signs them."""
        if account.key in self._endpoints:
            return self._endpoints[account.key]
        for made in account.of_kind("webhook_endpoint"):
            return made["url"], made["secret"]
        if self.default is None:
            return None
        url, secret = self.default
        named = account.key.split("_test_", 1)[1]
        return url.replace("{key}", named.replace("_", "-")), secret.replace("{key}", named)

    def waiting(self) -> list[Thing]:
        """Return the events that were not delivered yet."""
        with self._changed:
            return [one.event for one in self._waiting]

    def forget(self) -> None:
        """Lose everything that waits, as an outage of more than three days does."""
        with self._changed:
            self._waiting.clear()

    def deliver(self, script: Script | None = None) -> list[int]:
        """Deliver what waits for functions, in this thread; return the answers.

        What is not answered with 2xx waits for the next call.
        """
        how = script or self.script
        with self._changed:
            due = [one for one in self._waiting if not self._goes_to_an_address(one)]
            self._waiting = [one for one in self._waiting if one not in due]
        answers = []
        for one in _scripted(due, how):
            status = self._send(one, how)
            answers.append(status)
            if not 200 <= status < 300:
                with self._changed:
                    self._waiting += [one] if one not in self._waiting else []
        return answers

    def stop(self) -> None:
        with self._changed:
            self._ending = True
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join()

    def _take(self, account: Account, event: Thing) -> None:
        with self._changed:
            self._waiting.append(Waiting(account, event))
            self._changed.notify_all()
        endpoint = self.endpoint_of(account)
        if endpoint is not None and isinstance(endpoint[0], str):
            self._start()

    def _start(self) -> None:
        """Begin to deliver to addresses, in a thread of its own; once there is one."""
        with self._changed:
            if self._thread is None and not self._ending:
                self._thread = Thread(target=self._run, name="fake-stripe-webhooks", daemon=True)
                self._thread.start()

    def _goes_to_an_address(self, one: Waiting) -> bool:
        endpoint = self.endpoint_of(one.account)
        return endpoint is None or isinstance(endpoint[0], str)

    def _run(self) -> None:
        while not self._ending:
            with self._changed:
                now = time.monotonic()
                due = [
                    one
                    for one in self._waiting
                    if one.not_before <= now
                    and self.endpoint_of(one.account) is not None
                    and self._goes_to_an_address(one)
                ]
                if not due:
                    self._changed.wait(timeout=0.2)
                    continue
                self._waiting = [one for one in self._waiting if one not in due]
            how = self.script
            for one in _scripted(due, how):
                time.sleep(how.delay)
                status = self._send(one, how)
                one.tries += 1
                if not 200 <= status < 300 and one.tries < TRIES:
                    one.not_before = time.monotonic() + 0.25 * 2**one.tries
                    with self._changed:
                        self._waiting.append(one)

    def _send(self, one: Waiting, how: Script) -> int:
        endpoint = self.endpoint_of(one.account)
        assert endpoint is not None
        target, secret = endpoint
        body = json.dumps(one.event, indent=2).encode()
        key = "whsec_wrong" if how.wrong_signature else secret
        header = signature(body, key, at=self._state.now())
        return _post(target, body, header) if isinstance(target, str) else target(body, header)


def _scripted(due: list[Waiting], how: Script) -> list[Waiting]:
    kept = [one for one in due if not {"*", one.event["type"]} & set(how.drop)]
    sent = [one for one in kept for _ in range(how.copies)]
    if how.shuffle is not None:
        random.Random(how.shuffle).shuffle(sent)
    return sent


def _post(url: str, body: bytes, header: str) -> int:
    """Send to an address of this machine, past any proxy; 0 when nobody answers."""
    request = Request(
        url,
        data=body,
        headers={"Content-Type": "application/json; charset=utf-8", "Stripe-Signature": header},
    )
    try:
        with build_opener(ProxyHandler({})).open(request, timeout=PATIENCE) as answer:
            status: Any = answer.status
            return int(status)
    except HTTPError as error:
        error.close()
        return error.code
    except (OSError, HTTPException):
        return 0
