"""Mail by SMTP: the only module that knows how a mail looks on the wire."""

import smtplib
import ssl
from contextlib import suppress
from email import policy
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import parseaddr
from urllib.parse import parse_qsl, unquote, urlsplit

from email_validator import EmailNotValidError, validate_email

from consortium import clock
from consortium.ports import (
    Email,
    GatewayDown,
    GatewayRefused,
    GatewayUnreachable,
    Mailer,
)
from consortium.settings import is_loopback

PORTS = {"smtp": 25, "smtps": 465}
SUBMISSION = 587  # where STARTTLS is the custom, so that it needs not be asked for
PATIENCE = 10.0  # seconds for each answer of the server; a lease of a minute outlasts a mail
GOING_AWAY, FOR_GOOD = 421, 500
ON_THE_WIRE = policy.SMTP.clone(cte_type="7bit")
INVITES = frozenset({"REQUEST", "CANCEL"})


class SmtpMailer(Mailer):
    """Hands each mail to one SMTP server, over a connection of its own."""

    def __init__(self, url: str, *, mail_from: str) -> None:
        """Read ``smtp://user:password@host:587``, ``smtps://host`` or ``smtp://host?starttls``.

        Raises ``ValueError`` when the URL is none of these, or would send a password in clear.
        """
        parts = urlsplit(url)
        if parts.scheme not in PORTS or not parts.hostname:
            raise ValueError("SMTP_URL must look like smtp://user:password@host:587")
        options = dict(parse_qsl(parts.query, keep_blank_values=True))
        if set(options) - {"starttls"}:
            raise ValueError("SMTP_URL knows one option: ?starttls")
        self._host = parts.hostname
        self._port = parts.port or PORTS[parts.scheme]
        self._tls = parts.scheme == "smtps"
        self._starttls = not self._tls and ("starttls" in options or self._port == SUBMISSION)
        self._user = unquote(parts.username or "")
        self._password = unquote(parts.password or "")
        if self._user and not (self._tls or self._starttls or is_loopback(url)):
            raise ValueError("SMTP_URL has a password: use smtps://, or add ?starttls")
        self._name, self._address = parseaddr(mail_from)
        local, _, self._domain = self._address.rpartition("@")
        if not (local and self._domain):
            raise ValueError("MAIL_FROM must look like Consortium <no-reply@example.org>")

    def send(self, email: Email) -> None:
        """Send; 4xx and a busy mailbox are ``GatewayDown``, 5xx ``GatewayRefused``.

        What concerns every mail (no connection, no certificate, a wrong password) is
        ``GatewayUnreachable``: no mail may be lost over it. A connection that ends in the middle
        of a mail may be that mail's doing, so it is ``GatewayDown`` and others go on.
        """
        to = _on_the_wire(email.to)
        message = self.compose(email)
        try:
            connection = self._connect()
        except (OSError, smtplib.SMTPException) as error:
            raise GatewayUnreachable(_in_words(error)) from error
        try:
            connection.send_message(message, from_addr=self._address, to_addrs=[to])
        except smtplib.SMTPRecipientsRefused as error:
            code, words = error.recipients[to]
            raise _answer(code, words) from error
        except smtplib.SMTPResponseException as error:
            raise _answer(error.smtp_code, error.smtp_error) from error
        except (OSError, smtplib.SMTPServerDisconnected) as error:
            raise GatewayDown(_in_words(error)) from error
        else:
            # The mail is out; whatever goes wrong with the goodbye must not send it again.
            with suppress(OSError, smtplib.SMTPException):
                connection.quit()
        finally:
            connection.close()

    def compose(self, email: Email) -> EmailMessage:
        """Return the mail as it will travel; raise ``GatewayRefused`` when it cannot."""
        message = EmailMessage(policy=ON_THE_WIRE)
        try:
            message["From"] = self._sender(email.from_name)
            message["To"] = Address(addr_spec=_on_the_wire(email.to))
            message["Subject"] = _one_line(email.subject)
            message["Date"] = clock.now()
            if email.message_id:
                message["Message-ID"] = email.message_id
            if email.reply_to:
                message["Reply-To"] = Address(addr_spec=_on_the_wire(email.reply_to))
            message["Auto-Submitted"] = "auto-generated"
            message.set_content(email.text)
            if email.html:
                message.add_alternative(email.html, subtype="html")
            _attach(message, email)
        except (ValueError, MessageError) as error:
            raise GatewayRefused(f"this mail cannot be written: {error}") from error
        return message

    def _sender(self, from_name: str | None) -> Address:
        own = self._name or "Consortium"
        name = f"{_one_line(from_name)} via {own}" if from_name else own
        return Address(display_name=name, addr_spec=self._address)

    def _connect(self) -> smtplib.SMTP:
        connection: smtplib.SMTP
        if self._tls:
            connection = smtplib.SMTP_SSL(
                self._host,
                self._port,
                local_hostname=self._domain,
                timeout=PATIENCE,
                context=ssl.create_default_context(),
            )
        else:
            connection = smtplib.SMTP(
                self._host, self._port, local_hostname=self._domain, timeout=PATIENCE
            )
        try:
            connection.ehlo_or_helo_if_needed()
            if self._starttls:
                connection.starttls(context=ssl.create_default_context())
            if self._user:
                connection.login(self._user, self._password)
        except BaseException:
            connection.close()
            raise
        return connection


def _attach(message: EmailMessage, email: Email) -> None:
    """Attach the files. Mail programs look for an invitation among the alternatives of the text.

    Those that do not understand it there find the same file attached, named as a plain file, so
    that nobody is shown two invitations.
    """
    invitation = next((file for file in email.attachments if file.method in INVITES), None)
    if invitation is not None:
        message.add_alternative(
            invitation.content.decode(),
            subtype="calendar",
            cte="base64",
            params={"method": invitation.method},
        )
    for file in email.attachments:
        content_type = "application/ics" if file is invitation else file.content_type
        kind, _, subtype = content_type.partition(";")[0].strip().partition("/")
        params = {"method": file.method} if file.method and file is not invitation else {}
        if kind == "text":
            params["charset"] = "utf-8"
        message.add_attachment(
            file.content,
            maintype=kind,
            subtype=subtype,
            filename=_one_line(file.filename),
            params=params,
        )


def _on_the_wire(address: str) -> str:
    try:
        found = validate_email(address, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError as error:
        raise GatewayRefused(f"this is no address: {error}") from error
    return str(found.ascii_email)


def _one_line(text: str) -> str:
    """Return the text without anything that could end a header."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _answer(code: int, words: bytes | str) -> GatewayDown | GatewayRefused:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    said = f"{code} {text}"
    if code == GOING_AWAY:
        return GatewayUnreachable(said)
    return GatewayRefused(said) if code >= FOR_GOOD else GatewayDown(said)


def _in_words(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
