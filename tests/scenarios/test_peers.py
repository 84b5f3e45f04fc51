"""Whom the scenarios let be peers: of another site where sites are the unit, and within limits."""

# ruff: noqa: N802  (the names carry the acceptance ids as the files write them)

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from cohorts.matching import service as matching
from cohorts.matching.domain.asking import RequestState
from cohorts.matching.domain.searching import Wish
from cohorts.matching.models import PeerRequest
from cohorts.matching.service import Limit, contacts_of
from cohorts.matching.service.history import active_peers
from consortium.database import db, transaction
from consortium.outbox.models import OutboxEmail
from tests.browser import Browser
from tests.cohorts.matching.invented import matched, someone
from tests.cohorts.matching.meeting import (
    COORDINATOR,
    agree,
    bring,
    cards,
    person,
    published,
)
from tests.factories import make_lea, make_team
from tests.scenarios.attending import scenario
from tests.scenarios.programme_of import PAL, RUTGERS, acceptance, load

ABC = "0601620"
MENTOR, THIRD = "superintendent@montgomery.example.org", "superintendent@hamilton.example.org"


@pytest.mark.pure
def test_PAL8_the_peers_of_a_site_pair_are_of_the_same_district_but_of_another_site() -> None:
    expected = acceptance(PAL, "PAL8")["then"]
    people = [
        someone(f"{site}-{role}", ABC, role, site=site, goals=("Literacy",))
        for site in ("Aloha Elementary", "Bragg Elementary", "Carver Academy", "Tetzlaff Middle")
        for role in ("principal", "building_rep")
    ]
    by_name = {person.view.name: person.view for person in people}

    pairs = [[by_name[name] for name in pair] for pair in matched(people, by_site=True)]

    own = [pair for pair in pairs if "Aloha Elementary" in {view.site for view in pair}]
    assert len(own) == 6  # three for each of the two
    assert {one.lea_id == other.lea_id for one, other in own} == {expected["same_district"]}
    assert {one.site == other.site for one, other in own} == {expected["same_site"]}
    assert matched(people) == set()


def test_PAL8_on_the_own_page_stand_pairs_of_other_sites_alone(
    tenant: object, client: Browser, app: Flask, frozen: Any
) -> None:
    pal8 = acceptance(PAL, "PAL8")
    frozen(pal8["clock"])
    institute, sites = load(PAL), ("Aloha Elementary", "Bragg Elementary", "Carver Academy")
    abc = make_lea(ABC, "ABC Unified", "CA")
    for site in sites:
        who = site.partition(" ")[0].lower()
        members = {
            f"{who}-principal@abc.example.org": "principal",
            f"{who}-rep@abc.example.org": "building_rep",
        }
        for seat in make_team(institute, abc, members, site=site).seats:
            agree(seat)
    with app.test_request_context():
        published(institute)
    client.sign_in("aloha-principal@abc.example.org")

    page = client.get(f"/lakeshore/institutes/{institute.slug}/peers").text
    me = person("aloha-principal@abc.example.org")
    peers = contacts_of(institute.id, me).peers

    assert len(peers) == len(cards(page)) == 2
    assert {one.lea_name.startswith("ABC Unified") for one in peers} == {
        pal8["then"]["same_district"]
    }
    assert {one.site == sites[0] for one in peers} == {pal8["then"]["same_site"]}


def test_RU6_a_third_request_to_a_mentor_of_the_first_cohort_is_held(
    tenant: object, client: Browser, app: Flask, frozen: Any
) -> None:
    ru6 = acceptance(RUTGERS, "RU6")
    most = scenario(RUTGERS)["peer_matching"]["max_active_per_mentor"]["value"]
    frozen("2018-02-01T09:00-05:00")
    institute = load(RUTGERS)
    bring(institute, 1, {MENTOR: "superintendent"}, cohort="cohort_1")
    for number, lea in enumerate(("south-river", "teaneck"), start=2):
        bring(institute, number, {f"chief@{lea}.example.org": "superintendent"}, cohort="cohort_2")
    with transaction():
        limit = Limit(most=most, mentor=True, listed=True)
        matching.change_limit(person(MENTOR), limit, by=COORDINATOR)
    between = Wish(other=institute.id, own_group="cohort_1", other_group="cohort_2")
    with app.test_request_context(), transaction():
        group = matching.gather(institute.id, between)
        run = matching.keep_draft(group, matching.search_peers(group)[0], by=COORDINATOR)
        matching.publish_run(run.id, by=COORDINATOR)
    assert active_peers(person(MENTOR))[person(MENTOR)] == most

    frozen(ru6["clock"])
    bring(institute, 4, {THIRD: "superintendent"}, cohort="cohort_2")
    client.sign_in(THIRD)
    page = f"/lakeshore/institutes/{institute.slug}/peers"
    asked = client.post(f"{page}/{person(MENTOR)}/ask", data={"action_key": "a", "words": "Help?"})

    assert asked.status_code == 302
    told = next(iter(cards(client.get(page).text).values()))
    assert ru6["then"]["result"] == "held: mentor at limit"
    assert "Held: mentor at limit" in told
    request = db.session.scalars(select(PeerRequest)).one()
    assert request.state is RequestState.HELD
    mails = select(OutboxEmail).where(OutboxEmail.about == f"peer_request:{request.id}")
    assert db.session.scalars(mails).all() == []
