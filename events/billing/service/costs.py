"""What an institute itself costs, where payers share that and no team is charged for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db, translating
from consortium.errors import NotFound
from consortium.words import dollars, say
from events.billing.domain.splitting import ShareRule, check_shares
from events.billing.models import ONE_BILL, Bill, BillExtra, BillShare
from events.billing.service.finding import share_of
from events.billing.service.following import BillMade, held, write_down
from events.billing.service.invoicing import take_back_share
from events.billing.service.payers import add_payer, follow_shares
from events.billing.service.reckoning import live_extras, live_shares, rule_of
from events.billing.service.sharing import set_shares
from events.institutes.domain.fees import split_total_cents
from events.institutes.models import Institute
from events.invoices.domain import Method, MoneyRefused
from events.invoices.domain.orders import check_amount
from events.invoices.service import PayerFacts
from events.registration.service.finding import begin_at


@dataclass(frozen=True, kw_only=True)
class CostItem:
    """One thing that costs something: the hotel, the facilitators."""

    what: str
    cents: int | None


def find_costs(institute: Institute) -> Bill | None:
    """Return the bill of the institute's own cost, if anyone began it."""
    return db.session.scalar(select(Bill).where(Bill.about == f"institute:{institute.id}"))


def begin_costs(institute: Institute, *, by: str) -> Bill:
    """Begin to share what the institute costs; the fee rules' own total is its first item.

    Returns the bill that is there already. Part of other acts. Raises ``HostCancelled``.
    """
    begin_at(institute)
    found = find_costs(institute)
    if found is not None:
        return held(found)
    bill = Bill(
        institute_id=institute.id,
        about=f"institute:{institute.id}",
        rated_on=clock.now().astimezone(institute.zone).date(),
        made_at=clock.now(),
    )
    try:
        with translating(ONE_BILL, into=BillMade()), db.session.begin_nested():
            db.session.add(bill)
    except BillMade:
        return held(db.session.scalars(select(Bill).where(Bill.about == bill.about)).one())
    total = split_total_cents(institute.fees)
    if total:
        _add(bill, say("Cost of the institute"), total, by=by)
    write_down(bill)
    return bill


def set_cost(institute: Institute, item: CostItem, *, by: str) -> Bill:
    """Add a cost item; one of the same name takes its place. Invoices that went out follow.

    Raises ``MoneyRefused`` without a name or an amount.
    """
    what = " ".join(item.what.split())
    if not what:
        raise MoneyRefused(say("Write what it is, such as “Hotel”."), field="what")
    cents = check_amount(item.cents)
    bill = begin_costs(institute, by=by)
    before = {one.what: one.cents for one in live_extras(bill)}
    for one in live_extras(bill):
        if one.what.casefold() == what.casefold():
            one.lifted_at = clock.now()
    _add(bill, what, cents, by=by)
    follow_shares(bill, why=_changed(what, before.get(what), cents), by=by)
    audit.record("set_cost", bill.about, by=by, before=before, after={what: cents})
    return bill


def drop_cost(institute: Institute, extra_id: UUID, *, by: str) -> Bill:
    """Take a cost item off. Raises ``NotFound``."""
    bill = begin_costs(institute, by=by)
    extra = next((one for one in live_extras(bill) if one.id == extra_id), None)
    if extra is None:
        raise NotFound(say("This item is not there any more."))
    extra.lifted_at = clock.now()
    db.session.flush()
    follow_shares(bill, why=say("%(what)s is not charged any more.", what=extra.what), by=by)
    audit.record("drop_cost", bill.about, by=by, before={extra.what: extra.cents})
    return bill


def name_cost_payer(
    institute: Institute, facts: PayerFacts, method: Method | None, *, by: str
) -> BillShare:
    """Name one more payer of the institute's cost; the first pays it all, a further one nothing.

    Raises ``MoneyRefused`` for one who is named already.
    """
    bill = begin_costs(institute, by=by)
    share = add_payer(bill, facts, method, by=by)
    follow_shares(bill, why=say("The shares have changed."), by=by)
    audit.record("name_cost_payer", bill.about, by=by, after={"payer": str(share.payer_id)})
    return share


def drop_cost_payer(institute: Institute, share_id: UUID, *, by: str) -> None:
    """Take a payer of the institute's cost off; its invoice asks for nothing any more."""
    bill = begin_costs(institute, by=by)
    share = share_of(bill, share_id)
    take_back_share(bill, share, why=say("This payer pays no share any more."), by=by)
    follow_shares(bill, why=say("The shares have changed."), by=by)
    audit.record("drop_cost_payer", bill.about, by=by, before={"payer": str(share.payer_id)})


def share_institute_cost(
    institute: Institute, rules: Sequence[tuple[UUID, ShareRule]], *, by: str
) -> Bill:
    """Set each payer's share of the institute's cost and send the invoices, or revise them.

    Raises ``MoneyRefused`` when the shares do not add up.
    """
    bill = begin_costs(institute, by=by)
    named = dict(rules)
    wanted = [named.get(share.id) or rule_of(share) for share in live_shares(bill)]
    reckoned = write_down(bill)
    check_shares(reckoned.owed, wanted)
    set_shares(bill, wanted, by=by)
    audit.record(
        "share_institute_cost", bill.about, by=by, after={"total_cents": reckoned.total_cents}
    )
    return bill


def _add(bill: Bill, what: str, cents: int, *, by: str) -> None:
    db.session.add(
        BillExtra(bill_id=bill.id, what=what, cents=cents, made_at=clock.now(), made_by=by)
    )
    db.session.flush()


def _changed(what: str, before: int | None, after: int) -> str:
    if before is None:
        return say("%(what)s was added: %(sum)s.", what=what, sum=dollars(after))
    return say(
        "%(what)s is %(after)s instead of %(before)s.",
        what=what,
        after=dollars(after),
        before=dollars(before),
    )
