"""What the price hangs on beside who comes: affiliation, discount code, the day."""

from dataclasses import dataclass
from uuid import UUID

from consortium.audit import service as audit
from consortium.database import db
from consortium.words import say
from events.billing.models import Bill
from events.billing.service.codes import release_code, take_code
from events.billing.service.finding import lock_bill
from events.billing.service.payers import follow_shares
from events.billing.service.reckoning import fees_of
from events.institutes.domain.fees import discounts, find_discount, named_affiliations
from events.institutes.domain.fees.reductions import normal
from events.invoices.domain import MoneyRefused
from events.registration.service import Editor


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a team says that its price hangs on."""

    affiliations: tuple[str, ...] = ()
    discount_code: str = ""


def say_for_price(team_id: UUID, said: Said, editor: Editor) -> Bill:
    """Write down what the price hangs on, such as a discount code, and reckon anew.

    Raises ``MoneyRefused`` for a code that does not hold, or is used up.
    """
    bill = lock_bill(team_id, editor)
    before = {"total_cents": bill.total_cents}
    code = " ".join(said.discount_code.split())
    if normal(code) != normal(bill.discount_code):
        if code and find_discount(fees_of(bill), code, on=bill.rated_on) is None:
            raise MoneyRefused(
                say("This code does not hold here. Check it, or leave it out."),
                field="discount_code",
            )
        release_code(bill)
        if code:
            take_code(bill, code)
        bill.discount_code = code
    bill.affiliations = list(said.affiliations)
    db.session.flush()
    follow_shares(bill, why=say("The affiliation or the code has changed."), by=editor.email)
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
    return bool(discounts(fees_of(bill)))


def asks_for_affiliation(bill: Bill) -> bool:
    """Tell whether the price hangs on what the local is affiliated to."""
    return bool(affiliations_for(bill))


def affiliations_for(bill: Bill) -> tuple[str, ...]:
    """Return to what a local may be affiliated, as far as the price hangs on it."""
    return named_affiliations(fees_of(bill))
