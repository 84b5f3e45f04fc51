from http import HTTPStatus

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from consortium.audit.models import AuditEntry
from consortium.database import db
from consortium.outbox.models import OutboxEmail
from consortium.tenants.models import Tenant
from events.institutes.models import Institute
from tests.browser import Browser
from tests.events.board.pages import HOME, page_of, rows, text_of
from tests.events.board.rows import address_of
from tests.factories import make_institute


def test_reminders_are_shown_before_they_are_sent(staff: Browser, institute: Institute) -> None:
    page = page_of(staff, "reminders")

    assert rows(page, "Members who were invited and have not confirmed: 1") == [
        ["=Ivy", "ivy@example.org", "Ridge"]
    ]
    assert rows(page, "Leads of teams that are still drafts: 1") == [
        [
            "Dee",
            "dee@example.org",
            (
                "Bay Association president: Nobody is named yet; at least 1 should come. "
                "Board member: Nobody is named yet; at least 1 should come."
            ),
        ]
    ]
    assert rows(page, "Leads of teams that are not complete: 1")[0][2] == (
        "Ridge Board member: Nobody is named yet; at least 1 should come."
    )
    ticked = [box["value"] for box in page.find_all("input", type="checkbox", checked=True)]
    assert ticked == ["confirm", "submit", "complete"]
    assert db.session.scalars(select(OutboxEmail)).all() == []


def test_remind_promises_mails_and_says_how_many(staff: Browser, institute: Institute) -> None:
    form = {"kinds": ["confirm", "submit"], "action_key": "k" * 20}

    response = staff.post(f"{HOME}/remind", data=form)

    assert response.location == f"{HOME}/reminders"
    promised = db.session.scalars(select(OutboxEmail.to).order_by(OutboxEmail.to)).all()
    assert promised == [address_of("Dee"), address_of("Ivy")]
    page = page_of(staff, "reminders")
    assert "Reminders on their way: 2." in text_of(page.main)
    assert "Had their reminder today and still owe an answer: 2." in text_of(page.main)
    assert [box["value"] for box in page.find_all("input", type="checkbox")] == ["complete"]


def test_the_same_form_sent_twice_is_one_act(staff: Browser, institute: Institute) -> None:
    form = {"kinds": "confirm", "action_key": "k" * 20}

    answers = [staff.post(f"{HOME}/remind", data=form).location for _ in range(2)]

    assert answers == [f"{HOME}/reminders"] * 2
    assert len(db.session.scalars(select(OutboxEmail)).all()) == 1
    assert len(db.session.scalars(select(AuditEntry)).all()) == 1


@pytest.mark.parametrize(
    ("kinds", "words"),
    [
        ([], "Choose at least one kind of reminder."),
        (["everyone"], "Choose from the list."),
    ],
)
def test_remind_without_a_known_kind_is_refused(
    staff: Browser, institute: Institute, kinds: list[str], words: str
) -> None:
    response = staff.post(f"{HOME}/remind", data={"kinds": kinds})

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    page = BeautifulSoup(response.text, "html.parser")
    assert words in text_of(page.find(class_="error-summary"))
    assert "=Ivy" in text_of(page.main)
    assert db.session.scalars(select(OutboxEmail)).all() == []


def test_remind_of_nobody_is_refused(staff: Browser, tenant: Tenant) -> None:
    make_institute()

    response = staff.post(f"{HOME}/remind", data={"kinds": "confirm"})

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Nobody needs this reminder now" in response.text
