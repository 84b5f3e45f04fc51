"""Purchase orders for a team's invoices: within the host's terms, and its cut-off."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db, hold
from consortium.outbox import service as outbox
from consortium.words import Sentence, say
from events.billing import emails
from events.billing.models import Bill, BillShare
from events.billing.service.covering import is_covered
from events.billing.service.finding import hold_bill, share_on
from events.billing.service.following import terms_of
from events.billing.service.payers import follow_shares
from events.billing.service.reckoning import live_shares
from events.institutes.domain.terms import AtCutoff, PurchaseOrders
from events.institutes.domain.wording import day_in_words
from events.institutes.service import opening_of
from events.invoices import service as invoices
from events.invoices.domain import Method, MoneyRefused
from events.invoices.domain.orders import OrderStatus
from events.invoices.models import Invoice, PurchaseOrder
from events.invoices.service import InvoiceView, OrderFacts
from events.payments.domain import ExceptionKind
from events.payments.service import exceptions
from events.registration.models import Team, TeamStatus
from events.registration.service import send_to_waitlist
from events.registration.service.teams import take_out

CUTOFF = "purchase order cut-off"
ENDING: Mapping[AtCutoff, Callable[[Team], None]] = {
    AtCutoff.WAITLIST: send_to_waitlist,
    AtCutoff.WITHDRAW: take_out,
}
"""How a team ends for which the host chose so."""


def take_order(
    invoice_id: UUID,
    facts: OrderFacts | None,
    *,
    by: str,
    person_id: UUID | None = None,
    host_agrees: bool = False,
) -> PurchaseOrder:
    """Take a payer's purchase order, or its promise where there are no facts yet.

    It reserves and does not pay; the payer's way to pay is a purchase order from now on. Raises
    ``MoneyRefused`` where nothing is to pay, or the host takes no orders, or none over this sum
    or at this day; what comes late or small is taken all the same where the ``host_agrees``.
    """
    share = share_on(invoice_id)
    bill = hold_bill(share.bill_id) if share is not None else None
    view = invoices.get_invoice(invoice_id)
    if view.balance_cents <= 0:
        raise MoneyRefused(say("There is nothing to pay of this invoice any more."))
    follows_by = None
    if bill is not None:
        today = clock.now().astimezone(bill.institute.zone).date()
        terms = terms_of(bill.institute)
        why_not = None if host_agrees else why_no_order(view)
        if why_not:
            raise MoneyRefused(why_not)
        follows_by = terms.purchase_orders.to_follow_by(today)
        facts = _with_expiry(facts, terms.purchase_orders, on=today)
    if facts is None:
        order = invoices.promise_order(invoice_id, follows_by=follows_by, by=by)
    else:
        order = invoices.receive_order(invoice_id, facts, by=by, person_id=person_id)
        outbox.supersede(_about(order))
    if share is not None and bill is not None:
        share.method = Method.PURCHASE_ORDER
        share.accepted_at = share.accepted_at or clock.now()
        share.accepted_by = share.accepted_by or by
        db.session.flush()
        follow_shares(bill, why=say("It is paid by purchase order."), by=by)
    return order


def enforce_cutoff(order_id: UUID) -> int:
    """Do what the host chose for a promised order that did not come; return 1 if it did anything.

    The team keeps its places, is reminded, goes to the waitlist or is withdrawn; nobody left by
    then, so nothing is kept of it. Where anything was paid, is on its way, or is covered by an
    order that came, no place is taken, nor once the institute is over: finance looks at it
    instead.
    """
    invoice_id = invoices.get_order(order_id).invoice_id
    share = share_on(invoice_id)
    bill = hold_bill(share.bill_id) if share is not None else None
    # A payment holds its invoices before it ends their orders.
    asked = [one.invoice_id for one in live_shares(bill) if one.invoice_id] if bill else []
    hold(Invoice.id, invoice_id, *asked)
    order = invoices.lock_order(order_id)
    if order.status is not OrderStatus.PROMISED:
        return 0  # it came, or someone was quicker
    invoices.lapse_order(order)
    owed = invoices.get_invoice(order.invoice_id).balance_cents
    choice = terms_of(bill.institute).purchase_orders.at_cutoff if bill else AtCutoff.KEEP
    team = bill.team if bill is not None else None
    covered = bill is not None and is_covered(bill)
    ends = choice in ENDING and team is not None and _can_end(team) and owed > 0 and not covered
    if bill is not None and team is not None and ends:
        bill.seats = []  # the host ends it: nobody left, and nothing is kept
        db.session.flush()
        ENDING[choice](team)
    if share is not None and bill is not None and owed > 0 and choice is not AtCutoff.KEEP:
        told = choice if ends or choice is AtCutoff.REMIND else None
        _tell_leads(bill, share, order, told)
    if owed > 0 and not ends:
        exceptions.open_exception(
            ExceptionKind.ORDER_LATE,
            _about(order),
            cents=owed,
            words=say(
                "The purchase order that was promised by %(day)s has not come. Ask the payer.",
                day=day_in_words(order.follows_by) if order.follows_by else "",
            ),
            invoice_id=order.invoice_id,
        )
    audit.record(
        "enforce_cutoff",
        bill.about if bill is not None else f"invoice:{order.invoice_id}",
        by=CUTOFF,
        after={
            "choice": choice.value,
            "covered": covered,
            "order": str(order.id),
            "status": team.status.value if team is not None else "",
        },
    )
    return 1


def late_orders() -> list[tuple[UUID, UUID]]:
    """Return the tenant and id of each promised order whose day has passed, of all tenants."""
    day = clock.now().date() - timedelta(days=1)  # over in every zone of the country
    statement = select(PurchaseOrder.tenant_id, PurchaseOrder.id).where(
        PurchaseOrder.status == OrderStatus.PROMISED, PurchaseOrder.follows_by <= day
    )
    return [(row.tenant_id, row.id) for row in db.session.execute(statement)]


def why_no_order(view: InvoiceView) -> Sentence | None:
    """Return why an invoice's payer cannot send a purchase order for it today, if so.

    What follows an order that is promised or here already is taken late and small, too.
    """
    institute = view.invoice.institute
    if institute is None or share_on(view.invoice.id) is None:
        return None
    terms = terms_of(institute)
    if not terms.takes_purchase_orders:
        return say("This host does not take purchase orders. Choose another way to pay.")
    today = clock.now().astimezone(institute.zone).date()
    why_not = terms.purchase_orders.why_not(view.balance_cents, on=today)
    return None if invoices.live_orders(view.invoice.id) else why_not


def _with_expiry(
    facts: OrderFacts | None, orders: PurchaseOrders, *, on: date
) -> OrderFacts | None:
    """Let an order that names no day hold as long as the host's terms say."""
    if facts is None or facts.expires_on is not None:
        return facts
    return replace(facts, expires_on=orders.expires_on(on))


def _can_end(team: Team) -> bool:
    return team.status is TeamStatus.REGISTERED and not opening_of(team.institute).over


def _about(order: PurchaseOrder) -> str:
    return f"purchase_order:{order.id}"


def _tell_leads(
    bill: Bill, share: BillShare, order: PurchaseOrder, choice: AtCutoff | None
) -> None:
    ends = {
        AtCutoff.REMIND: say("Please send it now. Your places are kept."),
        AtCutoff.WAITLIST: say("Your team goes to the waitlist. Send the order to the host."),
        AtCutoff.WITHDRAW: say("The registration ends. Write to the host if this is a mistake."),
        None: say("Your places are kept. The host looks at it and may write to you."),
    }[choice]
    for lead in bill.team.leads if bill.team is not None else ():
        mail = emails.order_missing(bill, share, to=lead.person, ends=ends)
        outbox.promise(mail, about=_about(order))
