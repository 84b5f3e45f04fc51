"""Asking for a mentor or a peer: offered, held while there is no room, answered (RU6)."""

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import select

from cohorts.matching import service as matching
from cohorts.matching.domain.asking import Places, RequestState, Room
from cohorts.matching.jobs import offer_held_requests
from cohorts.matching.models import PeerRequest
from cohorts.matching.service import Limit
from cohorts.matching.service.asking import ask_for_match, withdraw_request
from cohorts.matching.service.asking_pages import candidates_of
from cohorts.matching.service.granting import answer_request
from cohorts.matching.service.invariants import CHECKS
from consortium.database import db
from consortium.errors import Refusal
from consortium.outbox.models import OutboxEmail
from consortium.people.service import consents
from consortium.verify.service import examine
from events.institutes.models import Institute
from tests.browser import Browser
from tests.cohorts.matching.meeting import COORDINATOR, PAGE, bring, cards, person, published
from tests.factories import make_institute
from tests.queries import counting_queries

MO, ANA, BEN, CY, DI = (f"{name}@example.org" for name in ("mo", "ana", "ben", "cy", "di"))


@pytest.fixture
def cohort(app: Flask, tenant: object) -> Institute:
    """Return a cohort with a mentor, Mo, of cohort 1 who has two active matches, and Di."""
    institute = make_institute(kind="cohort")
    for number, email in enumerate((MO, ANA, BEN), start=1):
        bring(institute, number, {email: "superintendent"})
    with app.test_request_context():
        published(institute)
    for number, email in enumerate((CY, DI), start=4):
        bring(institute, number, {email: "superintendent"})
    matching.change_limit(person(MO), Limit(most=2, mentor=True, listed=True), by=MO)
    db.session.commit()
    return institute


def offer(app: Flask) -> int:
    db.session.commit()
    return offer_held_requests(app)


def state_of(request: PeerRequest) -> RequestState:
    db.session.refresh(request)
    return request.state


def test_a_third_request_to_a_mentor_at_the_limit_is_held_and_offered_when_there_is_room(
    app: Flask, client: Browser, cohort: Institute
) -> None:
    client.sign_in(DI)
    page = client.get(f"{PAGE}/ask").text
    form = client.get(f"{PAGE}/{person(MO)}/ask")
    asked = client.post(
        f"{PAGE}/{person(MO)}/ask", data={"action_key": "a", "words": "How did you\nbegin?"}
    )
    told = cards(client.get(PAGE).text)["Mo"]
    request = db.session.scalars(select(PeerRequest)).one()

    assert "Mentor" in cards(page)["Mo"]
    assert "your request is held" in cards(page)["Mo"]
    assert (form.status_code, asked.status_code) == (200, 302)
    assert "Held: mentor at limit" in told
    assert offer(app) == 0

    matching.decline_peer(cohort.id, person(MO), person(ANA), by=MO)
    assert (offer(app), offer(app)) == (1, 0)
    assert state_of(request) is RequestState.OFFERED
    mail = db.session.scalars(
        select(OutboxEmail).where(OutboxEmail.about == f"peer_request:{request.id}")
    ).one()
    assert (mail.to, mail.subject) == (MO, "Di asks you to be a mentor")
    assert "How did you" in mail.text
    client.sign_in(MO)
    before = cards(client.get(PAGE).text)["Di"]
    answer = f"{PAGE}/requests/{request.id}/answer"
    client.post(answer, data={"action_key": "y", "said": "yes"})
    after = cards(client.get(PAGE).text)["Di"]

    assert "How did you" in before
    assert "example.org" not in before
    assert "di@example.org" in after
    assert state_of(request) is RequestState.ACCEPTED
    assert [line for check in CHECKS for line in examine(check).violations] == []


