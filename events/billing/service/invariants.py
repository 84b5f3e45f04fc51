"""What must be true of bills and their shares, read as it is stored."""

from collections import Counter
from collections.abc import Iterator

from sqlalchemy import func, select

from consortium.database import db
from events.billing.models import Bill, BillShare, DiscountUse
from events.institutes.domain.fees.reductions import normal
from events.invoices.models import Invoice


def shares_off() -> Iterator[str]:
    """Find bills that were sent and whose shares do not add up to what is owed."""
    sums = (
        select(BillShare.bill_id, func.sum(BillShare.cents).label("cents"))
        .where(BillShare.ended_at.is_(None))
        .group_by(BillShare.bill_id)
        .subquery()
    )
    statement = (
        select(Bill.about, Bill.total_cents, sums.c.cents)
        .join(sums, sums.c.bill_id == Bill.id)
        .where(Bill.sent_at.is_not(None), sums.c.cents != Bill.total_cents)
    )
    for about, total, cents in db.session.execute(statement):
        yield f"The bill of {about} comes to {total} cents, and its shares to {cents}."


def invoices_off() -> Iterator[str]:
    """Find shares whose invoice asks for another sum; who said no is asked for nothing."""
    asked = Invoice.total_cents - Invoice.credited_cents
    statement = (
        select(
            Invoice.number,
            asked,
            Invoice.conceded_cents,
            BillShare.cents,
            BillShare.declined_at,
        )
        .join(BillShare, BillShare.invoice_id == Invoice.id)
        .where(BillShare.ended_at.is_(None))
    )
    for number, says, conceded, cents, declined_at in db.session.execute(statement):
        owed = max(0, cents - conceded) if declined_at is None else 0
        if says != owed:
            yield f"{number} asks for {says} cents of a share of {owed}."


def codes_miscounted() -> Iterator[str]:
    """Find discount codes whose uses are not those of the bills that have them."""
    having = select(Bill.institute_id, Bill.discount_code).where(Bill.discount_code != "")
    used = Counter((place, normal(code)) for place, code in db.session.execute(having))
    rows = select(DiscountUse.institute_id, DiscountUse.code, DiscountUse.taken)
    counted = {(place, code): taken for place, code, taken in db.session.execute(rows)}
    for one in sorted(used.keys() | counted.keys(), key=str):
        if counted.get(one, 0) != used[one]:
            place, code = one
            yield (
                f"The code {code} of institute {place} counts {counted.get(one, 0)} uses, and "
                f"{used[one]} bills have it."
            )
