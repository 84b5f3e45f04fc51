from http import HTTPStatus
from uuid import UUID, uuid4

import pytest
import vobject
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import func, select

from cohorts.matching import service as matching
from cohorts.matching.models import Disclosure
from consortium.audit.models import AuditEntry
from consortium.database import db
from consortium.outbox.models import OutboxEmail
from consortium.people.models import Consent
from consortium.tenancy import as_tenant
from events.institutes.domain import Status
from events.institutes.models import Institute
from events.registration.models import SeatStatus
from tests.browser import Browser
from tests.cohorts.matching.meeting import (
    COORDINATOR,
    agree,
    bring,
    published,
    seat_of,
    three_superintendents,
)
from tests.factories import make_institute, make_person, make_tenant, soon
from tests.queries import counting_queries

PAGE = "/lakeshore/institutes/summer/peers"
FILES = (f"{PAGE}.vcf", f"{PAGE}.csv")
CANARY = "+16095550199"


@pytest.fixture
def met(app: Flask, institute: Institute) -> Institute:
    """Return an institute where Ana, Ben and Cy are each other's peers."""
    three_superintendents(institute)
    with app.test_request_context():
        published(institute)
    return institute


@pytest.fixture
def ana(client: Browser, met: Institute) -> Browser:
    client.sign_in("ana@example.org")
    return client


def person(email: str) -> UUID:
    return seat_of(email).person_id


def cards(html: str) -> dict[str, str]:
    page = BeautifulSoup(html, "html.parser")
    return {
        panel.h2.get_text(): " ".join(panel.get_text(" ").split())
        for panel in page.select(".panel")
    }


