"""An SMTP server, and the mailer that knows it."""

from collections.abc import Callable, Iterator

import pytest

from consortium.adapters.smtp_mailer import SmtpMailer
from tests.consortium.adapters.smtp_server import MAIL_FROM, Server, listening, written


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def send(server: Server) -> Iterator[Callable[..., None]]:
    with listening(server) as port:
        mailer = SmtpMailer(f"smtp://127.0.0.1:{port}", mail_from=MAIL_FROM)
        yield lambda **values: mailer.send(written(**values))
