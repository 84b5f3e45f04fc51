from http import HTTPStatus

from bs4 import BeautifulSoup
from sqlalchemy import func, select

from cohorts.matching.models import Disclosure
from consortium.audit.models import AuditEntry
from consortium.database import db
from consortium.outbox.models import OutboxEmail
from consortium.people.domain import CONSENT_COVERS
from consortium.people.models import Consent
from events.institutes.models import Institute
from tests.browser import Browser
from tests.cohorts.matching.meeting import (
    PAGE,
    agree,
    bring,
    cards,
    person,
    seat_of,
)
from tests.factories import soon

FILES = (f"{PAGE}.vcf", f"{PAGE}.csv")


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
        f"My matched peers may see my telephone number. {CONSENT_COVERS}"
    )
    assert CONSENT_COVERS in ana.get(PAGE).text
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
    assert db.session.scalars(consents).one().wording == f"{sentence} {CONSENT_COVERS}"


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
