"""HTTP in and out: Stripe's API, the pages, and controls for other processes."""

import base64
import json
import secrets
import socket
import time
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

from tests.fakes.stripe_parts import page
from tests.fakes.stripe_parts.errors import StripeFault
from tests.fakes.stripe_parts.faults import Fault, Kind

if TYPE_CHECKING:
    from tests.fakes.stripe_server import FakeStripe

GARBLED = b"<html><body>Bad gateway</body></html>"


class Handler(BaseHTTPRequestHandler):
    """Answers one connection. Each carries one request, so that nothing is left open."""

    fake: "FakeStripe"
    server_version, sys_version = "FakeStripe", ""

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def do_DELETE(self) -> None:
        self._answer()

    def log_message(self, *_words: Any) -> None:
        """Say nothing: the pages and the controls show what happened."""

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        where = urlsplit(self.path)
        try:
            if where.path.startswith("/v1/"):
                self._api(where.path, where.query if self.command == "GET" else body)
            elif where.path.startswith("/_test/"):
                self._control(where.path.removeprefix("/_test/"), body)
            else:
                self._show(where.path, dict(parse_qsl(body)))
        except StripeFault as fault:  # of a control or a page
            self._send(fault.status, "text/plain; charset=utf-8", str(fault).encode())
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def _api(self, path: str, encoded: str) -> None:
        fault = self.fake.faults.take(f"{self.command} {path}")
        if fault is not None and fault.kind in {Kind.RESET, Kind.GARBLED}:
            if fault.kind is Kind.RESET:
                self._reset()
            else:
                self._send(200, "text/html", GARBLED)
            return
        failing = fault if fault is not None and fault.kind is Kind.ERROR else None
        status, answer, again = self.fake.call(
            self.command, path, encoded, key=self._key(), headers=self.headers, failing=failing
        )
        self._late(fault)
        if fault is not None and fault.kind is Kind.LOST:
            self._reset()
            return
        more = {"Request-Id": f"req_{secrets.token_hex(7)}"}
        if again:
            more["Idempotent-Replayed"] = "true"
        self._send(status, "application/json", json.dumps(answer, indent=2).encode(), more)

    def _late(self, fault: Fault | None) -> None:
        if fault is not None and fault.seconds:
            time.sleep(fault.seconds)

    def _key(self) -> str:
        kind, _, credentials = (self.headers.get("Authorization") or "").partition(" ")
        if kind.lower() == "basic":
            return base64.b64decode(credentials).decode().rstrip(":")
        return credentials

    def _control(self, name: str, body: str) -> None:
        """Let another process do what tests do in this one. See ``FakeStripe.control``."""
        try:
            done = self.fake.control(name, json.loads(body) if body else {})
        except (KeyError, TypeError, ValueError) as error:
            raise StripeFault(400, f"{name} cannot do this: {error}") from error
        answer = json.dumps(done, indent=2).encode()
        self._send(200, "application/json", answer)

    def _show(self, path: str, given: dict[str, str]) -> None:
        if path == "/test.css":
            self._send(200, "text/css; charset=utf-8", page.STYLE.encode())
            return
        shown = self.fake.visit(self.command, path, given)
        if shown.startswith("<!doctype"):
            self._send(200, "text/html; charset=utf-8", shown.encode(), page.PROTECTION)
        else:
            self._send(303, "text/plain", b"", {"Location": shown})

    def _send(
        self, status: int, kind: str, body: bytes, more: dict[str, str] | None = None
    ) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, **(more or {})}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _reset(self) -> None:
        """End the connection the hard way, so that the other side sees a reset."""
        linger_not = (1).to_bytes(4, "little") + (0).to_bytes(4, "little")
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger_not)
        self.connection.close()
        raise ConnectionResetError
