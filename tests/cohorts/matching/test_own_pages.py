from http import HTTPStatus

import pytest
import vobject
from flask import Flask

from cohorts.matching import service as matching
from cohorts.matching.models import Disclosure
from consortium.database import db
from consortium.tenants.models import Tenant
from events.institutes.domain import Status
from events.institutes.models import Institute
from tests.browser import Browser
from tests.cohorts.matching.meeting import (
    COORDINATOR,
    PAGE,
    agree,
    bring,
    cards,
    person,
    published,
    seat_of,
    three_superintendents,
)
from tests.factories import NOON, make_institute, make_person, soon
from tests.queries import counting_queries
from tests.reading import main, words

MINE = "/lakeshore/mine"
FILES = (f"{PAGE}.vcf", f"{PAGE}.csv")


def test_a_participant_sees_peers_reasons_and_what_they_share(ana: Browser) -> None:
    agree(seat_of("cy@example.org"), shares_email=True, shares_phone=False)

    page = ana.get(PAGE)

    assert cards(page.text) == {
        "Ben": "Ben Superintendent · District 2 (NJ) You both serve as superintendent "
        "in a rural district of about 2,000 students. E-mail "
        "ben@example.org Telephone +16095550200 Plan a call : Ben Save to your address book : Ben "
        "Not this person : Ben",
        "Cy": "Cy Superintendent · District 3 (NJ) You both serve as superintendent "
        "in a rural district of about 2,000 students. E-mail "
        "cy@example.org Plan a call : Cy Save to your address book : Cy "
        "Not this person : Cy",
    }


def test_each_of_two_reads_the_help_from_the_own_side(
    client: Browser, institute: Institute, app: Flask
) -> None:
    for number, name in enumerate(("ana", "ben"), start=1):
        bring(institute, number, {f"{name}@example.org": "superintendent"})
    seat_of("ana@example.org").asks = "Interest-based bargaining, and budgets"
    seat_of("ben@example.org").offers = "We trained everyone in interest based bargaining."
    db.session.commit()
    with app.test_request_context():
        published(institute)

    client.sign_in("ana@example.org")
    asked = client.get(PAGE).text
    client.sign_in("ben@example.org")
    offered = client.get(PAGE).text

    assert "You want help with Interest-based bargaining; they offer it." in asked
    assert "They want help with Interest-based bargaining; you offer it." in offered
    assert "budgets" not in offered


def test_the_contact_files_hold_what_each_peer_shares(ana: Browser) -> None:
    agree(seat_of("cy@example.org"), shares_email=False, shares_phone=True, phone="+16095550777")

    everyone = ana.get(f"{PAGE}.vcf")
    one = ana.get(f"{PAGE}/{person('ben@example.org')}.vcf")
    table = ana.get(f"{PAGE}.csv")

    read = [
        (card.fn.value, [e.value for e in card.contents.get("email", [])], card.tel.value)
        for card in vobject.readComponents(everyone.text)
    ]
    assert read == [
        ("Ben", ["ben@example.org"], "+16095550200"),
        ("Cy", [], "+16095550777"),
    ]
    assert everyone.content_type == "text/vcard; charset=utf-8"
    assert everyone.headers["Content-Disposition"] == "attachment; filename=summer-peers.vcf"
    assert [card.fn.value for card in vobject.readComponents(one.text)] == ["Ben"]
    why = "You both serve as superintendent in a rural district of about 2,000 students."
    assert table.text.splitlines()[1:] == [
        f'Ben,Superintendent,District 2,NJ,ben@example.org,\'+16095550200,"{why}"',
        f'Cy,Superintendent,District 3,NJ,,\'+16095550777,"{why}"',
    ]


def test_someone_left_out_reads_why(client: Browser, met: Institute) -> None:
    bring(met, 9, {"pa@example.org": "parent"})
    matching_run = matching.run_matching(met.id, by=COORDINATOR)
    assert matching_run.matches == []
    db.session.commit()
    client.sign_in("pa@example.org")

    assert "You have no peers at the moment." in client.get(PAGE).text


def test_the_reason_of_the_newest_published_run_is_shown(
    client: Browser, institute: Institute, app: Flask
) -> None:
    three_superintendents(institute)
    bring(institute, 9, {"pa@example.org": "parent"})
    with app.test_request_context():
        published(institute)
    client.sign_in("pa@example.org")

    text = client.get(PAGE).text

    assert "Nobody was found for you this time" in text
    assert "a role close to it, or a shared goal agreed to be matched." in text


def test_peers_of_earlier_rounds_stay(client: Browser, met: Institute, app: Flask, frozen) -> None:
    frozen(soon(1))
    bring(met, 4, {"di@example.org": "superintendent"})
    with app.test_request_context():
        published(met)
    client.sign_in("ana@example.org")

    page = client.get(PAGE)

    assert next(iter(cards(page.text))) == "Di"
    assert set(cards(page.text)) == {"Ben", "Cy", "Di"}


@pytest.mark.parametrize("address", [PAGE, *FILES, f"{PAGE}/seen"])
def test_pages_ask_the_database_as_often_for_three_peers_as_for_one(
    client: Browser, institute: Institute, app: Flask, address: str
) -> None:
    counts = []
    client.sign_in("p1@example.org")
    for number in range(1, 5):
        bring(institute, number, {f"p{number}@example.org": "superintendent"})
        if number in {2, 4}:
            with app.test_request_context():
                published(institute, each=5)
            for one in range(1, number + 1):
                client.sign_in(f"p{one}@example.org")
                client.get(PAGE)
            client.sign_in("p1@example.org")
            client.get(address)
            with counting_queries() as count:
                assert client.get(address).status_code == HTTPStatus.OK
            counts.append(len(count))

    assert counts[0] == counts[1]


def test_ones_own_page_leads_to_who_saw_the_contact_and_only_where_someone_did(
    ana: Browser, met: Institute
) -> None:
    ana.get(PAGE)
    assert "Who saw my contact" not in words(main(ana.get(MINE).text))
    met.status = Status.CANCELLED
    db.session.commit()
    ana.sign_in("ben@example.org")

    page = main(ana.get(MINE).text)

    assert [words(heading) for heading in page.find_all("h2")] == [
        "Teams I lead",
        "My seats",
        "Who saw my contact",
    ]
    link = page.find_all("ul")[-1].a
    assert (words(link), link["href"]) == (
        "Who saw my contact: Summer Institute",
        f"{PAGE}/seen",
    )
    seen = main(ana.get(link["href"]).text)
    assert words(seen.select_one(".page__head p")) == (
        "Summer Institute. Each time a matched peer sees or saves your contact it is noted here, "
        "once a day."
    )


def test_ones_own_page_asks_as_often_for_three_institutes_that_showed_the_contact_as_for_one(
    client: Browser, tenant: Tenant
) -> None:
    counts = []
    to = make_person("peer@example.org").id
    for slugs in (("one",), ("two", "three")):
        for slug in slugs:
            institute = make_institute(slug)
            for form in ("page", "csv"):
                db.session.add(
                    Disclosure(
                        of_person_id=make_person("ana@example.org").id,
                        to_person_id=to,
                        institute_id=institute.id,
                        fields=["email"],
                        form=form,
                        at=NOON,
                    )
                )
        db.session.commit()
        client.sign_in("ana@example.org")
        db.session.expire_all()
        with counting_queries() as count:
            page = words(main(client.get(MINE).text))
        counts.append((page.count("Who saw my contact:"), len(count)))

    (one, few), (three, many) = counts
    assert (one, three) == (1, 3)
    assert few == many
