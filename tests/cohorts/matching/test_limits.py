"""How many peers people take, and peers whom they decline."""

from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import select

from cohorts.matching import service as matching
from cohorts.matching.models import MatchRun, PeerMatch
from cohorts.matching.service import Limit
from cohorts.matching.service.history import active_peers
from consortium import clock
from consortium.database import db
from consortium.errors import NotFound, Refusal
from consortium.outbox.models import OutboxEmail
from events.institutes.models import Institute
from tests.browser import Browser
from tests.cohorts.matching.meeting import (
    COORDINATOR,
    PAGE,
    bring,
    cards,
    person,
    published,
    three_superintendents,
)
from tests.factories import make_institute

ANA, BEN, CY = (f"{name}@example.org" for name in ("ana", "ben", "cy"))


@pytest.fixture
def in_a_request(app: Flask, tenant: Any):
    with app.test_request_context():
        yield


def peers_of(run: MatchRun, email: str) -> int:
    return sum(person(email) in {match.first_id, match.second_id} for match in run.matches)


@pytest.mark.usefixtures("in_a_request")
def test_a_limit_and_a_pause_hold_from_the_next_run_on(institute: Institute) -> None:
    three_superintendents(institute)
    matching.change_limit(person(ANA), Limit(most=1), by=ANA)
    limited = matching.run_matching(institute.id, by=COORDINATOR)
    assert peers_of(limited, ANA) == 1

    matching.change_limit(person(ANA), Limit(paused=True), by=ANA)
    paused = matching.run_matching(institute.id, by=COORDINATOR)

    assert (peers_of(paused, ANA), paused.people) == (0, 2)
    assert matching.overview_of(institute.id).paused == 1


@pytest.mark.usefixtures("in_a_request")
def test_a_mentor_has_so_many_peers_of_twelve_months_over_all_institutes(
    institute: Institute, monkeypatch: pytest.MonkeyPatch
) -> None:
    three_superintendents(institute)
    matching.change_limit(person(ANA), Limit(most=3, mentor=True), by=COORDINATOR)
    published(institute)
    winter = make_institute("winter")
    bring(winter, 31, {ANA: "superintendent"})
    for number in (21, 22, 23):
        bring(winter, number, {f"w{number}@example.org": "superintendent"})

    full = matching.run_matching(winter.id, by=COORDINATOR)
    assert peers_of(full, ANA) == 1
    matching.decline_peer(institute.id, person(BEN), person(ANA), by=BEN)
    freed = matching.run_matching(winter.id, by=COORDINATOR)
    assert peers_of(freed, ANA) == 2
    later = clock.now() + timedelta(days=400)
    for run in db.session.scalars(select(MatchRun).where(MatchRun.published_at.is_not(None))):
        run.published_at = later - timedelta(days=400)
    db.session.commit()
    monkeypatch.setattr(clock, "now", lambda: later)

    assert active_peers() == {}


@pytest.mark.usefixtures("in_a_request")
@pytest.mark.parametrize("limit", [Limit(most=6), Limit(most=0), Limit(mentor=True)])
def test_a_limit_that_makes_no_sense_is_refused(institute: Institute, limit: Limit) -> None:
    three_superintendents(institute)

    with pytest.raises(Refusal):
        matching.change_limit(person(ANA), limit, by=COORDINATOR)


def test_declining_ends_it_for_both_at_once_and_for_good(
    client: Browser, met: Institute, app: Flask
) -> None:
    ben, ana = person(BEN), person(ANA)
    client.sign_in(ANA)
    assert "nobody is told that it was you" in client.get(f"{PAGE}/{ben}/decline").text

    answer = client.post(f"{PAGE}/{ben}/decline", data={"action_key": "a"})

    assert answer.location == PAGE
    assert set(cards(client.get(PAGE).text)) == {"Cy"}
    assert client.get(f"{PAGE}/{ben}.vcf").status_code == HTTPStatus.NOT_FOUND
    again = client.post(f"{PAGE}/{ben}/decline", data={"action_key": "b"})
    assert again.status_code == HTTPStatus.NOT_FOUND
    waiting = select(OutboxEmail).where(OutboxEmail.settled_at.is_(None))
    for mail in db.session.scalars(waiting).all():
        assert not (mail.to == ANA and "Ben" in mail.text)
        assert not (mail.to == BEN and "Ana" in mail.text)
    client.sign_in(BEN)
    assert set(cards(client.get(PAGE).text)) == {"Cy"}
    assert client.get(f"{PAGE}/{ana}.vcf").status_code == HTTPStatus.NOT_FOUND
    with app.test_request_context():
        late = matching.match_late(met.id, by=COORDINATOR)
        assert late.matches == []
    (ended,) = db.session.scalars(select(PeerMatch).where(PeerMatch.ended_at.is_not(None))).all()
    assert {ended.first_id, ended.second_id} == {ana, ben}


def test_a_coordinator_reads_how_many_ended_and_not_whose(
    client: Browser, met: Institute, coordinator: Any
) -> None:
    matching.decline_peer(met.id, person(ANA), person(BEN), by=ANA)
    db.session.commit()
    run = db.session.scalars(select(MatchRun.id)).one()
    client.sign_in(coordinator.email)

    page = client.get(f"/lakeshore/manage/institutes/summer/peers/{run}").text

    assert "1 of these pairs have ended since" in page
    assert page.count("You both serve as superintendent") == 3


@pytest.mark.usefixtures("in_a_request")
def test_strangers_cannot_decline_for_others(met: Institute) -> None:
    for me, peer in ((None, person(ANA)), (person(ANA), person(ANA))):
        with pytest.raises(NotFound):
            matching.decline_peer(met.id, me, peer, by="x")


def test_people_say_how_many_they_take_on_their_own_page(ana: Browser) -> None:
    answer = ana.post(f"{PAGE}/limit", data={"most": "2", "was": "0", "action_key": "a"})

    assert answer.location == PAGE
    assert matching.limit_of(person(ANA)) == Limit(most=2)
    assert ana.post(f"{PAGE}/limit", data={"most": "9"}).status_code == 422


def test_who_saves_over_what_a_host_said_meanwhile_sees_both_and_saves_knowingly(
    ana: Browser,
) -> None:
    """A coordinator marks Ana as a mentor while she has the page open."""
    matching.change_limit(person(ANA), Limit(most=1, mentor=True), by=COORDINATOR)
    db.session.commit()
    sent = {"most": "2", "paused": "y", "was": "0", "action_key": "a"}

    refused = ana.post(f"{PAGE}/limit", data=sent)

    assert refused.status_code == HTTPStatus.CONFLICT
    page = BeautifulSoup(refused.text, "html.parser")
    rows = [[cell.get_text() for cell in row.select("th, td")] for row in page.select("tbody tr")]
    mentor = "A mentor of {} in twelve months".format
    assert rows == [["Peers", mentor(1), mentor(2)], ["No new peers for now", "No", "Yes"]]
    assert matching.limit_of(person(ANA)) == Limit(most=1, mentor=True)
    (was,) = (field["value"] for field in page.select("input[name=was]"))
    ana.post(f"{PAGE}/limit", data={**sent, "was": was})
    assert matching.limit_of(person(ANA)) == Limit(most=2, mentor=True, paused=True)


def test_only_a_host_marks_mentors(ana: Browser) -> None:
    ana.post(f"{PAGE}/limit", data={"most": "2", "was": "0", "mentor": "y", "action_key": "a"})

    assert matching.limit_of(person(ANA)) == Limit(most=2)
