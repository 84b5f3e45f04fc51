"""Purchase orders end in a state that says whether they ever came."""

import pytest
from sqlalchemy import select

from consortium.database import db, transaction
from events.billing import service as billing
from events.institutes.domain.cancelling import Announcement
from events.institutes.models import Institute
from events.institutes.service.cancelling import cancel_institute
from events.invoices import service as invoices
from events.invoices.domain.orders import OrderStatus
from events.invoices.models import PurchaseOrder
from events.invoices.service import OrderFacts
from tests.events.billing.stage import (
    DISTRICT,
    FLAT,
    LOCAL,
    half,
    invoices_of,
    name_payers,
    registered,
    share,
)
from tests.events.invoices.stage import FINANCE, make_invoice

pytestmark = pytest.mark.usefixtures("lead")


def test_an_order_that_was_only_promised_is_closed_as_one_that_never_came() -> None:
    invoice = make_invoice()
    with transaction():
        order = invoices.promise_order(invoice.id, follows_by=None, by=FINANCE)

    with transaction():
        invoices.close_order(order.id, by=FINANCE)

    assert order.status is OrderStatus.LAPSED
    assert invoices.live_orders(invoice.id) == []


def test_a_host_cancels_although_an_order_is_still_promised() -> None:
    team = registered(6, FLAT)
    name_payers(team, DISTRICT, LOCAL)
    share(team, half(), half())
    one, other = (view.invoice.id for view in invoices_of(team))
    facts = OrderFacts(number="1E10", amount_cents=37_500)
    with transaction():
        billing.take_order(one, None, by=DISTRICT.contact_email)
        billing.take_order(other, facts, by=LOCAL.contact_email)

    with transaction():
        institute = db.session.scalars(select(Institute)).one()
        cancel_institute(institute, Announcement(reason="Snow"), by=FINANCE)

    found = db.session.scalars(select(PurchaseOrder.status)).all()
    assert set(found) == {OrderStatus.LAPSED, OrderStatus.CLOSED}
