from http import HTTPStatus
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from cohorts.matching import service as matching
from consortium.database import db
from consortium.outbox.models import OutboxEmail
from consortium.tenancy import as_tenant
from events.institutes.domain import Status
from events.institutes.models import Institute
from events.registration.models import SeatStatus
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
from tests.factories import make_institute, make_person, make_tenant

FILES = (f"{PAGE}.vcf", f"{PAGE}.csv")
CANARY = "+16095550199"


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
