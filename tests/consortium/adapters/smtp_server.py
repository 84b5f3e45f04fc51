"""A real SMTP server that does as it is told."""
# ruff: noqa: ARG002, N802  (aiosmtpd names its hooks and what they take)

import email
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from consortium.ports import Email

MAIL_FROM = "Consortium <no-reply@consortium.example.org>"


class Server:
    """Answers as scripted and keeps what it accepted."""

    def __init__(self) -> None:
        self.accepted: list[Envelope] = []
        self.on_rcpt = self.on_data = "250 OK"
        self.on_mail = "250 OK"

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.on_mail.startswith("250"):
            envelope.mail_from = address
        return self.on_mail

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.on_rcpt.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.on_rcpt

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.on_data.startswith("250"):
            self.accepted.append(envelope)
        if self.on_data == "drop":
            server.transport.close()
        return self.on_data

    def mail(self) -> EmailMessage:
        """Return the one mail that was accepted, as its reader parses it."""
        (envelope,) = self.accepted
        content = envelope.content
        assert isinstance(content, bytes)
        return email.message_from_bytes(content, policy=policy.default)  # type: ignore[return-value]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as chosen:
        port: int = chosen.getsockname()[1]
        return port


@contextmanager
def listening(server: Server, **options: Any) -> Iterator[int]:
    controller = Controller(server, hostname="127.0.0.1", port=free_port(), **options)
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


def written(**values: Any) -> Email:
    return Email(
        **{
            "to": "ada@example.org",
            "subject": "Hello",
            "text": "Hello.\n",
            "message_id": "<1@consortium.example.org>",
            **values,
        }
    )
