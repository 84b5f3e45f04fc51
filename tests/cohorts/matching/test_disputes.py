"""Partnerships in dispute, rounds between two cohorts, and site pairs of one LEA (PAL8)."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from cohorts.matching import service as matching
from cohorts.matching.domain.disputes import Partnership, Standing, may_meet
from cohorts.matching.domain.searching import Wish
from cohorts.matching.models import PeerMatch
from cohorts.matching.service.asking import ask_for_match
from cohorts.matching.service.contacts import contacts_of
from cohorts.matching.service.disputes import change_standing
from cohorts.matching.service.invariants import CHECKS
from consortium.database import db
from consortium.errors import Refusal
from consortium.people.models import Person
from consortium.verify.service import examine
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
from tests.reading import main, words

ANA, BEN, CY = (f"{name}@example.org" for name in ("ana", "ben", "cy"))
ONE, OTHER = Partnership("3400001"), Partnership("3400002")
AGREED = Standing(in_dispute=True, labor_agreed=True, management_agreed=True)
MANAGED = "/lakeshore/manage/institutes/summer/peers"
PAL = Path("tests/scenarios/programmes/04_abc_pal_and_west_coast_institute_2017.json")


@pytest.mark.pure
def test_who_is_in_dispute_meets_those_alone_who_agreed_too() -> None:
    dispute = Standing(in_dispute=True)
    willing = Standing(labor_agreed=True, management_agreed=True)
    half = Standing(labor_agreed=True)

    assert may_meet([ONE], [OTHER], {})
    assert not may_meet([ONE], [OTHER], {ONE: dispute})
    assert not may_meet([ONE], [OTHER], {ONE: AGREED})
    assert not may_meet([ONE], [OTHER], {ONE: AGREED, OTHER: half})
    assert may_meet([ONE], [OTHER], {ONE: AGREED, OTHER: willing})
    site = Partnership("3400001", "Elm School")
    assert not may_meet([site], [OTHER], {ONE: dispute})
    assert may_meet([site], [OTHER], {ONE: dispute, site: willing, OTHER: willing})


def pairs() -> set[frozenset[str]]:
    people = {one.id: one.email for one in db.session.scalars(select(Person))}
    rows = db.session.scalars(select(PeerMatch))
    return {frozenset({people[row.first_id], people[row.second_id]}) for row in rows}


def test_a_dispute_holds_in_searches_when_publishing_and_for_requests(
    app: Flask, client: Browser, institute: Institute, coordinator: Person
) -> None:
    three_superintendents(institute)
    matching.change_limit(person(ANA), matching.Limit(listed=True), by=ANA)
    run = matching.run_matching(institute.id, by=COORDINATOR)
    drafted = pairs()
    client.sign_in(coordinator.email)
    client.get(f"{MANAGED}/disputes")
    said = {"whose": "3400001|", "in_dispute": "y", "reason": "An impasse.", "action_key": "d"}
    without = client.post(f"{MANAGED}/disputes", data={**said, "reason": "", "action_key": "e"})
    client.post(f"{MANAGED}/disputes", data=said)
    with app.test_request_context():
        matching.publish_run(run.id, by=COORDINATOR)
    kept = pairs()

    assert len(drafted) == 3
    assert without.status_code == 422
    assert kept == {frozenset({BEN, CY})}
    assert "An impasse." in words(main(client.get(f"{MANAGED}/disputes").text))
    with pytest.raises(Refusal, match="cannot be matched"):
        ask_for_match(institute.id, person(CY), person(ANA), words="", by=CY)
    client.sign_in(CY)
    assert "Ana" not in client.get(f"{PAGE}/ask").text

    for whose in (ONE, Partnership("3400003")):
        change_standing(institute.id, whose, AGREED, reason="Both sides said so.", by=COORDINATOR)
    matching.run_matching(institute.id, by=COORDINATOR)
    assert pairs() - kept == {frozenset({ANA, CY})}


def test_what_was_suggested_before_a_dispute_is_shown_no_more(app: Flask, tenant: object) -> None:
    cohort = make_institute(kind="cohort")
    three_superintendents(cohort)
    with app.test_request_context():
        published(cohort)
    change_standing(cohort.id, ONE, Standing(in_dispute=True), reason="Why.", by=COORDINATOR)

    assert [one.name for one in contacts_of(cohort.id, person(BEN)).suggested] == ["Cy"]
    with pytest.raises(Refusal):
        matching.accept_peer(cohort.id, person(BEN), person(ANA), by=BEN)


def test_a_round_between_two_cohorts_pairs_one_with_the_other_and_remembers(
    app: Flask, client: Browser, tenant: object
) -> None:
    first = make_institute("first", kind="cohort")
    second = make_institute("summer", kind="cohort")
    for number, name in enumerate(("ana", "ben"), start=1):
        bring(first, number, {f"{name}@example.org": "superintendent"})
    for number, name in enumerate(("cy", "di"), start=3):
        bring(second, number, {f"{name}@example.org": "superintendent"})
    wish = Wish(other=second.id)
    group = matching.gather(first.id, wish)
    run = matching.keep_draft(group, matching.search_peers(group)[0], by=COORDINATOR)
    with app.test_request_context():
        matching.publish_run(run.id, by=COORDINATOR)
        db.session.commit()
    client.sign_in(CY)
    page = cards(client.get(PAGE).text)
    client.post(f"{PAGE}/{person(ANA)}/accept", data={"action_key": "a"})
    both = matching.accept_peer(first.id, person(ANA), person(CY), by=ANA)
    db.session.commit()
    shown = cards(client.get(PAGE).text)["Ana"]
    client.sign_in(ANA)
    seen = words(main(client.get("/lakeshore/contact-seen").text))

    di = "di@example.org"
    assert pairs() == {frozenset({one, two}) for one in (ANA, BEN) for two in (CY, di)}
    assert set(page) == {"Ana", "Ben"}
    assert both
    assert "ana@example.org" in shown
    assert "Cy E-mail, Telephone On the page Summer Institute" in seen
    group = matching.gather(first.id, wish)
    assert matching.search_peers(group)[0].matches == ()
    assert [line for check in CHECKS for line in examine(check).violations] == []


def test_groups_of_one_cohort_can_be_matched_with_each_other(tenant: object) -> None:
    cohort = make_institute(kind="cohort")
    for number, name in enumerate(("ana", "ben", "cy"), start=1):
        team = bring(cohort, number, {f"{name}@example.org": "superintendent"})
        team.cohort = "cohort_1" if name == "ana" else "cohort_2"
    db.session.commit()
    group = matching.gather(
        cohort.id, Wish(other=cohort.id, own_group="cohort_1", other_group="cohort_2")
    )
    matching.keep_draft(group, matching.search_peers(group)[0], by=COORDINATOR)

    assert pairs() == {frozenset({ANA, BEN}), frozenset({ANA, CY})}
