from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from consortium import clock
from consortium.auth.models import SignInSession
from consortium.database import db, transaction
from consortium.demonstration.cast import CAST
from consortium.demonstration.service import MAILS_ON_A_PAGE
from consortium.outbox import service as outbox
from consortium.outbox.models import OutboxEmail
from consortium.people.models import Identity
from consortium.ports import Attachment, Email
from tests.acts import acts
from tests.browser import Browser
from tests.factories import make_tenant
from tests.queries import counting_queries

HTML = "<html><head><style>p { color: red }</style></head><body><p>Come</p></body></html>"


def promise(number: int = 1, **values: object) -> OutboxEmail:
    email = Email(
        **{  # type: ignore[arg-type]
            "to": f"reader{number}@example.org",
            "subject": f"Letter {number}",
            "text": f"Hello <b>you</b>\n\nhttp://localhost/lakeshore/{number}",
            "html": HTML,
            **values,
        }
    )
    with transaction():
        outbox.promise(email)
    return db.session.scalars(select(OutboxEmail).where(OutboxEmail.subject == email.subject)).one()


def test_the_page_offers_everyone_of_the_cast(client: Browser) -> None:
    page = BeautifulSoup(client.get("/demo").text, "html.parser")

    offered = [field["value"] for field in page.select("main input[name=who]")]
    assert offered == [character.key for character in CAST]
    for key in ("coordinator", "union-lead", "management-lead", "participant", "finance"):
        assert key in offered
    assert {"desk", "funder"} <= set(offered)


@pytest.mark.parametrize("character", CAST, ids=lambda character: character.key)
def test_one_click_signs_in(client: Browser, character: object) -> None:
    make_tenant(character.consortium)  # type: ignore[attr-defined]

    answer = client.post("/demo/sign-in", data={"who": character.key})  # type: ignore[attr-defined]

    assert answer.status_code == 302
    assert answer.location.startswith(f"/{character.consortium}")  # type: ignore[attr-defined]
    assert character.email in client.get("/demo").text  # type: ignore[attr-defined]
    assert acts() == ["become"]


def test_nobody_outside_the_story_can_be_tried(client: Browser) -> None:
    for who in ("", "owner@real.example.org", "Coordinator"):
        assert client.post("/demo/sign-in", data={"who": who}).status_code == 404
    assert db.session.scalars(select(SignInSession.id)).all() == []
    assert db.session.scalars(select(Identity.id)).all() == []


def rows(text: str) -> list[list[str]]:
    page = BeautifulSoup(text, "html.parser")
    return [
        [" ".join(cell.get_text(" ").split()) for cell in row.find_all(["th", "td"])]
        for row in page.select("tbody tr")
    ]


def test_mail_is_listed_newest_first_with_its_state(client: Browser, frozen: object) -> None:
    assert "No mail has been written yet." in client.get("/demo/mail").text
    first = promise(1)
    frozen("2026-03-02T12:01+00:00")  # type: ignore[operator]
    promise(2)
    with transaction():
        first.outcome, first.settled_at = outbox.SENT, clock.now()

    assert rows(client.get("/demo/mail").text) == [
        [
            "Letter 2",
            "reader2@example.org",
            "Monday, March 2, 2026 at 7:01 AM Eastern Time",
            "Waiting",
        ],
        [
            "Letter 1",
            "reader1@example.org",
            "Monday, March 2, 2026 at 7:00 AM Eastern Time",
            "Sent",
        ],
    ]


def test_much_mail_is_shown_in_pages(client: Browser) -> None:
    for number in range(MAILS_ON_A_PAGE + 1):
        promise(number)

    first, second = client.get("/demo/mail").text, client.get("/demo/mail?page=2").text

    assert (len(rows(first)), len(rows(second))) == (MAILS_ON_A_PAGE, 1)
    assert "Page 1 of 2" in first
    assert "/demo/mail?page=2" in first
    assert "Page 2 of 2" in second
    for odd in ("0", "-1", "99", "x", "1e3"):
        assert "of 2" in client.get(f"/demo/mail?page={odd}").text


def test_the_list_asks_the_same_number_of_questions_for_three_mails_as_for_one(
    client: Browser,
) -> None:
    def questions() -> int:
        with counting_queries() as count:
            client.get("/demo/mail")
        return len(count)

    promise(1)
    one = questions()
    promise(2)
    promise(3)

    assert questions() == one


def test_a_letter_shows_its_text_as_text_with_links_that_work(client: Browser) -> None:
    mail = promise(7, reply_to="answers@example.org", from_name="Lakeshore")

    answer = client.get(f"/demo/mail/{mail.id}")

    page = BeautifulSoup(answer.text, "html.parser")
    assert page.h1.get_text() == "Letter 7"
    assert "Hello &lt;b&gt;you&lt;/b&gt;" in answer.text
    assert page.select_one("main .panel a")["href"] == "http://localhost/lakeshore/7"
    facts = [fact.get_text(strip=True) for fact in page.select(".facts dd")]
    assert facts[:3] == ["reader7@example.org", "Lakeshore", "answers@example.org"]
    assert page.iframe["src"] == f"/demo/mail/{mail.id}/html"
    assert "frame-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


def test_the_html_of_a_letter_is_locked_in(app: Flask) -> None:
    mail = promise(7)
    plain = FlaskClient(app, app.response_class)  # mails may carry styles of their own

    answer = plain.get(f"/demo/mail/{mail.id}/html")

    assert answer.text == HTML.replace("<head>", '<head><base target="_top">')
    assert answer.headers["Content-Security-Policy"] == (
        "sandbox allow-top-navigation-by-user-activation; default-src 'none'; "
        "style-src 'unsafe-inline'; frame-ancestors 'self'"
    )


def test_files_of_a_letter_are_kept_never_shown_in_place(client: Browser) -> None:
    calendar = Attachment(
        filename="invite.ics",
        content_type="text/calendar; charset=utf-8",
        content=b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
        method="REQUEST",
    )
    mail = promise(7, attachments=(calendar,))
    page = BeautifulSoup(client.get(f"/demo/mail/{mail.id}").text, "html.parser")
    assert page.select_one("main ul a")["href"] == f"/demo/mail/{mail.id}/files/1"

    answer = client.get(f"/demo/mail/{mail.id}/files/1")

    assert answer.data == calendar.content
    assert answer.mimetype == "text/calendar"
    assert answer.headers["Content-Disposition"] == "attachment; filename=invite.ics"
    for number in ("0", "2"):
        assert client.get(f"/demo/mail/{mail.id}/files/{number}").status_code == 404


def test_a_mail_that_is_not_there_is_not_found(client: Browser) -> None:
    for path in ("", "/html", "/files/1"):
        assert client.get(f"/demo/mail/{uuid4()}{path}").status_code == 404
