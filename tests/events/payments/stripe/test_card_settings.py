"""Finance enters keys: Stripe is asked about them, and nobody ever reads them again."""

import re
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from consortium.adapters.stripe_gateway import StripeGateway
from consortium.audit.models import AuditEntry
from consortium.cards import CardKeys, KeyPermission
from consortium.database import db
from consortium.sealing import SealBroken
from consortium.settings import NOBODY
from consortium.tenancy import as_tenant
from consortium.tenants.models import Tenant
from events.invoices.models import MoneySettings
from events.payments.models import Checkout
from events.payments.models.stripe import CheckoutStatus
from events.payments.service import stripe
from tests.browser import Browser
from tests.events.invoices.stage import make_invoice
from tests.events.payments.stripe.stage import open_page, take_in, told
from tests.factories import make_person, make_tenant
from tests.fakes.stripe_server import FakeStripe

PAGE = "/lakeshore/money/settings/cards"
KEY, SECRET = "rk_test_CANARYcanary1234", "whsec_CANARYcanary5678"
KEYS_HERE = CardKeys(KEY, SECRET)


@pytest.fixture
def finance(tenant: Tenant, client: Browser) -> Browser:
    make_person("finance@example.org", "Fran Finance", staff="finance")
    client.sign_in("finance@example.org")
    return client


def enter(client: Browser, key: str = KEY, secret: str = SECRET, version: str = "") -> str:
    page = client.get(PAGE).text
    shown = re.search(r'name="version"[^>]*value="(\d+)"', page)
    assert shown
    answer = client.post(
        PAGE,
        data={
            "secret_key": key,
            "webhook_secret": secret,
            "version": version or shown[1],
            "action_key": str(uuid4()),
        },
        follow_redirects=True,
    )
    return answer.text


def test_keys_are_checked_sealed_and_shown_by_their_end(
    finance: Browser, stripe_server: FakeStripe
) -> None:
    page = enter(finance)

    assert "No money moves: these are test keys." in page
    assert "1234" in page
    row = db.session.scalars(select(MoneySettings)).one()
    assert (row.card_key_ends, row.cards_live, row.takes_cards) == ("1234", False, True)
    keys = stripe.card_keys()
    assert keys is not None
    assert (keys.secret_key, keys.webhook_secret) == (KEY, SECRET)


def test_no_page_log_or_record_holds_a_key(
    finance: Browser, stripe_server: FakeStripe, caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    caplog.set_level("DEBUG")
    pages = [enter(finance), finance.get(PAGE).text]
    stripe_server.state.unknown_keys.add("rk_test_CANARYcanary9999")
    pages.append(enter(finance, "rk_test_CANARYcanary9999"))
    pages.append(enter(finance, "CANARY", "CANARY"))
    pages.append(enter(finance, version="77"))
    stored = str(
        [
            db.session.execute(select(table)).all()
            for table in db.metadata.sorted_tables
            if table.name in {"money_settings", "audit_entry", "action_key", "outbox_email"}
        ]
    )
    written = capsys.readouterr()

    assert all("CANARY" not in text for text in (*pages, stored, caplog.text, *written))
    assert "Stripe does not know this key" in pages[2]
    assert "begins with rk_test_" in pages[3]
    assert db.session.scalars(select(AuditEntry.act)).all() == ["keep_card_keys"]


def test_a_key_that_lacks_permissions_is_told_which(
    finance: Browser, stripe_server: FakeStripe
) -> None:
    stripe_server.state.account_of(KEY).lacking.append("GET /v1/events")

    page = enter(finance)

    assert "lacks permissions: Events: read. Add" in page
    assert all(f"<li>{permission}</li>" in page for permission in KeyPermission)
    assert not stripe.card_settings().taken


def test_stripe_that_cannot_be_reached_is_said(finance: Browser, cards: StripeGateway) -> None:
    cards.speak_to(NOBODY)

    assert "Stripe cannot be reached" in enter(finance)


def test_someone_else_changed_the_settings_meanwhile(
    finance: Browser, stripe_server: FakeStripe
) -> None:
    enter(finance)

    assert "Someone else changed these settings meanwhile" in enter(finance, version="0")


def test_removed_keys_close_the_pages(finance: Browser, stripe_server: FakeStripe) -> None:
    enter(finance)
    session = open_page(make_invoice(), KEYS_HERE)
    version = str(stripe.card_settings().version)

    page = finance.post(PAGE + "/remove", data={"version": version}, follow_redirects=True)

    assert "Cards are not taken yet" in page.text
    assert stripe.card_keys() is None
    assert db.session.scalars(select(Checkout.status)).one() is CheckoutStatus.EXPIRED
    assert stripe_server.state.owner_of(session).get(session)["status"] == "expired"
    again = finance.post(PAGE + "/remove", data={"version": str(int(version) + 1)})
    assert again.status_code == 422


def test_keys_stay_while_a_bank_payment_is_on_its_way(
    finance: Browser, stripe_server: FakeStripe
) -> None:
    enter(finance)
    intent = stripe_server.pay_by_bank(open_page(make_invoice(), KEYS_HERE))["id"]
    take_in(told(stripe_server))
    remove = PAGE + "/remove"

    page = finance.post(remove, data={"version": str(stripe.card_settings().version)})

    assert page.status_code == 422
    assert "on their way: 1" in page.text
    assert stripe.card_keys() is not None
    stripe_server.settle(intent)
    take_in(told(stripe_server))
    finance.post(remove, data={"version": str(stripe.card_settings().version)})
    assert stripe.card_keys() is None


def test_finance_compares_when_it_likes(finance: Browser, stripe_server: FakeStripe) -> None:
    assert finance.post(PAGE + "/compare").status_code == 422
    enter(finance)

    page = finance.post(PAGE + "/compare", follow_redirects=True).text

    assert "The difference is $0.00." in page


def test_a_row_copied_to_another_consortium_stays_shut(
    finance: Browser, stripe_server: FakeStripe
) -> None:
    enter(finance)
    row = db.session.scalars(select(MoneySettings)).one()
    key, secret = row.sealed_card_key, row.sealed_webhook_secret
    other = make_tenant("riverside")
    with as_tenant(other.id):
        db.session.add(MoneySettings(sealed_card_key=key, sealed_webhook_secret=secret))
        db.session.commit()

        with pytest.raises(SealBroken):
            stripe.card_keys()


def test_keys_that_cannot_be_opened_any_more_are_entered_again(
    finance: Browser, stripe_server: FakeStripe
) -> None:
    enter(finance)
    db.session.execute(update(MoneySettings).values(sealed_card_key="s1.broken"))
    db.session.commit()

    said = finance.post(PAGE + "/compare", follow_redirects=True).text
    assert "The keys cannot be opened any more" in said
    enter(finance)

    assert stripe.card_keys() == KEYS_HERE


@pytest.mark.parametrize("who", ["coordinator", "facilitator", "desk", "viewer"])
def test_others_of_the_staff_see_no_keys_page(tenant: Tenant, client: Browser, who: str) -> None:
    make_person(f"{who}@example.org", staff=who)
    client.sign_in(f"{who}@example.org")

    assert client.get(PAGE).status_code == 403
