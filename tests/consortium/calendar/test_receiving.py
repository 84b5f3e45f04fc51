"""Answers to invitations that come by mail: taken, or left alone with a line that says why."""

import dataclasses
from collections.abc import Callable
from email.message import EmailMessage
from typing import Any

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import select

from consortium.audit.models import AuditEntry
from consortium.calendar.commands import NOBODY, SAID
from consortium.calendar.domain.reply_addresses import reply_address
from consortium.calendar.models import CalendarInvitation
from consortium.calendar.service.answers import Outcome
from consortium.database import db
from consortium.outbox.commands import mail
from consortium.people.models import Person
from consortium.ports import Method
from consortium.tenants.models import Tenant
from tests.factories import make_institute, make_person

BOX = "rsvp@mail.example.org"
SECRET = "only-for-tests-" + "x" * 32
ANA = "ana@x.org"
UID = "e6a5c5de-8a46-4a65-9d8a-6f0b6c1c4a01"

Receive = Callable[[bytes], Result]


@pytest.fixture
def ana(tenant: Tenant) -> Person:
    person = make_person(ANA, "Ana")
    db.session.add(
        CalendarInvitation(
            person_id=person.id,
            institute_id=make_institute().id,
            uid=UID,
            sequence=3,
            method=Method.REQUEST,
        )
    )
    db.session.commit()
    return person


@pytest.fixture
def address(ana: Person) -> str:
    return reply_address(BOX, SECRET, ana.id)


@pytest.fixture
def receive(app: Flask, ana: Person, monkeypatch: pytest.MonkeyPatch) -> Receive:
    known = dataclasses.replace(app.extensions["settings"], calendar_replies=BOX)
    monkeypatch.setitem(app.extensions, "settings", known)
    return lambda raw: CliRunner().invoke(mail, ["receive"], input=raw)


def ics(answer: str = "ACCEPTED", *, method: str = "REPLY", sequence: int = 3, **lines: str) -> str:
    """Return an answer as programs write it; more lines replace those of the same name."""
    said = {
        "UID": f"UID:{UID}",
        "SEQUENCE": f"SEQUENCE:{sequence}",
        "DTSTAMP": "DTSTAMP:20260302T110000Z",
        "ORGANIZER": f"ORGANIZER:mailto:{BOX}",
        "ATTENDEE": f"ATTENDEE;CN=Ana;PARTSTAT={answer}:mailto:{ANA}",
        **lines,
    }
    event = ["BEGIN:VEVENT", *filter(None, said.values()), "END:VEVENT"]
    asks = [f"METHOD:{method}"] if method else []
    calendar = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//y//", *asks, *event]
    return "\r\n".join([*calendar, "END:VCALENDAR", ""])


def message(to: str, calendar: str, *, cte: str = "7bit", method: str = "REPLY") -> bytes:
    written = EmailMessage()
    written["From"], written["To"], written["Subject"] = ANA, to, "Accepted: Keynote"
    written.set_content("Ana has accepted.")
    written.add_alternative(
        calendar, subtype="calendar", cte=cte, params={"method": method, "name": "r.ics"}
    )
    return written.as_bytes()


def row() -> CalendarInvitation:
    db.session.expire_all()
    return db.session.scalars(select(CalendarInvitation)).one()


@pytest.mark.parametrize("cte", ["7bit", "base64", "quoted-printable"])
@pytest.mark.parametrize("answer", ["ACCEPTED", "TENTATIVE", "DECLINED"])
def test_an_answer_is_noted_once_and_on_record(
    receive: Receive, address: str, answer: str, cte: str
) -> None:
    raw = message(address, ics(answer, COMMENT="COMMENT:I am\\nill\\, sorry"), cte=cte)

    first, again = receive(raw), receive(raw)

    assert (first.exit_code, first.output) == (0, f"{SAID[Outcome.TAKEN]}\n")
    assert (again.exit_code, again.output) == (0, f"{SAID[Outcome.KNOWN]}\n")
    assert (row().answer, row().comment) == (answer, "I am ill, sorry")
    (entry,) = db.session.scalars(
        select(AuditEntry).where(AuditEntry.act == "answer_invitation")
    ).all()
    assert (entry.actor, entry.after) == (ANA, {"answer": answer, "uid": UID})


def test_the_address_may_be_known_from_the_last_mile_or_the_organizer(
    receive: Receive, address: str
) -> None:
    raw = message(BOX, ics(ORGANIZER=f"ORGANIZER:mailto:{address}"))

    assert receive(raw).output == f"{SAID[Outcome.TAKEN]}\n"
    delivered = b"Delivered-To: " + address.upper().encode() + b"\n" + message(BOX, ics("DECLINED"))
    assert receive(delivered).output == f"{SAID[Outcome.TAKEN]}\n"


