"""Saying whether one comes, on a page, and what the hosts read."""

from typing import Any

import pytest
from flask import Flask

from consortium.people.models import Person
from events.agenda.jobs.declines import tell_of_declines
from events.institutes.models import Institute
from events.registration.models import Team
from tests.browser import Browser
from tests.calendars import deliver, sent_to
from tests.factories import make_session
from tests.reading import main, words

PAGE = "/lakeshore/institutes/summer/agenda/answers"


@pytest.fixture
def keynote(institute: Institute, team: Team) -> None:
    make_session(institute, "key", "2026-05-01T09:00", "2026-05-01T10:00")
    make_session(institute, "tbd", "2026-05-01T09:00", "2026-05-01T10:00", choice_group="a")


def test_an_answer_is_shown_can_be_changed_and_frees_nothing(
    signed_in: Browser, keynote: None
) -> None:
    page = words(main(signed_in.get(PAGE).text))
    assert "You have not answered yet." in page
    assert "An answer frees no place." in page

    for says, shown in (("ACCEPTED", "I will come"), ("DECLINED", "I cannot come")):
        signed_in.post(PAGE, data={"session": "key", "says": says})
        assert f"Your answer: {shown}" in words(main(signed_in.get(PAGE).text))
    agenda = words(main(signed_in.get(PAGE.removesuffix("/answers")).text))
    assert "Key" in agenda
    assert "All my answers" in agenda
    assert "Your answer: I cannot come" in agenda


def test_one_answers_on_the_agenda_itself(signed_in: Browser, keynote: None) -> None:
    agenda = PAGE.removesuffix("/answers")
    pressed = "button[aria-pressed=true]"
    page = main(signed_in.get(agenda).text)
    offered = [button["value"] for button in page.select("button[form=answering]")]
    assert offered == ["key:ACCEPTED", "key:TENTATIVE", "key:DECLINED"]
    assert page.select(pressed) == []

    answer = signed_in.post(PAGE, data={"reply": "key:TENTATIVE", "action_key": "1"})
    assert (answer.status_code, answer.location) == (302, f"{agenda}#at-key")
    page = main(signed_in.get(agenda).text)
    assert "Your answer: Maybe" in words(page)
    assert [button["value"] for button in page.select(pressed)] == ["key:TENTATIVE"]


def test_a_refused_answer_shows_the_agenda_again(signed_in: Browser, keynote: None) -> None:
    answer = signed_in.post(PAGE, data={"reply": "tbd:ACCEPTED"})

    assert answer.status_code == 422
    page = words(main(answer.text))
    assert "My agenda: Summer Institute" in page
    assert "There is nothing to answer." in page


def test_nobody_is_asked_about_what_is_over(signed_in: Browser, keynote: None, frozen: Any) -> None:
    frozen("2026-05-01T14:01+00:00")
    signed_in.sign_in("ana@x.org")
    page = main(signed_in.get(PAGE.removesuffix("/answers")).text)

    assert "Key" in words(page)
    assert page.select("button[form=answering]") == []


@pytest.mark.parametrize(
    "sent", [{"session": "key", "says": "PERHAPS"}, {"session": "tbd", "says": "ACCEPTED"}]
)
def test_nobody_answers_what_is_not_asked(
    signed_in: Browser, keynote: None, sent: dict[str, str]
) -> None:
    answer = signed_in.post(PAGE, data=sent)

    assert answer.status_code == 422
    assert "There is nothing to answer." in words(main(answer.text))


def test_hosts_read_counts_and_names_and_get_one_mail_the_next_morning(
    app: Flask,
    mailer: Any,
    signed_in: Browser,
    keynote: None,
    coordinator: Person,
    frozen: Any,
) -> None:
    signed_in.post(PAGE, data={"session": "key", "says": "DECLINED"})
    assert tell_of_declines(app) == 0  # the day is not over
    frozen("2026-03-03T12:00+00:00")
    assert tell_of_declines(app) == 1
    assert tell_of_declines(app) == 0
    deliver(app)

    (mail,) = sent_to(mailer, "hello@lakeshore.example.org")
    assert mail.subject == "People who cannot come to sessions: 1"
    assert "Ana: Key" in mail.text
    assert "/lakeshore/manage/institutes/summer/coming" in mail.text
    host = app.test_client()
    host.sign_in(coordinator.email)
    page = words(main(host.get("/lakeshore/manage/institutes/summer/coming").text))
    assert "Cannot come: 1. No answer: 0." in page
    assert "Ana: I cannot come" in page
