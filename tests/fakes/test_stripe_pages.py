"""The test payment page: what people see when they try to pay."""

import pytest

from consortium.adapters.stripe_gateway import StripeGateway
from consortium.cards import CardMethod
from tests.fakes.paying import browse, kinds, page
from tests.fakes.stripe_server import FakeStripe
from tests.house_style import check_house_style

pytestmark = pytest.mark.pure

DONE = "http://localhost/pay/done"


@pytest.fixture
def address(gateway: StripeGateway, fake_stripe: FakeStripe) -> str:
    return f"{fake_stripe.base}/c/pay/{page(gateway)}"


def test_the_page_says_that_no_money_moves_and_for_what(address: str) -> None:
    status, _, html = browse(address)

    assert status == 200
    check_house_style(html)
    for words in (
        "<h1>Pay $92.50</h1>",
        "Test payment. No money moves.",
        "For Invoice 2027-0012.",
        "accounts@district.example.org",
        'href="http://localhost/pay">Go back without paying',
    ):
        assert words in html
    assert html.count("<button") == 4


@pytest.mark.parametrize(
    ("how", "last"),
    [
        ("card", "checkout.session.completed"),
        ("bank", "checkout.session.completed"),
        ("bank-at-once", "checkout.session.async_payment_succeeded"),
    ],
)
def test_paying_leads_back(fake_stripe: FakeStripe, address: str, how: str, last: str) -> None:
    assert browse(address, how=how)[:2] == (303, DONE)
    assert kinds(fake_stripe)[-1] == last


def test_the_address_after_paying_may_hold_the_pages_id(
    gateway: StripeGateway, fake_stripe: FakeStripe
) -> None:
    named = page(gateway, success_url="http://localhost/done?page={CHECKOUT_SESSION_ID}")

    _, back, _ = browse(f"{fake_stripe.base}/c/pay/{named}", how="card")

    assert back == f"http://localhost/done?page={named}"


def test_a_declined_card_says_so_and_another_may_be_tried(address: str) -> None:
    status, _, html = browse(address, how="decline")

    assert status == 200
    check_house_style(html)
    assert '<p role="alert">The card was declined. Nothing was paid.</p>' in html
    assert browse(address, how="card")[0] == 303


def test_nobody_pays_twice_at_one_page(fake_stripe: FakeStripe, address: str) -> None:
    browse(address, how="card")
    kinds(fake_stripe)

    status, _, html = browse(address, how="card")

    assert status == 200
    check_house_style(html)
    assert "This payment was made here already." in html
    assert kinds(fake_stripe) == []


def test_only_what_the_page_takes_is_offered(
    gateway: StripeGateway, fake_stripe: FakeStripe
) -> None:
    named = page(gateway, methods=(CardMethod.CARD,))

    _, _, html = browse(f"{fake_stripe.base}/c/pay/{named}")

    assert "bank account" not in html


def test_a_page_that_expired_says_so(gateway: StripeGateway, fake_stripe: FakeStripe) -> None:
    named = page(gateway)
    fake_stripe.expire(named)

    assert "This page has expired." in browse(f"{fake_stripe.base}/c/pay/{named}")[2]
    assert browse(f"{fake_stripe.base}/c/pay/cs_test_unknown")[0] == 404


def test_the_bank_does_what_banks_do(gateway: StripeGateway, fake_stripe: FakeStripe) -> None:
    bank = f"{fake_stripe.base}/bank"
    assert "Nobody has paid yet." in browse(bank)[2]
    slow, fast = (
        fake_stripe.pay_by_bank(page(gateway, "slow"))["id"],
        fake_stripe.pay_by_card(page(gateway, "fast"))["id"],
    )

    assert "The bank pays" in browse(bank)[2]
    assert browse(bank, settle=slow)[:2] == (303, "/bank")
    browse(bank, refund_by_hand=slow)
    browse(bank, dispute=fast)
    _, _, html = browse(bank)

    check_house_style(html)
    assert "The bank pays" not in html
    assert "The refund of $92.50 arrives" in html
    assert "The dispute is won" in html
    assert kinds(fake_stripe)[-2:] == ["charge.dispute.created", "charge.dispute.funds_withdrawn"]


def test_what_the_invoice_says_is_text_and_nothing_else(
    gateway: StripeGateway, fake_stripe: FakeStripe
) -> None:
    named = page(gateway, description="<script>x</script>")

    assert "<script" not in browse(f"{fake_stripe.base}/c/pay/{named}")[2]
    fake_stripe.pay_by_card(named)
    assert "<script" not in browse(f"{fake_stripe.base}/bank")[2]
