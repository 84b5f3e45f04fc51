"""A Stripe of our own: what our adapter asks of it, as the real one answers.

    python -m tests.fakes.stripe_server --port 12111 \
        --webhook http://127.0.0.1:8000/{key}/webhooks/stripe --secret whsec_{key}

Any key that begins with ``sk_test_`` or ``rk_test_`` has an account; ``{key}`` is the rest of it,
in the address with hyphens for underscores. ``/bank`` shows what banks may do next. Other
programs steer it by ``/_test/…`` (see ``FakeStripe.control``), tests by the methods.
"""

import json
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.server import ThreadingHTTPServer
from pathlib import Path
from socket import socket
from typing import Any

from tests.fakes.stripe_parts import forms, idempotency, page
from tests.fakes.stripe_parts.acts import Acts
from tests.fakes.stripe_parts.calls import Calls
from tests.fakes.stripe_parts.errors import StripeFault
from tests.fakes.stripe_parts.faults import Fault, Faults
from tests.fakes.stripe_parts.handler import Handler
from tests.fakes.stripe_parts.reversals import Reversals
from tests.fakes.stripe_parts.state import Account, State, Thing
from tests.fakes.stripe_parts.webhooks import Deliver, Script, Webhooks

API_VERSION = "2026-10-28.endive"
UNREADABLE = "The fake Stripe cannot go on from {}: remove that file to begin anew."


@dataclass(frozen=True)
class Asked:
    """A request as it came."""

    method: str
    path: str
    params: dict[str, Any]
    key: str
    idempotency_key: str | None
    version: str | None
    headers: Mapping[str, str]


