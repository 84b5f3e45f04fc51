"""Requests and suggestions that nobody answers end after four weeks, and only who asked hears."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from cohorts.matching import service as matching
from cohorts.matching.domain.asking import ANSWER_WITHIN, RequestState
from cohorts.matching.jobs import lapse_unanswered, offer_held_requests
from cohorts.matching.models import PeerMatch, PeerRequest
from cohorts.matching.service import Limit, invariants, invariants_of_talking
from cohorts.matching.service.accepting import accept_peer
from cohorts.matching.service.asking import ask_for_match
from cohorts.matching.service.asking_pages import candidates_of
from cohorts.matching.service.granting import answer_request
from cohorts.matching.service.history import active_peers
from consortium import clock
from consortium.audit.models import AuditEntry
from consortium.database import db
from consortium.errors import NotFound
from consortium.outbox.models import OutboxEmail
from consortium.people.service import consents
from events.institutes.models import Institute
from tests.browser import Browser
from tests.cohorts.matching.meeting import PAGE, bring, cards, person, published
from tests.cohorts.matching.meeting import three_superintendents as three
from tests.consortium.verify.breaking import violations
from tests.factories import make_institute

ANA, BEN, CY, MO, DI = (f"{name}@example.org" for name in ("ana", "ben", "cy", "mo", "di"))


@pytest.fixture
def cohort(app: Flask, tenant: object) -> Institute:
    """Return a cohort in which Di asked Mo, who takes one match, and Ana's request is held."""
    institute = make_institute(kind="cohort")
    for number, email in enumerate((MO, DI, ANA), start=1):
        bring(institute, number, {email: "superintendent"})
    matching.change_limit(person(MO), Limit(most=1, mentor=True, listed=True), by=MO)
    with app.test_request_context():
        for who in (DI, ANA):
            ask_for_match(institute.id, person(who), person(MO), words="", by=who)
    db.session.commit()
    return institute


@pytest.fixture
def suggested(app: Flask, tenant: object) -> Institute:
    """Return a cohort in which Ana, Ben and Cy are suggested to each other; Ana accepted Ben."""
    institute = make_institute(kind="cohort")
    three(institute)
    with app.test_request_context():
        published(institute)
        accept_peer(institute.id, person(ANA), person(BEN), by=ANA)
    db.session.commit()
    return institute


def four_weeks_go_by(frozen: Any, *, but: timedelta = timedelta()) -> None:
    frozen(clock.now() + ANSWER_WITHIN - but)


def told() -> list[str]:
    """Return to whom a mail says that there was no answer."""
    lapsed = select(OutboxEmail.to).where(OutboxEmail.subject.startswith("No answer from"))
    return sorted(db.session.scalars(lapsed))


def request_of(who: str) -> PeerRequest:
    found = select(PeerRequest).where(PeerRequest.from_id == person(who))
    return db.session.scalars(found.execution_options(populate_existing=True)).one()


def faults() -> list[str]:
    checks = (*invariants.CHECKS, *invariants_of_talking.CHECKS)
    return [line for check in checks for line in violations(check.code)]


def test_a_request_without_an_answer_ends_and_makes_room_for_the_next(
    app: Flask, cohort: Institute, frozen: Any
) -> None:
    four_weeks_go_by(frozen, but=timedelta(minutes=1))
    assert lapse_unanswered(app) == 0
    frozen(clock.now() + timedelta(minutes=1))

    assert (lapse_unanswered(app), lapse_unanswered(app)) == (1, 0)

    assert request_of(DI).state is RequestState.LAPSED
    assert request_of(DI).settled_at == clock.now()
    assert told() == [DI]
    acts = select(AuditEntry.subject).where(AuditEntry.act == "lapse_request")
    assert db.session.scalars(acts).all() == [f"peer_request:{request_of(DI).id}"]
    assert request_of(ANA).state is RequestState.HELD  # nobody has been asked by it yet
    assert offer_held_requests(app) == 1
    assert request_of(ANA).state is RequestState.OFFERED
    assert "Mo" in [one.name for one in candidates_of(cohort.id, person(DI)).best]
    assert faults() == []


def test_who_is_late_is_told_that_it_is_too_late(
    app: Flask, client: Browser, cohort: Institute, frozen: Any
) -> None:
    client.sign_in(MO)
    before = client.get(PAGE).text
    client.sign_in(DI)
    asked = cards(client.get(PAGE).text)["Mo"]
    assert "then it ends by itself" in before
    assert "then it ends by itself" in asked
    four_weeks_go_by(frozen)
    lapse_unanswered(app)

    with app.test_request_context(), pytest.raises(NotFound, match="answered already"):
        answer_request(cohort.id, person(MO), request_of(DI).id, MO, yes=True)
    client.sign_in(DI)
    assert "No answer" in cards(client.get(PAGE).text)["Mo"]


def test_who_answered_or_takes_no_part_any_more_gets_no_mail(
    app: Flask, cohort: Institute, frozen: Any
) -> None:
    with app.test_request_context():
        answer_request(cohort.id, person(MO), request_of(DI).id, MO, yes=False)
        db.session.commit()
        offer_held_requests(app)
        consents.withdraw_consent(person(ANA), cohort.id)
        db.session.commit()
    four_weeks_go_by(frozen)

    assert lapse_unanswered(app) == 0
    assert told() == []


def test_suggestions_that_not_both_accepted_end_and_free_places(
    app: Flask, suggested: Institute, frozen: Any
) -> None:
    with app.test_request_context():
        for one, other in ((ANA, CY), (CY, ANA)):
            accept_peer(suggested.id, person(one), person(other), by=one)
        db.session.commit()
    four_weeks_go_by(frozen)

    assert (lapse_unanswered(app), lapse_unanswered(app)) == (2, 0)

    ana, ben = (matching.contacts_of(suggested.id, person(one)) for one in (ANA, BEN))
    assert [peer.name for peer in ana.peers] == ["Cy"]
    assert ben.peers == []
    assert told() == [ANA]  # she accepted; Ben and Cy never heard that she had
    assert active_peers(person(BEN)) == {}
    assert faults() == []


def test_what_is_accepted_at_the_last_moment_stays(
    app: Flask, suggested: Institute, frozen: Any
) -> None:
    four_weeks_go_by(frozen, but=timedelta(minutes=1))
    with app.test_request_context():
        assert accept_peer(suggested.id, person(BEN), person(ANA), by=BEN)
        db.session.commit()
    frozen(clock.now() + timedelta(minutes=1))

    lapse_unanswered(app)

    live = select(PeerMatch).where(PeerMatch.ended_at.is_(None))
    assert db.session.scalars(live).one().introduced_at is not None
    assert told() == []
