"""Purchase orders for a team's invoices: within the host's terms, and its cut-off."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db
from consortium.outbox import service as outbox
from consortium.words import say
from events.billing import emails
from events.billing.models import Bill, BillShare
from events.billing.service.finding import share_on
from events.billing.service.following import terms_of
from events.billing.service.payers import follow_shares
from events.institutes.domain.terms import AtCutoff
from events.invoices import service as invoices
from events.invoices.domain import Method, MoneyRefused
from events.invoices.domain.orders import OrderStatus
from events.invoices.models import PurchaseOrder
from events.invoices.service import OrderFacts
from events.registration import service as registration
from events.registration.models import Team, TeamStatus
from events.registration.service import Editor

CUTOFF = "purchase order cut-off"


def take_order(
    invoice_id: UUID, facts: OrderFacts | None, *, by: str, person_id: UUID | None = None
) -> PurchaseOrder:
    """Take a payer's purchase order, or its promise where there are no facts yet.

    It reserves and does not pay; the payer's way to pay is a purchase order from now on. Raises
    ``MoneyRefused`` where the host takes none, or none over this sum or at this day.
    """
    share = share_on(invoice_id)
    view = invoices.get_invoice(invoice_id)
    if view.balance_cents <= 0:
        raise MoneyRefused(say("Nothing is to pay of this invoice any more."))
    follows_by = None
    if share is not None:
        bill = db.session.get_one(Bill, share.bill_id)
        terms = terms_of(bill.institute)
        if not terms.takes_purchase_orders:
            raise MoneyRefused(say("This host does not take purchase orders."))
        today = clock.now().astimezone(bill.institute.zone).date()
        why_not = terms.purchase_orders.why_not(view.balance_cents, on=today)
        if why_not and not invoices.live_orders(invoice_id):
            raise MoneyRefused(why_not)
        follows_by = terms.purchase_orders.cutoff
    if facts is None:
        order = invoices.promise_order(invoice_id, follows_by=follows_by, by=by)
    else:
        order = invoices.receive_order(invoice_id, facts, by=by, person_id=person_id)
    if share is not None:
        share.method = Method.PURCHASE_ORDER
        share.accepted_at = share.accepted_at or clock.now()
        share.accepted_by = share.accepted_by or by
        db.session.flush()
        follow_shares(bill, why=say("It is paid by purchase order."), by=by)
    return order


def enforce_cutoff(order_id: UUID) -> int:
    """Do what the host chose for a promised order that did not come; return 1 if it did anything.

    The team keeps its places, is reminded, goes to the waitlist or is withdrawn. Where anything
    was paid nothing is taken from it: finance looks at it instead.
    """
    order = invoices.get_order(order_id)
    share = share_on(order.invoice_id)
    invoices.lapse_order(order)
    if share is None:
        return 1
    bill = db.session.get_one(Bill, share.bill_id)
    choice = terms_of(bill.institute).purchase_orders.at_cutoff
    paid = any(view.paid_cents > 0 for view in invoices.invoices_about(bill.about))
    team = bill.team
    if choice is not AtCutoff.KEEP and team is not None:
        _tell_leads(bill, share, choice, paid=paid)
        if not paid and team.status is TeamStatus.REGISTERED:
            _act(team, choice)
    audit.record(
        "enforce_cutoff",
        bill.about,
        by=CUTOFF,
        after={"choice": choice.value, "paid": paid, "order": str(order.id)},
    )
    return 1


def late_orders() -> list[tuple[UUID, UUID]]:
    """Return the tenant and id of each promised order whose day has passed, of all tenants."""
    day = clock.now().date() - timedelta(days=1)  # over in every zone of the country
    statement = select(PurchaseOrder.tenant_id, PurchaseOrder.id).where(
        PurchaseOrder.status == OrderStatus.PROMISED, PurchaseOrder.follows_by <= day
    )
    return [(row.tenant_id, row.id) for row in db.session.execute(statement)]


def _act(team: Team, choice: AtCutoff) -> None:
    rules = Editor(email=CUTOFF, coordinates=True)
    if choice is AtCutoff.WITHDRAW:
        registration.withdraw_team(team.id, rules)
    elif choice is AtCutoff.WAITLIST:
        registration.send_to_waitlist(team.id, rules)


def _tell_leads(bill: Bill, share: BillShare, choice: AtCutoff, *, paid: bool) -> None:
    ends = {
        AtCutoff.REMIND: say("Please send it now. Your places are kept."),
        AtCutoff.WAITLIST: say("Your team goes to the waitlist. Send the order to the host."),
        AtCutoff.WITHDRAW: say("The registration ends. Write to the host if this is a mistake."),
    }[choice]
    if paid:
        ends = say("Something was paid already, so your places are kept. The host looks at it.")
    for lead in bill.team.leads if bill.team is not None else ():
        mail = emails.order_missing(bill, share, to=lead.person, ends=ends)
        outbox.promise(mail, about=bill.about)
