"""A payment that is disputed in full although part of it was refunded, and the refund came back."""

import pytest

from consortium.tenants.models import Tenant
from events.invoices.models import Invoice
from events.ledger.domain import Account
from tests.events.invoices.stage import adjust, make_invoice
from tests.events.payments.stage import accounts, balance
from tests.events.payments.stripe.stage import open_page, take_in, told
from tests.fakes.stripe_server import FakeStripe


@pytest.fixture
def invoice(cards_taken: Tenant) -> Invoice:
    return make_invoice(30_000)


@pytest.mark.parametrize("at_once", [False, True], ids=["each in its turn", "all, the last first"])
def test_what_comes_back_goes_where_the_dispute_took_too_much(
    stripe_server: FakeStripe, invoice: Invoice, *, at_once: bool
) -> None:
    intent = stripe_server.pay_by_card(open_page(invoice))["id"]
    take_in(told(stripe_server))
    adjust(invoice.id, 12_500)
    refund = stripe_server.refund_by_hand(intent, 17_500)
    if not at_once:
        take_in(told(stripe_server))
    stripe_server.dispute(intent)
    if not at_once:
        take_in(told(stripe_server))
        assert accounts()[Account.STRIPE] == -17_500  # the bank has taken it twice until then
    stripe_server.refund_fails(refund["id"])

    take_in(reversed(told(stripe_server)))

    assert balance(invoice.id) == 12_500
    assert accounts() == {Account.RECEIVABLE: 12_500, Account.REVENUE: -12_500}