def test_a_participant_sees_peers_reasons_and_what_they_share(ana: Browser) -> None:
    agree(seat_of("cy@example.org"), shares_email=True, shares_phone=False)

    page = ana.get(PAGE)

    assert cards(page.text) == {
        "Ben": "Ben Superintendent · District 2 (NJ) You have the same role: Superintendent. Your "
        "districts are about the same size (about 2,000 students). Both are rural. E-mail "
        "ben@example.org Telephone +16095550200 Save to your address book : Ben",
        "Cy": "Cy Superintendent · District 3 (NJ) You have the same role: Superintendent. Your "
        "districts are about the same size (about 2,000 students). Both are rural. E-mail "
        "cy@example.org Save to your address book : Cy",
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

    assert "You asked for help with Interest-based bargaining; they offer it." in asked
    assert "They asked for help with Interest-based bargaining; you offer it." in offered
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
    why = (
        "You have the same role: Superintendent. Your districts are about the same size (about "
        "2,000 students). Both are rural."
    )
    assert table.text.splitlines()[1:] == [
        f'Ben,Superintendent,District 2,NJ,ben@example.org,\'+16095550200,"{why}"',
        f'Cy,Superintendent,District 3,NJ,,\'+16095550777,"{why}"',
    ]


def test_a_number_that_is_not_shared_appears_nowhere(
    client: Browser, institute: Institute, app: Flask
) -> None:
    three_superintendents(institute)
    agree(seat_of("ben@example.org"), shares_email=False, shares_phone=False, phone=CANARY)
    with app.test_request_context():
        published(institute)
    ben = person("ben@example.org")

    client.sign_in("ana@example.org")
    shown = [client.get(address) for address in (PAGE, *FILES, f"{PAGE}/{ben}.vcf", f"{PAGE}/seen")]

    assert [answer.status_code for answer in shown] == [HTTPStatus.OK] * 5
    for answer in shown:
        assert CANARY not in answer.text
        assert "ben@example.org" not in answer.text
    for mail in db.session.scalars(select(OutboxEmail)).all():
        assert CANARY not in mail.text + (mail.html or "")
        if mail.to != "ben@example.org":
            assert "ben@example.org" not in mail.text + (mail.html or "")
    assert "This person shares no contact here." in shown[0].text


def test_an_agreement_taken_back_holds_at_the_next_view(ana: Browser, met: Institute) -> None:
    assert "+16095550200" in ana.get(PAGE).text

    ana.sign_in("ben@example.org")
    ana.post(PAGE, data={"wants_peers": "y", "shares_email": "y", "action_key": "a"})
    ana.sign_in("ana@example.org")

    for address in (PAGE, *FILES):
        text = ana.get(address).text
        assert "+16095550200" not in text
        assert "ben@example.org" in text


def test_who_leaves_the_matching_is_gone_and_sees_nobody(ana: Browser) -> None:
    ben = person("ben@example.org")
    ana.sign_in("ben@example.org")

    answer = ana.post(PAGE, data={"action_key": "a"})
    own = ana.get(PAGE)
    ana.sign_in("ana@example.org")
    page = ana.get(PAGE)

    assert answer.location == PAGE
    assert cards(own.text) == {}
    assert "You do not take part in the matching." in own.text
    assert set(cards(page.text)) == {"Cy"}
    assert ana.get(f"{PAGE}/{ben}.vcf").status_code == HTTPStatus.NOT_FOUND
    assert "Ben" not in ana.get(f"{PAGE}.csv").text
    assert (
        db.session.scalar(
            select(func.count(Consent.id)).where(
                Consent.person_id == ben, Consent.withdrawn_at.is_(None)
            )
        )
        == 0
    )


def test_mails_that_have_not_left_forget_who_leaves(ana: Browser) -> None:
    ana.sign_in("ben@example.org")
    ana.post(PAGE, data={"action_key": "a"})

    waiting = db.session.scalars(
        select(OutboxEmail).where(OutboxEmail.settled_at.is_(None)).order_by(OutboxEmail.to)
    ).all()
    assert [mail.to for mail in waiting] == ["ana@example.org", "cy@example.org"]
    assert not [mail for mail in waiting if "Ben" in mail.text + (mail.html or "")]
    assert "Cy" in waiting[0].text


def test_mails_that_have_left_are_not_sent_again(ana: Browser) -> None:
    for mail in db.session.scalars(select(OutboxEmail)).all():
        mail.settled_at, mail.outcome = soon(0), "sent"
    db.session.commit()
    ana.sign_in("ben@example.org")

    ana.post(PAGE, data={"action_key": "a"})

    assert db.session.scalar(select(func.count(OutboxEmail.id))) == 3


def test_agreeing_keeps_the_sentences_that_were_ticked(ana: Browser) -> None:
    answer = ana.post(PAGE, data={"wants_peers": "y", "shares_phone": "y", "action_key": "a"})

    assert answer.location == PAGE
    consent = db.session.scalars(
        select(Consent).where(
            Consent.person_id == person("ana@example.org"), Consent.withdrawn_at.is_(None)
        )
    ).one()
    assert (consent.shares_email, consent.shares_phone) == (False, True)
    assert consent.wording == (
        "Match me with peers from other LEAs. They see my name, my role and my LEA. "
        "My matched peers may see my telephone number."
    )
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.act == "change_sharing")).one()
    assert (entry.actor, entry.after) == (
        "ana@example.org",
        {"wants_peers": True, "shares_email": False, "shares_phone": True},
    )


def test_where_the_unit_is_a_site_the_sentence_says_so(
    client: Browser, institute: Institute
) -> None:
    institute.unit_types = ["school_site"]
    bring(institute, 1, {"ana@example.org": "principal"}, site="North")
    client.sign_in("ana@example.org")

    page = client.get(PAGE)
    client.post(PAGE, data={"wants_peers": "y", "action_key": "a"})

    sentence = "Match me with peers from other sites. They see my name, my role and my site."
    assert sentence in page.text
    consents = select(Consent).where(Consent.withdrawn_at.is_(None))
    assert db.session.scalars(consents).one().wording == sentence