def test_a_pause_holds_requests_and_a_no_is_told_without_a_reason(
    app: Flask, client: Browser, cohort: Institute
) -> None:
    matching.change_limit(person(CY), Limit(paused=True, listed=True), by=CY)
    request = ask_for_match(cohort.id, person(DI), person(CY), words="", by=DI)
    held = state_of(request)
    with pytest.raises(Refusal, match="asked this person already"):
        ask_for_match(cohort.id, person(DI), person(CY), words="", by=DI)
    matching.change_limit(person(CY), Limit(listed=True), by=CY)

    assert (held, offer(app)) == (RequestState.HELD, 1)
    answer_request(cohort.id, person(CY), request.id, by=CY, yes=False)
    client.sign_in(DI)
    assert "They cannot take it on now" in cards(client.get(PAGE).text)["Cy"]
    subject = select(OutboxEmail.subject).where(OutboxEmail.to == DI)
    assert db.session.scalars(subject).all()[-1] == "Cy cannot take on a match now"
    with pytest.raises(Refusal, match="could not take it on"):
        ask_for_match(cohort.id, person(DI), person(CY), words="", by=DI)


def test_only_who_said_so_can_be_asked_and_whoever_leaves_is_asked_no_more(
    app: Flask, client: Browser, cohort: Institute
) -> None:
    client.sign_in(DI)
    names = [
        h.get_text() for h in BeautifulSoup(client.get(f"{PAGE}/ask").text, "html.parser")("h3")
    ]
    missing = client.get(f"{PAGE}/{person(BEN)}/ask").status_code
    request = ask_for_match(cohort.id, person(DI), person(MO), words="", by=DI)
    listed = [one.name for one in candidates_of(cohort.id, person(DI)).others]
    consents.withdraw_consent(person(MO), cohort.id)

    assert (names, missing, listed) == (["Mo"], 404, [])
    assert state_of(request) is RequestState.DROPPED
    assert offer(app) == 0


def test_a_request_can_be_taken_back_and_who_takes_more_is_asked(
    app: Flask, cohort: Institute
) -> None:
    first = ask_for_match(cohort.id, person(DI), person(MO), words="", by=DI)
    withdraw_request(cohort.id, person(DI), first.id, by=DI)
    second = ask_for_match(cohort.id, person(CY), person(MO), words="", by=CY)
    matching.change_limit(person(MO), Limit(most=3, mentor=True, listed=True), by=MO)

    assert offer(app) == 1
    assert (state_of(first), state_of(second)) == (RequestState.WITHDRAWN, RequestState.OFFERED)


@pytest.mark.pure
def test_what_is_offered_counts_like_what_is_active() -> None:
    assert Places(most=2, active=2).room is Room.AT_LIMIT
    assert Places(most=2, active=1, offered=1).room is Room.AT_LIMIT
    assert Places(most=2, active=1).room is Room.FREE
    assert Places(most=None, active=9, offered=9).room is Room.FREE
    assert Places(most=2, active=0, paused=True).room is Room.PAUSED
    assert Places(most=2, active=1, offered=1).takes_one
    assert not Places(most=2, active=2).takes_one


def test_the_pages_ask_the_database_as_often_for_many_as_for_one(
    client: Browser, cohort: Institute
) -> None:
    def counted() -> list[int]:
        client.sign_in(DI)
        found = []
        for page in (PAGE, f"{PAGE}/ask"):
            client.get(page)
            with counting_queries() as queries:
                client.get(page)
            found.append(len(queries))
        return found

    def people(numbers: range) -> None:
        for number in numbers:
            bring(cohort, number, {f"p{number}@example.org": "superintendent"})
            limit = Limit(listed=True)
            matching.change_limit(person(f"p{number}@example.org"), limit, by=COORDINATOR)
            if number % 2:
                both = person(f"p{number}@example.org"), person(DI)
                ask_for_match(cohort.id, *both, words="", by=COORDINATOR)
        db.session.commit()

    matching.change_limit(person(DI), Limit(listed=True), by=DI)
    people(range(20, 22))
    few = counted()
    people(range(22, 26))

    assert counted() == few
