"""Discount codes: each is used by so many teams and no more."""

from sqlalchemy import ColumnElement, select, update

from consortium.database import db, translating
from consortium.words import say
from events.billing.models import CODE_COUNTED, Bill, DiscountUse
from events.billing.service.reckoning import fees_of
from events.institutes.domain.fees import find_discount
from events.institutes.domain.fees.reductions import normal
from events.invoices.domain import MoneyRefused


class CodeBegan(Exception):
    """Another transaction counted the first use of this code a moment ago."""


def take_code(bill: Bill, code: str) -> None:
    """Count one more use of a code, unless it is used up: a guarded UPDATE, never a look.

    Part of another act. Raises ``MoneyRefused``.
    """
    found = find_discount(fees_of(bill), code, on=bill.rated_on)
    limit = found.limit if found is not None else 0
    counted = update(DiscountUse).where(*_counter(bill, code))
    if limit is not None:
        counted = counted.where(DiscountUse.taken < limit)
    raised = counted.values(taken=DiscountUse.taken + 1).returning(DiscountUse.id)
    _begin_counting(bill, code)
    if db.session.scalars(raised).one_or_none() is None:
        raise MoneyRefused(say("This code was used as often as it may be."), field="discount_code")


def release_code(bill: Bill) -> None:
    """Let another team use the code of this one. Part of another act."""
    if bill.discount_code:
        lowered = update(DiscountUse).where(*_counter(bill, bill.discount_code))
        db.session.execute(lowered.where(DiscountUse.taken > 0).values(taken=DiscountUse.taken - 1))
        bill.discount_code = ""


def _begin_counting(bill: Bill, code: str) -> None:
    if db.session.scalar(select(DiscountUse.id).where(*_counter(bill, code))):
        return
    row = DiscountUse(institute_id=bill.institute_id, code=normal(code))
    try:
        with translating(CODE_COUNTED, into=CodeBegan()), db.session.begin_nested():
            db.session.add(row)
    except CodeBegan:
        return


def _counter(bill: Bill, code: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return DiscountUse.institute_id == bill.institute_id, DiscountUse.code == normal(code)
