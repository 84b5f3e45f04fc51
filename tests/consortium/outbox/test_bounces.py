"""Mail that comes back: what a message says, and what is believed of it."""

from collections.abc import Callable, Iterator
from uuid import UUID, uuid4

import pytest
from click.testing import CliRunner
from flask import Flask

from consortium.database import db
from consortium.outbox import jobs
from consortium.outbox.commands import SAID, bounce
from consortium.outbox.domain.bounces import Fate, read_notice
from consortium.outbox.models import OutboxEmail
from consortium.outbox.service import mail_lost
from consortium.outbox.service.bounces import Outcome
from consortium.ports import GatewayRefused
from tests.consortium.outbox.conftest import ScriptedMailer, promised
from tests.consortium.verify.breaking import violations

ID = UUID("01a202c6-26e5-7c0b-8565-67649d685d0e")


def report(
    mail_id: object = ID,
    *,
    to: str = "ada@example.org",
    action: str = "failed",
    status: str = "5.1.1",
    host: str = "localhost",
) -> bytes:
    """Return a delivery status notification as a mail server writes it (RFC 3464)."""
    return f"""From: MAILER-DAEMON@mx.example.org
To: no-reply@localhost
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain; charset=us-ascii

This is the mail system. I'm sorry to have to inform you.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; {to}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 No such user

--b
Content-Type: message/rfc822

Message-ID: <{mail_id}@{host}>
To: {to}
Subject: Please confirm

Hello.
--b--
""".replace("\n", "\r\n").encode()


def plain(text: str, mail_id: object = ID) -> bytes:
    return f"""From: MAILER-DAEMON@mx.example.org
Subject: failure notice

{text}

--- Below this line is a copy of the message.

Message-ID: <{mail_id}@localhost>
Subject: Please confirm
""".encode()


@pytest.mark.pure
@pytest.mark.parametrize(
    ("message", "ids", "fate", "recipient"),
    [
        (report(), (ID,), Fate.LOST, "ada@example.org"),
        (report(action="delayed", status="4.4.1"), (ID,), Fate.DELAYED, "ada@example.org"),
        (report(action="failed", status="4.4.7"), (ID,), Fate.LOST, "ada@example.org"),
        (report(action="relayed", status="2.0.0"), (ID,), Fate.ARRIVED, "ada@example.org"),
        (report(host="other.example"), (), Fate.LOST, "ada@example.org"),
        (plain("550 5.1.1 <ada@example.org>: no such user"), (ID,), Fate.LOST, ""),
        (plain("Remote host said: 552 mailbox full"), (ID,), Fate.LOST, ""),
        (plain("452 4.2.2 over quota, will try again"), (ID,), Fate.DELAYED, ""),
        (plain("I am away until 15 May."), (ID,), Fate.UNKNOWN, ""),
        (b"", (), Fate.UNKNOWN, ""),
        (b"\xff\x00" * 1000, (), Fate.UNKNOWN, ""),
        (b"Content-Type: multipart/report; boundary=\n\n--\n--", (), Fate.UNKNOWN, ""),
        (
            b"Content-Type: message/delivery-status\n\nAction: failed\n\n",
            (),
            Fate.LOST,
            "",
        ),
    ],
)
def test_a_message_says_which_mail_it_is_about_and_what_became_of_it(
    message: bytes, ids: tuple[UUID, ...], fate: Fate, recipient: str
) -> None:
    notice = read_notice(message, host="localhost")

    assert (notice.mail_ids, notice.fate, notice.recipient) == (ids, fate, recipient)


@pytest.mark.pure
def test_what_the_server_said_is_kept_short_and_plain() -> None:
    notice = read_notice(report(), host="localhost")
    assert notice.why == "550 5.1.1 No such user"

    long = read_notice(plain("550 5.1.1 " + "x" * 9999 + "\x1b[0m"), host="localhost")
    assert (len(long.why), "\x1b" in long.why) == (300, False)


@pytest.fixture
def lost() -> Iterator[list[tuple[str, str]]]:
    heard: list[tuple[str, str]] = []

    def hear(mail: OutboxEmail, *, why: str) -> None:
        heard.append((mail.to, why))

    with mail_lost.connected_to(hear):
        yield heard


@pytest.fixture
def run(app: Flask) -> Callable[[bytes], tuple[int, str]]:
    def call(message: bytes) -> tuple[int, str]:
        result = CliRunner().invoke(bounce, input=message)
        return result.exit_code, result.output.strip()

    return call


@pytest.fixture
def sent(app: Flask, scripted: ScriptedMailer) -> OutboxEmail:
    row = promised()
    jobs.deliver_due(app)
    return row


def test_a_mail_that_came_back_is_settled_as_bounced_and_told_on(
    run: Callable[[bytes], tuple[int, str]], sent: OutboxEmail, lost: list[tuple[str, str]]
) -> None:
    assert run(report(sent.id)) == (0, SAID[Outcome.SETTLED])
    assert run(report(sent.id)) == (0, SAID[Outcome.KNOWN])

    db.session.refresh(sent)
    assert (sent.outcome, sent.last_error) == ("bounced", "550 5.1.1 No such user")
    assert lost == [("ada@example.org", "550 5.1.1 No such user")]
    assert violations("I26") == []


@pytest.mark.parametrize("forged", ["id", "recipient", "host"])
def test_a_forged_message_changes_nothing_and_says_so(
    run: Callable[[bytes], tuple[int, str]],
    sent: OutboxEmail,
    lost: list[tuple[str, str]],
    forged: str,
) -> None:
    message = {
        "id": report(uuid4()),
        "recipient": report(sent.id, to="eve@example.org"),
        "host": report(sent.id, host="evil.example"),
    }[forged]

    assert run(message) == (1, SAID[Outcome.UNKNOWN])
    assert (sent.outcome, lost) == ("sent", [])


def test_a_mail_that_is_only_late_is_left_alone(
    run: Callable[[bytes], tuple[int, str]], sent: OutboxEmail
) -> None:
    assert run(report(sent.id, action="delayed", status="4.4.1")) == (0, SAID[Outcome.NOT_LOST])
    assert sent.outcome == "sent"


def test_a_mail_that_was_never_sent_cannot_come_back(
    run: Callable[[bytes], tuple[int, str]],
) -> None:
    row = promised()

    assert run(report(row.id))[0] == 1
    assert row.settled_at is None


def test_a_mail_the_server_refuses_at_once_is_told_on_too(
    app: Flask, scripted: ScriptedMailer, lost: list[tuple[str, str]]
) -> None:
    promised()
    scripted.fails["ada@example.org"] = GatewayRefused("550 no such mailbox")

    jobs.deliver_due(app)

    assert lost == [("ada@example.org", "550 no such mailbox")]


def test_a_mail_that_came_too_late_is_no_lost_one(
    app: Flask, scripted: ScriptedMailer, lost: list[tuple[str, str]], noon: object
) -> None:
    row = promised(lapses_at=noon)
    jobs.deliver_due(app)

    assert (row.outcome, lost) == ("failed", [])
