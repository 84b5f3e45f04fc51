"""What happens at the cut-off to a team whose promised purchase order has not come."""

from typing import Any

import pytest
from sqlalchemy import func, select

from consortium import clock
from consortium.audit.models import AuditEntry
from consortium.database import db, transaction
from consortium.tenancy import for_every_tenant
from events.billing import jobs
from events.billing import service as billing
from events.billing.service.ordering import enforce_cutoff, late_orders
from events.institutes.domain.terms import AtCutoff
from events.invoices.domain import MoneyRefused
from events.invoices.domain.orders import OrderStatus
from events.invoices.models import PurchaseOrder
from events.invoices.service import OrderFacts
from events.payments.domain import ExceptionKind
from events.payments.domain.recording import CheckFacts
from events.payments.models import MoneyException
from events.payments.service import recording
from events.registration.models import Team, TeamStatus
from tests.events.billing.stage import (
    DISTRICT,
    FLAT,
    LOCAL,
    all_of_it,
    half,
    invoices_of,
    name_payers,
    pay_by_bank,
    registered,
    share,
    shares_of,
)
from tests.events.registration.builders import lead_editor, letters

LEAD = "lead@example.org"
FINANCE = "finance@example.org"
pytestmark = pytest.mark.usefixtures("lead")


def promised(choice: AtCutoff, **orders: Any) -> Team:
    """Return a team whose district has promised an order by 10 March, at $750.00."""
    terms = {
        "purchase_orders": {"cutoff": "2026-03-10", "at_cutoff": choice.value, **orders},
        "refunds": {"tiers": [{"days": 90}]},
    }
    team = registered(6, FLAT, payment_terms=terms)
    name_payers(team, DISTRICT)
    share(team, all_of_it())
    (view,) = invoices_of(team)
    with transaction():
        billing.take_order(view.invoice.id, None, by=DISTRICT.contact_email)
    return team


def pass_cutoff(frozen: Any) -> int:
    """Let the worker look on the second day after the cut-off."""
    frozen("2026-03-12T12:00-04:00")
    return jobs.enforce_cutoffs(None)  # type: ignore[arg-type]


def status_of(team: Team) -> TeamStatus:
    db.session.expire_all()
    return db.session.get_one(Team, team.id).status


@pytest.mark.parametrize(
    ("choice", "status", "owed", "mails"),
    [
        (AtCutoff.KEEP, TeamStatus.REGISTERED, 75_000, 0),
        (AtCutoff.REMIND, TeamStatus.REGISTERED, 75_000, 1),
        (AtCutoff.WAITLIST, TeamStatus.WAITLISTED, 0, 1),
        (AtCutoff.WITHDRAW, TeamStatus.WITHDRAWN, 0, 1),
    ],
)
def test_each_choice_of_the_host_is_done_once(
    frozen: Any, choice: AtCutoff, status: TeamStatus, owed: int, mails: int
) -> None:
    """Nobody left, so nothing is kept, however late it is; the leads are told why."""
    team = promised(choice)

    assert (pass_cutoff(frozen), pass_cutoff(frozen)) == (1, 0)

    assert status_of(team) is status
    assert [view.balance_cents for view in invoices_of(team)] == [owed]
    missing = [mail for mail in letters(LEAD) if "is missing" in mail.subject]
    assert len(missing) == mails
    acts = db.session.scalars(
        select(AuditEntry.act).where(AuditEntry.actor == "purchase order cut-off")
    )
    assert list(acts) == ["enforce_cutoff"]
    looked_at = db.session.scalars(select(MoneyException.kind)).all()
    assert looked_at == ([ExceptionKind.ORDER_LATE] if owed else [])


def test_an_order_that_came_is_late_for_nothing(frozen: Any) -> None:
    """Finance took it down while the worker had it on its list."""
    team = promised(AtCutoff.WITHDRAW)
    ((_, order_id),) = listed(frozen)
    facts = OrderFacts(number="0012", amount_cents=75_000)
    take(team, facts, host_agrees=True)

    with transaction():
        assert enforce_cutoff(order_id) == 0

    assert status_of(team) is TeamStatus.REGISTERED
    assert order_of(team).status is OrderStatus.RECEIVED
    assert not [mail for mail in letters(LEAD) if "is missing" in mail.subject]


@pytest.mark.parametrize("way", ["check", "bank", "other order"])
def test_no_place_is_taken_where_anything_came_or_is_on_its_way(frozen: Any, way: str) -> None:
    """The local pays half; the district's order is missing."""
    terms = {"purchase_orders": {"cutoff": "2026-03-10", "at_cutoff": "withdraw"}}
    team = registered(6, FLAT, payment_terms=terms)
    name_payers(team, LOCAL, DISTRICT)
    share(team, half(), half())
    local, district = (view.invoice for view in invoices_of(team))
    with transaction():
        billing.take_order(district.id, None, by=DISTRICT.contact_email)
        if way == "check":
            facts = CheckFacts(
                payer_id=local.payer_id, number="7", cents=500, received_on=clock.now().date()
            )
            recording.record_check(facts, towards=[(local.id, None)], by=FINANCE)
        elif way == "bank":
            pay_by_bank(local.id, 37_500)
        else:
            order = OrderFacts(number="PO 1", amount_cents=37_500)
            billing.take_order(local.id, order, by=LOCAL.contact_email)

    assert pass_cutoff(frozen) == 1

    assert status_of(team) is TeamStatus.REGISTERED
    (item,) = db.session.scalars(select(MoneyException)).all()
    assert (item.kind, item.cents) == (ExceptionKind.ORDER_LATE, 37_500)


def test_a_late_order_is_finances_to_take_and_holds_as_long_as_the_terms_say(frozen: Any) -> None:
    team = promised(AtCutoff.REMIND, valid_days=30)
    pass_cutoff(frozen)
    facts = OrderFacts(number="1E10", amount_cents=75_000)
    with pytest.raises(MoneyRefused, match="were taken until"):
        take(team, facts)

    take(team, facts, host_agrees=True)

    order = order_of(team)
    assert (order.number, order.status) == ("1E10", OrderStatus.RECEIVED)
    assert str(order.expires_on) == "2026-04-11"


@pytest.mark.parametrize("drops", [False, True])
def test_nobody_waits_for_the_order_of_a_payer_who_pays_no_share_any_more(*, drops: bool) -> None:
    team = promised(AtCutoff.WITHDRAW)
    name_payers(team, LOCAL)
    one = shares_of(team)[0]
    acts = select(func.count()).select_from(AuditEntry)
    before = db.session.scalar(acts)

    with transaction():
        if drops:
            billing.drop_payer(team.id, one.id, lead_editor())
        else:
            billing.decline_share(one.id, "Not us", email=DISTRICT.contact_email)

    db.session.expire_all()
    assert db.session.scalars(select(PurchaseOrder.status)).all() == [OrderStatus.LAPSED]
    assert db.session.scalar(acts) == (before or 0) + 1


def listed(frozen: Any) -> list[tuple[Any, Any]]:
    frozen("2026-03-12T12:00-04:00")
    with for_every_tenant():
        return late_orders()


def take(team: Team, facts: OrderFacts, *, host_agrees: bool = False) -> None:
    (view,) = invoices_of(team)
    with transaction():
        billing.take_order(view.invoice.id, facts, by=FINANCE, host_agrees=host_agrees)


def order_of(team: Team) -> PurchaseOrder:
    """Return the newest order for the team's one invoice."""
    (view,) = invoices_of(team)
    return view.orders[-1]
