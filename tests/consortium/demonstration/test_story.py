from collections import Counter
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select, true

import consortium.invariants
from consortium import clock
from consortium.access import Permission, StaffRole
from consortium.database import db
from consortium.demonstration import cast, story
from consortium.outbox.models import OutboxEmail
from consortium.people import service as people
from consortium.tenancy import as_tenant
from consortium.tenants import service as tenants
from consortium.tenants.domain.colours import check_brand
from consortium.tenants.service import partners, staff
from consortium.verify.service import verify
from events.invoices import service as invoices
from events.invoices.domain import Standing
from events.ledger import service as ledger
from events.payments import service as payments
from tests.browser import Browser
from tests.conftest import FakeMailer
from tests.consortium.applications import application
from tests.factories import NOON

pytestmark = [pytest.mark.real_commits, pytest.mark.on_the_given_database]


@pytest.fixture(scope="module")
def theater(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """Give an application to whose database the story has been told, once for all tests."""
    with application(
        request.config.getoption("database"),
        tmp_path_factory.mktemp("theater"),
        mailer=FakeMailer(),
        settings={"demonstration": True},
        WTF_CSRF_ENABLED=False,
    ) as app:
        app.test_client_class = Browser
        with pytest.MonkeyPatch.context() as patch, app.test_request_context():
            patch.setattr(clock, "now", lambda: NOON)
            assert story.is_untold()
            story.tell()
            db.session.remove()
        yield app


@pytest.fixture
def told(theater: Flask) -> Iterator[Flask]:
    with theater.app_context():
        yield theater
        db.session.remove()


def roles_of(character: cast.Character) -> frozenset[StaffRole]:
    with as_tenant(tenants.get_by_slug(character.consortium).id):
        return tenants.standing_of(people.identity_for(character.email)).roles


@pytest.mark.usefixtures("told")
def test_everyone_of_the_cast_is_what_the_page_says() -> None:
    for character in cast.CAST:
        assert roles_of(character) == frozenset(character.staff_roles)
        with as_tenant(tenants.get_by_slug(character.consortium).id):
            person = people.person_for(people.identity_for(character.email))
            assert person.name == character.name
    assert not story.is_untold()


@pytest.mark.usefixtures("told")
def test_the_two_consortia_see_nothing_of_each_other() -> None:
    garden, prairie = (
        tenants.get_by_slug(slug) for slug in (cast.GARDEN_COAST, cast.PRAIRIE_LAKES)
    )

    assert (garden.states, prairie.states) == (["NJ"], ["IL"])
    with as_tenant(prairie.id):
        assert {member.person.email for member in staff.staff()} == {cast.NEIGHBOR.email}
        nora = people.identity_for(cast.COORDINATOR.email)
        assert tenants.standing_of(nora).permissions == frozenset()
        assert len(partners.partners()) == 1
    with as_tenant(garden.id):
        assert len(partners.partners()) == 6
        nora = people.identity_for(cast.COORDINATOR.email)
        assert Permission.MANAGE_STAFF in tenants.standing_of(nora).permissions


@pytest.mark.usefixtures("told")
def test_the_stories_colors_can_be_read_and_its_addresses_are_nobodys() -> None:
    for tenant in tenants.consortia():
        assert check_brand(tenant.brand_colour) == tenant.brand_colour
    assert all(character.email.endswith("@example.org") for character in cast.CAST)


@pytest.mark.usefixtures("told")
def test_the_storys_money_stands_in_every_way_it_can_and_adds_up() -> None:
    with as_tenant(tenants.get_by_slug(cast.GARDEN_COAST).id):
        stand = Counter(view.standing for view in invoices.invoices_where(true()))
        (overpaid,) = payments.open_exceptions()

        assert stand == {Standing.OPEN: 2, Standing.PAID: 3, Standing.OVERDUE: 1}
        assert overpaid.cents == 2_500
        assert sum(ledger.account_balances(ledger.today()).values()) == 0
        (mine,) = invoices.invoices_of_contact(cast.BUSINESS_OFFICE.email)
        assert mine.balance_cents == 7_500
    found = verify(consortium.invariants.checks())
    assert [words for one in found for words in one.violations] == []


def test_the_storys_mail_brings_receipts_of_its_checks(told: Flask) -> None:
    about = select(OutboxEmail).where(OutboxEmail.about.startswith("receipt:"))
    mails = db.session.scalars(about.order_by(OutboxEmail.id)).all()
    sums = [mail.subject.partition(" for ")[0] for mail in mails]
    assert sums == ["Receipt: $75.00", "Receipt: $150.00", "Receipt: $225.00"]
    file = told.test_client().get(f"/demo/mail/{mails[0].id}/files/1")
    assert file.data.startswith(b"%PDF")
    assert "R-2026-0001.pdf" in file.headers["Content-Disposition"]


@pytest.mark.parametrize("character", cast.CAST, ids=lambda character: character.key)
def test_everyone_of_the_cast_lands_on_a_page_of_theirs(
    told: Flask, character: cast.Character
) -> None:
    client = told.test_client()

    answer = client.post("/demo/sign-in", data={"who": character.key}, follow_redirects=True)

    assert answer.status_code == 200
    assert answer.request.path.startswith(f"/{character.consortium}/")
    assert character.email in answer.text
