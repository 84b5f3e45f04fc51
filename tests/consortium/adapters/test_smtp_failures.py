"""Which failures of the mail server are worth another try."""

import socket
import ssl
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from consortium.adapters.smtp_mailer import SmtpMailer
from consortium.ports import GatewayDown, GatewayRefused, GatewayUnreachable
from tests.consortium.adapters.smtp_server import MAIL_FROM, Server, free_port, listening, written

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("stage", "answer", "raised"),
    [
        ("on_rcpt", "450 greylisted", GatewayDown),
        ("on_rcpt", "452 mailbox full", GatewayDown),
        ("on_rcpt", "550 no such mailbox", GatewayRefused),
        ("on_data", "451 try later", GatewayDown),
        ("on_data", "554 looks like spam", GatewayRefused),
        ("on_mail", "451 busy", GatewayDown),
        ("on_mail", "552 too big", GatewayRefused),
        ("on_rcpt", "421 going away", GatewayUnreachable),
        ("on_data", "drop", GatewayDown),
    ],
)
def test_answer_of_the_server_says_whether_to_try_again(
    server: Server, send: Callable[..., None], stage: str, answer: str, raised: type[Exception]
) -> None:
    setattr(server, stage, answer)

    with pytest.raises((GatewayDown, GatewayRefused)) as error:
        send()

    assert type(error.value) is raised
    assert server.accepted == []


def test_server_that_is_not_there_is_unreachable() -> None:
    mailer = SmtpMailer(f"smtp://127.0.0.1:{free_port()}", mail_from=MAIL_FROM)

    with pytest.raises(GatewayUnreachable):
        mailer.send(written())


def test_server_that_says_nothing_is_unreachable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("consortium.adapters.smtp_mailer.PATIENCE", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        mailer = SmtpMailer(f"smtp://127.0.0.1:{silent.getsockname()[1]}", mail_from=MAIL_FROM)
        with pytest.raises(GatewayUnreachable):
            mailer.send(written())


def test_server_that_does_not_offer_the_tls_we_want_is_unreachable(server: Server) -> None:
    with listening(server) as port:
        mailer = SmtpMailer(f"smtp://127.0.0.1:{port}?starttls", mail_from=MAIL_FROM)
        with pytest.raises(GatewayUnreachable):
            mailer.send(written())

    assert server.accepted == []


@pytest.mark.parametrize(("password", "gets_in"), [("p@ss/word", True), ("wrong", False)])
def test_wrong_password_is_no_reason_to_lose_mail(
    server: Server,
    password: str,
    gets_in: bool,
) -> None:
    def check(_server: SMTP, _session: Session, _envelope: Envelope, _how: str, data: Any) -> Any:
        right = (data.login, data.password) == (b"us", b"p@ss/word")
        return AuthResult(success=right, handled=False)

    with listening(server, authenticator=check, auth_require_tls=False) as port:
        quoted = password.replace("@", "%40").replace("/", "%2F")
        mailer = SmtpMailer(f"smtp://us:{quoted}@127.0.0.1:{port}", mail_from=MAIL_FROM)
        if gets_in:
            mailer.send(written())
        else:
            with pytest.raises(GatewayUnreachable, match="535"):
                mailer.send(written())

    assert len(server.accepted) == gets_in


@pytest.mark.parametrize(
    "url",
    [
        "",
        "mail.example.org",
        "http://mail.example.org",
        "smtp://",
        "smtp://mail.example.org?tls",
        "smtp://us:secret@mail.example.org",
        "smtp://mail.example.org:port",
    ],
)
def test_unusable_url_is_refused_at_the_start(url: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        SmtpMailer(url, mail_from=MAIL_FROM)


def test_unusable_sender_is_refused_at_the_start() -> None:
    with pytest.raises(ValueError, match="MAIL_FROM"):
        SmtpMailer("smtp://localhost", mail_from="Consortium")


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """Make a certificate for 127.0.0.1 that nobody trusts yet."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail.test")])
    began = datetime(2020, 1, 1, tzinfo=UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(began)
        .not_valid_after(began + timedelta(days=36500))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path / "mail.pem"
    path.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return path


@pytest.mark.parametrize("trusted", [True, False])
@pytest.mark.parametrize("scheme", ["smtps", "smtp"])
def test_server_must_show_a_certificate_we_trust(
    server: Server,
    certificate: Path,
    scheme: str,
    trusted: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    options = {"ssl_context": context} if scheme == "smtps" else {"tls_context": context}
    with listening(server, **options) as port:
        query = "" if scheme == "smtps" else "?starttls"
        mailer = SmtpMailer(f"{scheme}://127.0.0.1:{port}{query}", mail_from=MAIL_FROM)
        if trusted:
            mailer.send(written())
        else:
            with pytest.raises(GatewayUnreachable, match="certificate"):
                mailer.send(written())

    assert len(server.accepted) == trusted