def test_every_showing_is_noted_once_a_day_and_shown_to_the_person(
    ana: Browser, frozen, met: Institute
) -> None:
    agree(seat_of("cy@example.org"), shares_email=False, shares_phone=False)
    for _ in range(2):
        ana.get(PAGE)
        ana.get(f"{PAGE}.csv")
    ana.get(f"{PAGE}/{person('ben@example.org')}.vcf")
    frozen("2026-03-03T12:00+00:00")
    ana.get(PAGE)

    rows = db.session.scalars(select(Disclosure).order_by(Disclosure.at, Disclosure.form)).all()
    assert [(row.of_person_id, row.form, row.fields) for row in rows] == [
        (person("ben@example.org"), "csv", ["email", "phone"]),
        (person("ben@example.org"), "page", ["email", "phone"]),
        (person("ben@example.org"), "vcard", ["email", "phone"]),
        (person("ben@example.org"), "page", ["email", "phone"]),
    ]
    assert {row.to_person_id for row in rows} == {person("ana@example.org")}

    ana.sign_in("ben@example.org")
    seen = BeautifulSoup(ana.get(f"{PAGE}/seen").text, "html.parser")
    lines = [
        [" ".join(cell.get_text(" ").split()) for cell in row.find_all(["td", "th"])]
        for row in seen.tbody.find_all("tr")
    ]
    assert lines[0] == [
        "Tuesday, March 3, 2026 at 7:00 AM Eastern Time",
        "Ana District 1",
        "E-mail, Telephone",
        "On the page",
    ]
    assert len(lines) == 4
    ana.sign_in("cy@example.org")
    assert "Nobody has seen your contact so far." in ana.get(f"{PAGE}/seen").text


def test_nothing_is_seen_before_a_run_is_published(client: Browser, institute: Institute) -> None:
    three_superintendents(institute)
    matching.run_matching(institute.id, by=COORDINATOR)
    db.session.commit()
    client.sign_in("ana@example.org")

    page = client.get(PAGE)

    assert cards(page.text) == {}
    assert "Nobody has been matched yet." in page.text
    ben = person("ben@example.org")
    assert client.get(f"{PAGE}/{ben}.vcf").status_code == HTTPStatus.NOT_FOUND
    assert "BEGIN" not in client.get(f"{PAGE}.vcf").text


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
def test_strangers_find_nothing(client: Browser, met: Institute, address: str) -> None:
    make_person("stranger@example.org")
    named = seat_of("cy@example.org")
    named.status = SeatStatus.INVITED
    db.session.commit()

    signed_out = client.get(address)
    assert signed_out.status_code == HTTPStatus.FOUND
    assert "/sign-in" in signed_out.location
    for email in ("stranger@example.org", "nobody@example.org", "cy@example.org"):
        client.sign_in(email)
        answer = client.get(address)
        assert answer.status_code == HTTPStatus.NOT_FOUND
        assert "District" not in answer.text


def test_a_peer_of_someone_else_is_not_mine(
    client: Browser, institute: Institute, app: Flask
) -> None:
    three_superintendents(institute)
    bring(institute, 4, {"pa@example.org": "parent"})
    bring(institute, 5, {"po@example.org": "parent"})
    with app.test_request_context():
        published(institute)
    client.sign_in("pa@example.org")

    assert set(cards(client.get(PAGE).text)) == {"Po"}
    ana = person("ana@example.org")
    assert client.get(f"{PAGE}/{ana}.vcf").status_code == HTTPStatus.NOT_FOUND
    assert client.get(f"{PAGE}/{uuid4()}.vcf").status_code == HTTPStatus.NOT_FOUND


def test_another_consortium_shows_nothing_of_this_one(client: Browser, met: Institute) -> None:
    ben = person("ben@example.org")
    with as_tenant(make_tenant("hillside").id):
        make_institute("summer")
        make_person("ana@example.org", "Ana")
    client.sign_in("ana@example.org")

    for address in (PAGE, *FILES, f"{PAGE}/{ben}.vcf", f"{PAGE}/seen"):
        answer = client.get(address.replace("lakeshore", "hillside"))
        assert answer.status_code == HTTPStatus.NOT_FOUND


def test_a_draft_institute_has_no_page_of_peers(client: Browser, met: Institute) -> None:
    met.status = Status.DRAFT
    db.session.commit()
    client.sign_in("ana@example.org")

    assert client.get(PAGE).status_code == HTTPStatus.NOT_FOUND


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
