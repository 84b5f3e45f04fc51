"""Early prices that were not paid early become the price of the day, where the host says so."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db
from consortium.words import dollars, say
from events.billing.models import Bill
from events.billing.service.covering import is_being_paid
from events.billing.service.finding import hold_bill
from events.billing.service.following import counted_of, follow_in_lea, terms_of, write_down
from events.billing.service.invoicing import send_changes
from events.billing.service.reckoning import fees_of
from events.institutes.domain import Status
from events.institutes.domain.fees import read_rules
from events.institutes.models import Institute

RULES = "early price ended"


def bills_to_rate() -> Iterable[tuple[UUID, UUID]]:
    """Return tenant and id of bills whose early price ended yesterday or before, of all tenants.

    Only institutes that rate anew are looked at; whether anything was paid is looked at one by
    one.
    """
    held = select(Institute).where(Institute.status == Status.PUBLISHED)
    rerating = {one.id: one for one in db.session.scalars(held) if terms_of(one).rerate}
    yesterday = clock.now().date() - timedelta(days=1)
    statement = (
        select(Bill)
        .where(
            Bill.institute_id.in_(rerating),
            Bill.team_id.is_not(None),
            Bill.rated_on < yesterday,
            Bill.total_cents > 0,
        )
        .order_by(Bill.id)
    )
    return [
        (bill.tenant_id, bill.id)
        for bill in db.session.scalars(statement)
        if _price_ended(bill, rerating[bill.institute_id])
    ]


def rate_anew(bill_id: UUID) -> int:
    """Reckon an unpaid bill by the prices of today; return 1 when it was one of those.

    Nothing changes once anything was paid or is on its way: who paid early keeps the early price.
    An order is no payment.
    """
    bill = hold_bill(bill_id)
    if is_being_paid(bill) or not _price_ended(bill, bill.institute):
        return 0
    before = {"rated_on": bill.rated_on.isoformat(), "total_cents": bill.total_cents}
    bill.rated_on = clock.now().astimezone(bill.institute.zone).date()
    counted = counted_of(bill)
    reckoned = write_down(bill)
    if bill.sent_at is not None:
        why = say(
            "The early price was not paid in time: %(sum)s now.", sum=dollars(bill.total_cents)
        )
        send_changes(bill, reckoned, why=why)
    follow_in_lea(bill, counted)
    audit.record(
        "rate_anew", bill.about, by=RULES, before=before, after={"total_cents": bill.total_cents}
    )
    return 1


def _price_ended(bill: Bill, institute: Institute) -> bool:
    """Tell whether a price that held on the bill's day holds no more."""
    today = clock.now().astimezone(institute.zone).date()
    spans = (rule.span for rule in read_rules(fees_of(bill)))
    return any(span.dated and span.holds(bill.rated_on) and not span.holds(today) for span in spans)
