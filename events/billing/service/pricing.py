"""What the price hangs on beside who comes: affiliation, discount code, the day."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, select, update

from consortium.audit import service as audit
from consortium.database import db, translating
from consortium.words import say
from events.billing.models import CODE_COUNTED, Bill, DiscountUse
from events.billing.service.finding import lock_bill
from events.billing.service.payers import follow_shares
from events.institutes.domain.fees import discounts, find_discount
from events.institutes.domain.fees.reductions import normal
from events.invoices.domain import MoneyRefused
from events.registration.service import Editor

AFFILIATIONS = ("NEA", "AFT")


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a team says that its price hangs on."""

    affiliations: tuple[str, ...] = ()
    discount_code: str = ""


class CodeBegan(Exception):
    """Another transaction counted the first use of this code a moment ago."""


def say_for_price(team_id: UUID, said: Said, editor: Editor) -> Bill:
    """Write down what the price hangs on, such as a discount code, and reckon anew.

    Raises ``MoneyRefused`` for a code that does not hold, or is used up.
    """
    bill = lock_bill(team_id, editor)
    before = {"total_cents": bill.total_cents}
    code = " ".join(said.discount_code.split())
    if normal(code) != normal(bill.discount_code):
        if code and find_discount(bill.institute.fees, code, on=bill.rated_on) is None:
            raise MoneyRefused(
                say("This code does not hold here. Check it, or leave it out."),
                field="discount_code",
            )
        _release_code(bill)
        if code:
            _take_code(bill, code)
        bill.discount_code = code
    bill.affiliations = list(said.affiliations)
    db.session.flush()
    follow_shares(bill, why=say("What the price hangs on has changed."), by=editor.email)
    audit.record(
        "say_for_price",
        bill.about,
        by=editor.email,
        before=before,
        after={"total_cents": bill.total_cents, "code": bool(code)},
    )
    return bill


def asks_for_code(bill: Bill) -> bool:
    """Tell whether a discount code may be typed."""
    return bool(discounts(bill.institute.fees))


def asks_for_affiliation(bill: Bill) -> bool:
    """Tell whether the price hangs on what the local is affiliated to."""
    return any(
        "affiliat" in str(value).lower()
        for rule in bill.institute.fees.get("rules") or []
        if isinstance(rule, dict)
        for value in (*rule.keys(), *rule.values())
    )


def _take_code(bill: Bill, code: str) -> None:
    """Count one more use of a code, unless it is used up: a guarded UPDATE, never a look."""
    found = find_discount(bill.institute.fees, code, on=bill.rated_on)
    limit = found.limit if found is not None else 0
    counted = update(DiscountUse).where(*_counter(bill, code))
    if limit is not None:
        counted = counted.where(DiscountUse.taken < limit)
    raised = counted.values(taken=DiscountUse.taken + 1).returning(DiscountUse.id)
    _begin_counting(bill, code)
    if db.session.scalars(raised).one_or_none() is None:
        raise MoneyRefused(say("This code was used as often as it may be."), field="discount_code")


def _release_code(bill: Bill) -> None:
    if bill.discount_code:
        lowered = update(DiscountUse).where(*_counter(bill, bill.discount_code))
        db.session.execute(lowered.where(DiscountUse.taken > 0).values(taken=DiscountUse.taken - 1))


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