@pytest.mark.parametrize(
    ("calendar", "outcome"),
    [
        (ics(sequence=2), Outcome.OLD),
        (ics(sequence=4), Outcome.OLD),
        (ics(UID="UID:another"), Outcome.STRANGER),
        (ics(ATTENDEE="ATTENDEE;PARTSTAT=ACCEPTED:mailto:eve@x.org"), Outcome.STRANGER),
        (ics("DELEGATED"), Outcome.NO_ANSWER),
        (ics("NEEDS-ACTION"), Outcome.NO_ANSWER),
        (ics(method="COUNTER"), Outcome.NO_ANSWER),
        (ics(method="REFRESH"), Outcome.NO_ANSWER),
        (ics(ATTENDEE=""), Outcome.NO_ANSWER),
        (
            ics(MORE=f"ATTENDEE;PARTSTAT=DECLINED:mailto:{ANA}"),
            Outcome.NO_ANSWER,
        ),
    ],
)
def test_what_is_no_answer_of_this_person_changes_nothing(
    receive: Receive, address: str, calendar: str, outcome: Outcome
) -> None:
    said = receive(message(address, calendar))

    assert (said.exit_code, said.output) == (0, f"{SAID[outcome]}\n")
    assert row().answer is None


def test_an_answer_that_was_overtaken_on_the_way_is_not_taken(
    receive: Receive, address: str
) -> None:
    receive(message(address, ics("DECLINED", DTSTAMP="DTSTAMP:20260302T113000Z")))

    late = receive(message(address, ics("ACCEPTED", DTSTAMP="DTSTAMP:20260302T112900Z")))

    assert (late.output, row().answer) == (f"{SAID[Outcome.OLD]}\n", "DECLINED")


def test_several_events_are_each_answered_with_a_line(receive: Receive, address: str) -> None:
    one = ics()
    event = one[one.index("BEGIN:VEVENT") : one.index("END:VCALENDAR")]
    two = one.replace("END:VCALENDAR", event.replace(UID, "another") + "END:VCALENDAR")

    said = receive(message(address, two))

    assert said.output.splitlines() == [SAID[Outcome.TAKEN], SAID[Outcome.STRANGER]]


def test_a_forged_address_is_nobodys(receive: Receive, address: str) -> None:
    said = receive(message(address.replace("+", "+a"), ics()))

    assert (said.exit_code, said.output) == (1, f"{NOBODY}\n")
    assert row().answer is None


def test_without_a_mailbox_for_answers_none_is_taken(app: Flask, ana: Person, address: str) -> None:
    said = CliRunner().invoke(mail, ["receive"], input=message(address, ics()))

    assert (said.exit_code, row().answer) == (1, None)


def broken() -> dict[str, Any]:
    good = ics()
    nested = b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(3000)
    )
    return {
        "nothing": b"",
        "noise": bytes(range(256)) * 40,
        "no calendar": message("TO", "hello"),
        "no method": message("TO", ics(method="")),
        "an unknown charset": message("TO", good).replace(b"utf-8", b"x-none"),
        "bad base64": message("TO", good, cte="base64").replace(b"QkVH", b"\xff\xfe!"),
        "a NUL": message("TO", good.replace("Ana", "A\0na")),
        "cut off": message("TO", good)[:-120],
        "parts in parts": b"To: TO\nMIME-Version: 1.0\n" + nested,
        "calendars in calendars": message("TO", "BEGIN:VCALENDAR\r\n" * 5000),
        "a huge line": message("TO", ics(COMMENT="COMMENT:" + "x" * 90_000)),
        "huge": message("TO", ics(COMMENT="COMMENT:" + "x" * 2_000_000)),
        "a wrong moment": message("TO", ics(DTSTAMP="DTSTAMP:yesterday")),
        "a wrong number": message("TO", ics(SEQUENCE="SEQUENCE:-1e9")),
    }


@pytest.mark.parametrize("name", sorted(broken()))
def test_whatever_comes_ends_in_a_line_and_not_in_a_trace(
    receive: Receive, address: str, name: str
) -> None:
    said = receive(broken()[name].replace(b"TO", address.encode()))

    assert said.exception is None or isinstance(said.exception, SystemExit)
    assert said.exit_code in {0, 1}
    assert said.output.strip()


def test_a_bounce_is_settled_by_the_same_command(receive: Receive) -> None:
    said = receive(b"Subject: Undelivered\n\n550 5.1.1 no such user\n")

    assert (said.exit_code, "speaks of no mail" in said.output) == (1, True)
