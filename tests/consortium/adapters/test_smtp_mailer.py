"""What a mail looks like on the wire, as a real SMTP server receives it."""

import email
from collections.abc import Callable
from datetime import UTC, datetime
from email import policy

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from consortium.adapters.icalendar_writer import IcalendarWriter
from consortium.adapters.smtp_mailer import SmtpMailer
from consortium.ports import (
    Attachment,
    DatedEvent,
    GatewayRefused,
    Mailbox,
    Method,
)
from tests.consortium.adapters.smtp_server import MAIL_FROM, Server, written

pytestmark = pytest.mark.pure

HEADERS = ["From", "To", "Subject", "Date", "Message-ID", "Reply-To", "Auto-Submitted"]


def test_mail_arrives_with_its_headers_and_both_parts(
    server: Server, send: Callable[..., None], noon: datetime
) -> None:
    send(
        html="<p>Hello – Zoë.</p>",
        text="Hello – Zoë.\n",
        subject="Grüße für Zoë",
        from_name="Lakeshore “LMC” Partnership",
        reply_to="hello@lakeshore.example.org",
    )

    mail = server.mail()
    assert {name: str(mail[name]) for name in HEADERS} == {
        "From": "Lakeshore “LMC” Partnership via Consortium <no-reply@consortium.example.org>",
        "To": "ada@example.org",
        "Subject": "Grüße für Zoë",
        "Date": "Mon, 02 Mar 2026 12:00:00 +0000",
        "Message-ID": "<1@consortium.example.org>",
        "Reply-To": "hello@lakeshore.example.org",
        "Auto-Submitted": "auto-generated",
    }
    assert mail.get_content_type() == "multipart/alternative"
    text, html = mail.iter_parts()
    assert text.get_content() == "Hello – Zoë.\r\n"
    assert html.get_content() == "<p>Hello – Zoë.</p>\r\n"
    envelope = server.accepted[0]
    assert envelope.mail_from == "no-reply@consortium.example.org"
    assert envelope.rcpt_tos == ["ada@example.org"]


def invitation() -> bytes:
    return IcalendarWriter().write(
        [
            DatedEvent(
                uid="1@consortium.example.org",
                sequence=0,
                summary="Opening – Zoë’s welcome",
                starts=datetime(2026, 5, 1, 9, 0),
                ends=datetime(2026, 5, 1, 10, 0),
                time_zone="America/New_York",
                changed_at=datetime(2026, 3, 2, tzinfo=UTC),
            )
        ],
        method=Method.REQUEST,
        organizer=Mailbox(name="Lakeshore", email="hello@lakeshore.example.org"),
        attendee=Mailbox(name="Ada", email="ada@example.org"),
    )


def test_invitation_is_found_by_mail_programs_and_parses(
    server: Server, send: Callable[..., None]
) -> None:
    ics = invitation()
    send(
        html="<p>Hello.</p>",
        attachments=(
            Attachment(
                filename="invitation.ics",
                content_type="text/calendar",
                content=ics,
                method="REQUEST",
            ),
        ),
    )

    mail = server.mail()
    assert mail.get_content_type() == "multipart/mixed"
    alternatives, attached = mail.iter_parts()
    kinds = [part.get_content_type() for part in alternatives.iter_parts()]
    assert kinds == ["text/plain", "text/html", "text/calendar"]
    calendar = list(alternatives.iter_parts())[2]
    assert calendar["Content-Type"].params == {"method": "REQUEST", "charset": "utf-8"}
    assert calendar.get_payload(decode=True) == ics
    (event,) = icalendar.Calendar.from_ical(calendar.get_payload(decode=True)).walk("VEVENT")
    assert event["SUMMARY"] == "Opening – Zoë’s welcome"
    assert attached.get_filename() == "invitation.ics"
    assert attached.get_content_type() == "application/ics"
    assert attached.get_payload(decode=True) == ics


def test_published_calendar_and_other_files_are_attached_as_they_are(
    server: Server, send: Callable[..., None]
) -> None:
    send(
        attachments=(
            Attachment(
                filename="programme.ics",
                content_type="text/calendar",
                content=b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
                method="PUBLISH",
            ),
            Attachment(
                filename="Zoë’s list.xlsx", content_type="application/zip", content=b"\x00\xff"
            ),
        )
    )

    calendar, sheet = server.mail().iter_attachments()
    assert calendar["Content-Type"].params == {"method": "PUBLISH", "charset": "utf-8"}
    assert calendar.get_payload(decode=True) == b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
    assert (sheet.get_filename(), sheet.get_content()) == ("Zoë’s list.xlsx", b"\x00\xff")


@pytest.mark.parametrize(
    "to", ["", "ada", "ada@example.org\nBcc: eve@example.org", "a@b.org, c@d.org", "a\x00@b.org"]
)
def test_what_is_no_address_is_refused(to: str) -> None:
    mailer = SmtpMailer("smtp://localhost", mail_from=MAIL_FROM)

    with pytest.raises(GatewayRefused):
        mailer.compose(written(to=to))


def test_international_domain_travels_in_ascii() -> None:
    mailer = SmtpMailer("smtp://localhost", mail_from=MAIL_FROM)

    assert str(mailer.compose(written(to="ada@schüle.example"))["To"]) == (
        "ada@xn--schle-mva.example"
    )


@given(
    subject=st.text(max_size=200),
    from_name=st.text(max_size=200),
    text=st.text(st.characters(exclude_categories=["Cs"]), max_size=400),
)
def test_no_text_can_add_a_header_or_a_part(subject: str, from_name: str, text: str) -> None:
    mailer = SmtpMailer("smtp://localhost", mail_from=MAIL_FROM)

    wire = mailer.compose(
        written(subject=subject, from_name=from_name, text=text, html="<p>x</p>")
    ).as_bytes()

    mail = email.message_from_bytes(wire, policy=policy.default)
    assert sorted(mail.keys()) == sorted(
        [
            "From",
            "To",
            "Subject",
            "Date",
            "Message-ID",
            "Auto-Submitted",
            "MIME-Version",
            "Content-Type",
        ]
    )
    assert [part.get_content_type() for part in mail.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]
    assert [address.addr_spec for address in mail["From"].addresses] == [
        "no-reply@consortium.example.org"
    ]
