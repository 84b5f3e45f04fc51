"""Two and six weeks after they met, both are asked how it goes: once each, and counted."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from cohorts.matching import service as matching
from cohorts.matching.domain.following_up import due_number
from cohorts.matching.jobs import ask_how_it_goes
from cohorts.matching.models import FollowUp
from cohorts.matching.service.following import outcomes_of
from consortium import clock
from consortium.database import db
from consortium.outbox.models import OutboxEmail
from consortium.people.models import Person
from consortium.people.service import consents
from events.institutes.models import Institute
from tests.browser import Browser
from tests.cohorts.matching.meeting import PAGE, person
from tests.factories import NOON
from tests.reading import main, words

ANA, BEN, CY = (f"{name}@example.org" for name in ("ana", "ben", "cy"))


@pytest.mark.pure
def test_a_question_is_due_for_two_weeks() -> None:
    days = {
        day: due_number(NOON, NOON + timedelta(days=day)) for day in (0, 13, 14, 27, 28, 42, 56)
    }

    assert days == {0: None, 13: None, 14: 1, 27: 1, 28: None, 42: 2, 56: None}


def later(monkeypatch: pytest.MonkeyPatch, days: int) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON + timedelta(days=days))


def waiting(to: str) -> list[str]:
    mails = select(OutboxEmail.subject).where(
        OutboxEmail.to == to,
        OutboxEmail.about.startswith("follow_up"),
        OutboxEmail.settled_at.is_(None),
    )
    return sorted(db.session.scalars(mails))


def test_both_are_asked_once_each_time_and_nobody_whose_match_ended(
    app: Flask, met: Institute, monkeypatch: pytest.MonkeyPatch
) -> None:
    later(monkeypatch, 14)
    matching.decline_peer(met.id, person(ANA), person(CY), by=ANA)
    db.session.commit()
    asked = ask_how_it_goes(app), ask_how_it_goes(app)
    to_ana = waiting(ANA)
    consents.withdraw_consent(person(CY), met.id)
    db.session.commit()
    later(monkeypatch, 42)

    assert asked == (4, 0)
    assert to_ana == ["Have you and Ben talked?"]
    assert waiting(BEN) == ["Have you and Ana talked?"]
    assert (ask_how_it_goes(app), ask_how_it_goes(app)) == (2, 0)


def test_hosts_read_numbers_and_only_what_is_shared(
    app: Flask,
    client: Browser,
    coordinator: Person,
    met: Institute,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    later(monkeypatch, 15)
    db.session.commit()
    ask_how_it_goes(app)
    questions = {
        row.person_id: row.id for row in db.session.scalars(select(FollowUp).order_by(FollowUp.id))
    }
    said = {"talked": "yes", "useful": "somewhat", "words": "Secret words"}
    client.sign_in(ANA)
    page = f"{PAGE}/how-it-goes/{questions[person(ANA)]}"
    wrong = client.post(page, data={"talked": "yes", "useful": "", "action_key": "w"})
    client.post(page, data={**said, "action_key": "a"})
    client.sign_in(BEN)
    strange = client.get(page).status_code
    client.post(
        f"{PAGE}/how-it-goes/{questions[person(BEN)]}",
        data={"talked": "no", "words": "Shared words", "shares_words": "y", "needs_help": "y",
              "action_key": "b"},
    )  # fmt: skip
    client.sign_in(coordinator.email)
    host = words(main(client.get("/lakeshore/manage/institutes/summer/peers").text))

    assert (wrong.status_code, strange) == (422, 404)
    found = outcomes_of(met.id)
    assert (found.tally.asked, found.tally.answered, found.tally.talked) == (6, 2, 1)
    assert (found.tally.useful, found.tally.help, found.want_help) == (1, 1, ["Ben"])
    assert "Shared words" in host
    assert "Secret words" not in host
