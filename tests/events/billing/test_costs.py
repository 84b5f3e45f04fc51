"""Payers share what an institute costs; invoices follow every change of it."""

import pytest

from consortium.database import db, transaction
from events.billing import service as billing
from events.billing.service import CostItem
from events.billing.service.reckoning import live_shares
from events.institutes.domain.cancelling import Announcement
from events.institutes.models import Institute
from events.institutes.service.cancelling import cancel_institute
from events.invoices import service as invoices
from events.invoices.domain import Standing
from events.payments.domain.recording import CheckFacts
from events.payments.service import recording
from events.registration.domain import HostCancelled
from tests.events.billing.stage import DISTRICT, LOCAL, half
from tests.factories import make_institute

pytestmark = pytest.mark.usefixtures("tenant")
FINANCE = "finance@example.org"
SPLIT = {
    "rules": [
        {
            "code": "split_cost",
            "payers": [{"name": "ABCFT", "share": 0.5}, {"name": "ABC USD", "share": 0.5}],
            "total_cents": 1_845_375,
        }
    ]
}


@pytest.fixture
def institute() -> Institute:
    institute = make_institute(fees=SPLIT)
    with transaction():
        for payer in (LOCAL, DISTRICT):
            billing.name_cost_payer(institute, payer, None, by=FINANCE)
        bill = billing.find_costs(institute)
        assert bill is not None
        rules = [(share.id, half()) for share in live_shares(bill)]
        billing.share_institute_cost(institute, rules, by=FINANCE)
    return institute


def balances(institute: Institute) -> dict[str, tuple[int, int, Standing]]:
    db.session.expire_all()
    return {
        view.invoice.payer.name: (view.balance_cents, view.invoice.revision, view.standing)
        for view in invoices.invoices_about(f"institute:{institute.id}")
    }


def test_the_cost_of_the_fee_rules_is_shared_to_the_cent(institute: Institute) -> None:
    """PAL1."""
    assert balances(institute) == {
        LOCAL.name: (922_688, 1, Standing.OPEN),
        DISTRICT.name: (922_687, 1, Standing.OPEN),
    }


def test_a_paid_share_stays_paid_until_the_cost_rises(institute: Institute) -> None:
    """PAL2 and PAL3: the hotel costs $1,200.00 more after one of the payers has paid."""
    first = next(
        view
        for view in invoices.invoices_about(f"institute:{institute.id}")
        if view.invoice.payer.name == LOCAL.name
    )
    facts = CheckFacts(
        payer_id=first.invoice.payer_id,
        number="4471",
        cents=922_688,
        received_on=first.invoice.issued_at.date(),
    )
    with transaction():
        recording.record_check(facts, towards=[(first.invoice.id, None)], by=FINANCE)
    assert balances(institute)[LOCAL.name] == (0, 1, Standing.PAID)

    with transaction():
        billing.set_cost(institute, CostItem(what="Hotel", cents=120_000), by=FINANCE)

    assert balances(institute) == {
        LOCAL.name: (60_000, 2, Standing.PART_PAID),
        DISTRICT.name: (982_687, 2, Standing.OPEN),
    }


def test_a_cost_of_the_same_name_takes_the_place_of_the_former(institute: Institute) -> None:
    for cents in (120_000, 100_000):
        with transaction():
            billing.set_cost(institute, CostItem(what="Hotel", cents=cents), by=FINANCE)

    assert sum(one[0] for one in balances(institute).values()) == 1_945_375


def test_nothing_is_charged_for_an_institute_that_was_cancelled(institute: Institute) -> None:
    with transaction():
        cancel_institute(institute, Announcement(reason="The building is closed."), by=FINANCE)

    with pytest.raises(HostCancelled), transaction():
        billing.set_cost(institute, CostItem(what="Hotel", cents=120_000), by=FINANCE)

    assert [one[0] for one in balances(institute).values()] == [0, 0]
