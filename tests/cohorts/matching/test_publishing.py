"""What happened since a draft was found, and what of it is published all the same."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from cohorts.matching import service as matching
from cohorts.matching.models import Disclosure, MatchRun
from cohorts.matching.routes import own
from cohorts.matching.service import Limit, disclosures, invariants, invariants_of_talking
from consortium.database import db, transaction
from consortium.directory.models import Lea
from consortium.errors import Conflict, Refusal
from consortium.merging import service as merging
from events.institutes.models import Institute
from events.registration.models import Team
from tests.browser import Browser
from tests.cohorts.matching.meeting import (
    COORDINATOR,
    PAGE,
    bring,
    cards,
    person,
    published,
    seat_of,
    three_superintendents,
)
from tests.cohorts.matching.test_locks import names_of
from tests.cohorts.matching.test_merging import merge
from tests.consortium.verify.breaking import violations
from tests.factories import make_institute, make_person

ANA, BEN, CY = (f"{name}@example.org" for name in ("ana", "ben", "cy"))
WITH_CY = {frozenset({"Ana", "Cy"}), frozenset({"Ben", "Cy"})}


@pytest.fixture
def in_a_request(app: Flask, tenant: Any):
    with app.test_request_context():
        yield


def meet_in_winter(_: Institute) -> None:
    winter = make_institute("winter")
    for number, email in ((11, ANA), (12, BEN)):
        bring(winter, number, {email: "superintendent"})
    published(winter)


def be_forbidden_in_winter(_: Institute) -> None:
    winter = make_institute("winter")
    for number, email in ((11, ANA), (12, BEN)):
        bring(winter, number, {email: "superintendent"})
    matching.forbid_pair(winter.id, person(ANA), person(BEN), reason="Why.", by=COORDINATOR)


def become_one_lea(_: Institute) -> None:
    leas = {team.seats[0].name: team.lea_id for team in db.session.scalars(select(Team))}
    kept, gone = db.session.get_one(Lea, leas["Ana"]), db.session.get_one(Lea, leas["Ben"])
    db.session.scalars(select(Team).where(Team.lea_id == gone.id)).one().site = "Elsewhere"
    db.session.commit()
    with transaction():
        merging.merge_leas(kept.id, gone.id, by=COORDINATOR)


def take_one(_: Institute) -> None:
    for email in (ANA, BEN):
        matching.change_limit(person(email), Limit(most=1), by=email)
    matching.pin_pair(
        db.session.scalars(select(MatchRun)).one().institute_id,
        person(ANA),
        person(CY),
        by=COORDINATOR,
    )


@pytest.mark.usefixtures("in_a_request")
@pytest.mark.parametrize(
    "happens", [meet_in_winter, be_forbidden_in_winter, become_one_lea, take_one]
)
def test_a_pair_that_does_not_fit_any_more_is_not_published(
    institute: Institute, happens: Callable[[Institute], None]
) -> None:
    three_superintendents(institute)
    run = matching.run_matching(institute.id, by=COORDINATOR)
    happens(institute)

    matching.publish_run(run.id, by=COORDINATOR)

    assert names_of(run) == WITH_CY
    checks = (*invariants.CHECKS, *invariants_of_talking.CHECKS)
    assert [line for check in checks for line in violations(check.code)] == []


@pytest.mark.usefixtures("in_a_request")
def test_who_pauses_before_it_is_published_gets_nobody(institute: Institute) -> None:
    three_superintendents(institute)
    run = matching.run_matching(institute.id, by=COORDINATOR)
    matching.change_limit(person(CY), Limit(paused=True), by=CY)
    matching.publish_run(run.id, by=COORDINATOR)

    assert names_of(run) == {frozenset({"Ana", "Ben"})}


@pytest.mark.usefixtures("in_a_request")
def test_a_pin_of_a_pair_that_was_forbidden_elsewhere_is_refused(institute: Institute) -> None:
    three_superintendents(institute)
    be_forbidden_in_winter(institute)

    with pytest.raises(Refusal, match="Ana and Ben never meet"):
        matching.pin_pair(institute.id, person(ANA), person(BEN), by=COORDINATOR)


@pytest.mark.usefixtures("in_a_request")
def test_a_search_that_names_a_record_which_was_merged_since_keeps_nothing(
    institute: Institute,
) -> None:
    three_superintendents(institute)
    group = matching.gather(institute.id)
    found = matching.search_peers(group)[0]
    gone = seat_of(ANA).person
    merge(make_person("ana@home.org", "Ana"), gone)

    with pytest.raises(Conflict, match="two records one person"):
        matching.keep_draft(group, found, by=COORDINATOR)
    with pytest.raises(Conflict, match="Two records became one"):
        matching.change_limit(gone.id, Limit(most=1), by=ANA)


def test_the_coordinator_reads_how_many_pairs_were_left_out(
    client: Browser, institute: Institute, coordinator: Any, app: Flask
) -> None:
    three_superintendents(institute)
    run = matching.run_matching(institute.id, by=COORDINATOR)
    matching.change_limit(person(CY), Limit(paused=True), by=CY)
    db.session.commit()
    client.sign_in(coordinator.email)
    page = "/lakeshore/manage/institutes/summer/peers"

    client.post(f"{page}/{run.id}/publish", data={"action_key": "p"})

    assert "something changed since they were found: 2." in client.get(page).text


@pytest.mark.parametrize("guarded", [True, False])
def test_a_contact_is_not_shown_to_whom_the_peer_declines_at_that_moment(
    ana: Browser, met: Institute, monkeypatch: pytest.MonkeyPatch, guarded: bool
) -> None:
    """Ben declines after Ana's page has read the peers, and before it is written down.

    Unguarded it is the negative control: what was read is shown.
    """
    me, ben = person(ANA), person(BEN)
    end_reading = own.end_reading

    def decline_meanwhile() -> None:
        end_reading()
        with transaction():
            matching.decline_peer(met.id, ben, me, by=BEN)

    monkeypatch.setattr(own, "end_reading", decline_meanwhile)
    if not guarded:
        monkeypatch.setattr(disclosures, "_hold_live", lambda _: frozenset({ben, person(CY)}))

    shown = set(cards(ana.get(PAGE).text))

    assert shown == ({"Cy"} if guarded else {"Ben", "Cy"})
    noted = set(db.session.scalars(select(Disclosure.of_person_id)))
    assert noted == {person(CY)} | (set() if guarded else {ben})