class FakeStripe:
    """One Stripe with accounts of its own. ``start`` makes it listen."""

    def __init__(self, clock: Callable[[], float], *, keep: Path | None = None) -> None:
        self._lock = threading.RLock()
        self._keep = keep
        self.state = State(clock, api_version=API_VERSION)
        self.faults = Faults()
        self.webhooks = Webhooks(self.state)
        self.requests: list[Asked] = []
        self.base = ""
        self._acts = Acts(self.state)
        self._reversals = Reversals(self.state)
        self._calls = Calls(self.state, self._acts, self._reversals, lambda: self.base)
        self._server: ThreadingHTTPServer | None = None
        if keep is not None and keep.exists():
            try:
                self.state.restore(json.loads(keep.read_text()))
            except (ValueError, TypeError) as error:
                raise SystemExit(UNREADABLE.format(keep)) from error

    # -- listening

    def start(self, port: int = 0, *, taken: socket | None = None) -> None:
        """Listen, at a port of this machine or at a socket that listens already."""
        handler = type("Bound", (Handler,), {"fake": self})
        self._server = _Server(("127.0.0.1", port), handler, bind_and_activate=taken is None)
        if taken is not None:
            self._server.socket.close()
            self._server.socket = taken
        self.base = f"http://127.0.0.1:{self._server.socket.getsockname()[1]}"
        serve = self._server.serve_forever
        threading.Thread(target=serve, args=(0.01,), name="fake-stripe", daemon=True).start()

    def stop(self) -> None:
        self.webhooks.stop()
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()

    # -- the API

    def call(
        self, method: str, path: str, encoded: str, *, key: str, headers: Mapping[str, str],
        failing: Fault | None = None,
    ) -> tuple[int, Thing, bool]:  # fmt: skip
        """Answer a request: the status, the body, and whether it was answered before."""
        with self._lock:
            name = headers.get("Idempotency-Key")
            try:
                params = forms.parsed(encoded)
                version = headers.get("Stripe-Version")
                self.requests.append(Asked(method, path, params, key, name, version, dict(headers)))
                account = self.state.account_of(key)
                self._calls.admit(account, method, path, params)
                asked = [method, path, params]
                known = name and idempotency.remembered(account, name, asked, now=self.state.now())
                if known:
                    return *known, True
            except StripeFault as fault:
                return fault.status, {"error": fault.error}, False
            answer = self._answered(account, asked, name, failing)
            if method == "POST" and name and (failing is None or failing.remembered):
                idempotency.remember(account, name, asked, answer, now=self.state.now())
            self._save()
            return *answer, False

    def _answered(
        self, account: Account, asked: list[Any], name: str | None, failing: Fault | None
    ) -> tuple[int, Thing]:
        if failing is not None:
            kind = "rate_limit_error" if failing.status == 429 else "api_error"
            return failing.status, {"error": {"type": kind, "message": "Scripted."}}
        method, path, params = asked
        try:
            return 200, self._calls.answer(account, method, path, params, name)
        except StripeFault as fault:
            return fault.status, {"error": fault.error}

    # -- what payers, banks and the dashboard do

    def __getattr__(self, name: str) -> Callable[..., Thing]:
        """Offer every act of ``Acts`` and ``Reversals``, one at a time: ``fake.settle(id)``."""
        if name.startswith("_"):
            raise AttributeError(name)
        for acts in (self._acts, self._reversals):
            act = getattr(acts, name, None)
            if act is not None:
                return lambda *args, **options: self._act(act, *args, **options)
        raise AttributeError(name)

    def _act(self, act: Callable[..., Thing], *args: Any, **options: Any) -> Thing:
        with self._lock:
            self._acts.expire_what_is_over()
            done = act(*args, **options)
            self._save()
            return done

    def visit(self, method: str, path: str, given: dict[str, str]) -> str:
        """Return a page, or the address to which its form leads."""
        with self._lock:
            if path in {"/", "/bank"}:
                for name, value in given.items():
                    self.control(name, {"id": value})
                return "/bank" if method == "POST" else page.bank_page(self.state)
            named = path.removeprefix("/c/pay/")
            account = self.state.owner_of(named)
            self._acts.expire_what_is_over()
            session = account.get(named, "checkout.session")
            about = account.objects[named + "/wanted"].get("description", "")
            how = given.get("how", "") if session["status"] == "open" else ""
            match how:
                case "card":
                    self._act(self._acts.pay_by_card, named)
                case "bank":
                    self._act(self._acts.pay_by_bank, named)
                case "bank-at-once":
                    intent = self._act(self._acts.pay_by_bank, named)
                    self._act(self._acts.settle, intent["id"])
                case "decline":
                    self._act(self._acts.decline, named)
                    return page.payment_page(session, about, declined=True)
                case _:
                    return page.payment_page(session, about)
            return str(session["success_url"]).replace("{CHECKOUT_SESSION_ID}", named)

    def control(self, name: str, given: dict[str, Any]) -> Any:
        """Do what another process asks by ``POST /_test/<name>`` with a JSON object.

        ``endpoints`` takes ``key``, ``url`` and ``secret``; ``faults`` what ``Faults.add`` takes;
        ``webhooks`` what a ``Script`` has; ``events`` gives all of them; every other name is an
        act, with ``id`` and what else it takes.
        """
        match name:
            case "endpoints":
                self.deliver_to(given["url"], key=given["key"], secret=given["secret"])
            case "faults":
                self.faults.add(**given)
            case "webhooks":
                self.webhooks.script = Script(**given)
            case "events":
                return self.events
            case _:
                try:
                    act = getattr(self, name)
                except AttributeError:
                    raise StripeFault(404, f"There is no control {name!r}.") from None
                return act(given.pop("id"), **given)
        return {"done": True}

    # -- what tests ask

    @property
    def events(self) -> list[Thing]:
        """Every event of every account since this fake was made, oldest first."""
        return [event for _account, event in self.state.happened]

    def deliver_to(self, target: str | Deliver, *, key: str, secret: str) -> None:
        """Send the events of a key's account to an address, or to a function by ``deliver``."""
        self.webhooks.deliver_to(target, key=key, secret=secret)

    def deliver(self, **script: Any) -> list[int]:
        """Deliver what waits for functions, as badly as a ``Script`` says; return the answers."""
        return self.webhooks.deliver(Script(**script))

    def _save(self) -> None:
        if self._keep is None:
            return
        unfinished = self._keep.with_name(self._keep.name + ".part")
        unfinished.write_text(json.dumps(self.state.kept()))
        unfinished.replace(self._keep)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A connection that we ended ourselves is no news; all else is."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


if __name__ == "__main__":
    from tests.fakes.stripe_parts.command import main

    main()
