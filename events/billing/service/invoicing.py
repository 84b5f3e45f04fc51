"""From shares to invoices: each payer's own, issued once and following every change."""

from collections.abc import Sequence

from consortium import clock
from consortium.database import db, hold
from consortium.outbox import service as outbox
from consortium.words import dollars, say
from events.billing import emails
from events.billing.domain.splitting import (
    ODD_CENTS,
    WHOLE,
    Basis,
    percent,
    split,
)
from events.billing.models import Bill, BillShare
from events.billing.service.reckoning import Reckoned, keep_rules, live_shares, rule_of
from events.institutes.domain.terms import PaymentTerms, read_terms
from events.institutes.domain.wording import day_in_words
from events.institutes.models import Institute
from events.invoices import service as invoices
from events.invoices.domain import METHOD_WORDS, Method
from events.invoices.domain.orders import OrderStatus
from events.invoices.domain.papers import About, Party, PurchaseOrder, Share
from events.invoices.models import Invoice
from events.invoices.service import Billed, dunning
from events.registration.models import Team, TeamStatus

RULES = "fee rules"


def send_changes(bill: Bill, reckoned: Reckoned, *, why: str, by: str = RULES) -> None:
    """Split what is owed and let every payer's invoice say so; new payers get their first one.

    Part of another act. A payer whose share is nothing and who has no invoice gets none.
    """
    shares = live_shares(bill)
    if not shares:
        return
    # In the order in which a payment for several of them holds them.
    hold(Invoice.id, *(share.invoice_id for share in shares if share.invoice_id is not None))
    parts = split(reckoned.owed, [rule_of(share) for share in shares])
    for share, cents in zip(shares, parts, strict=True):
        share.cents = cents  # all of them first: what an invoice says hangs on the other shares
    for share in shares:
        billed = _billed(bill, share, reckoned, alone=_pays_all(share, shares))
        if share.declined_at is None:  # nobody bills who said no; the lead finds someone else
            _send(bill, share, billed, why=why, by=by)
    db.session.flush()


def take_back_share(bill: Bill, share: BillShare, *, why: str, by: str) -> None:
    """End a share: its invoice asks for nothing any more. Part of another act."""
    share.ended_at = clock.now()
    share.cents = 0
    bill_nothing(bill, share, why=why, by=by)
    db.session.flush()


def bill_nothing(bill: Bill, share: BillShare, *, why: str, by: str) -> None:
    """Let a share's invoice ask for nothing; what was paid of it is owed back.

    No purchase order that was promised for it is awaited any more.
    """
    if share.invoice_id is None:
        return
    nothing = Billed(
        about=bill.about,
        what=what_in_words(bill),
        total_cents=0,
        lines=(),
        institute_id=bill.institute_id,
        heading=heading_of(bill),
    )
    outbox.supersede(f"invoice:{share.invoice_id}")
    dunning.stop_reminding(share.invoice_id)
    paper = invoices.adjust_invoice(share.invoice_id, nothing, changes=[why], by=by)
    invoices.await_no_orders(share.invoice_id)
    if paper is not None:
        invoice = invoices.get_invoice(share.invoice_id).invoice
        mail = emails.invoice_changed(invoice, share.payer, bill, paper)
        outbox.promise(mail, about=f"invoice:{invoice.id}")


def confirm_if_free(bill: Bill, team: Team, reckoned: Reckoned) -> None:
    """Confirm in writing that a team comes and owes nothing, once; no payment page for it."""
    free = not reckoned.total_cents and bool(reckoned.lines)
    if team.status is not TeamStatus.REGISTERED or not free:
        return
    if bill.sent_at is not None or bill.confirmed_at is not None:
        return
    keep_rules(bill)
    bill.confirmed_at = clock.now()
    bill_to = Party(name=team.name)
    invoices.confirm_nothing_to_pay(
        bill_to, heading_of(bill), reckoned.lines, about=bill.about, by=RULES
    )


def heading_of(bill: Bill) -> About:
    """Return what papers say at their head: which institute, when, which team."""
    institute = bill.institute
    return About(
        title=institute.title,
        when=days_in_words(institute),
        team=bill.team.name if bill.team is not None else "",
    )


def what_in_words(bill: Bill) -> str:
    """Name what is billed, for lists and mails."""
    if bill.team is None:
        return say("Shared cost of %(title)s", title=bill.institute.title)
    return say("%(team)s at %(title)s", team=bill.team.name, title=bill.institute.title)


def days_in_words(institute: Institute) -> str:
    """Write the days of an institute: from one to the other, or the one."""
    days = institute.main_days
    if not days:
        return ""
    first, last = min(days), max(days)
    if first == last:
        return day_in_words(first)
    return say("%(first)s to %(last)s", first=day_in_words(first), last=day_in_words(last))


def share_in_words(share: BillShare, total_cents: int) -> str:
    """Say what part of the whole a payer pays, and the rule for odd cents where there are some."""
    total = dollars(total_cents)
    odd = share.basis in {Basis.SEATS, Basis.ROLES}
    if share.basis is Basis.PERCENT:
        odd = bool(total_cents * share.value % WHOLE)
        part = say("Your share: %(part)s of %(total)s.", part=percent(share.value), total=total)
    elif share.basis is Basis.SEATS:
        part = say("Your share: %(n)s seats, of %(total)s.", n=share.value, total=total)
    elif share.basis is Basis.ROLES:
        part = say("Your share: the seats of some roles, of %(total)s.", total=total)
    elif share.basis is Basis.AMOUNT:
        part = say("Your share: a fixed amount of %(total)s.", total=total)
    else:
        part = say("Your share: what is left of %(total)s.", total=total)
    return f"{part} {ODD_CENTS}" if odd else part


def _send(bill: Bill, share: BillShare, billed: Billed, *, why: str, by: str) -> None:
    payer = share.payer
    if share.invoice_id is None:
        if not share.cents:
            return
        invoice = invoices.issue_invoice(payer, billed, by=by)
        share.invoice_id = invoice.id
        terms = read_terms(bill.institute.payment_terms, bill.institute.payment_methods)
        w9 = invoices.w9() if terms.w9_attached else None
        mail = emails.invoice_sent(invoice, payer, bill, w9=w9)
        outbox.promise(mail, about=f"invoice:{invoice.id}")
        return
    paper = invoices.adjust_invoice(share.invoice_id, billed, changes=[why], by=by)
    if paper is not None:
        outbox.supersede(f"invoice:{share.invoice_id}")
        dunning.stop_reminding(share.invoice_id)
        invoice = invoices.get_invoice(share.invoice_id).invoice
        mail = emails.invoice_changed(invoice, payer, bill, paper)
        outbox.promise(mail, about=f"invoice:{invoice.id}")


def _pays_all(share: BillShare, shares: Sequence[BillShare]) -> bool:
    whole = share.basis is Basis.REST or (share.basis is Basis.PERCENT and share.value == WHOLE)
    return whole and all(one.cents == 0 for one in shares if one is not share)


def _billed(bill: Bill, share: BillShare, reckoned: Reckoned, *, alone: bool) -> Billed:
    terms = read_terms(bill.institute.payment_terms, bill.institute.payment_methods)
    part = None
    if not alone:
        words = share_in_words(share, reckoned.total_cents)
        part = Share(words=words, of_cents=reckoned.total_cents)
    return Billed(
        about=bill.about,
        what=what_in_words(bill),
        total_cents=share.cents,
        lines=reckoned.lines,
        institute_id=bill.institute_id,
        heading=heading_of(bill),
        share=part,
        due_days=terms.due_days,
        how_to_pay=how_to_pay(terms),
        purchase_order=_order_of(share),
    )


def how_to_pay(terms: PaymentTerms) -> tuple[str, ...]:
    """Say which ways to pay there are, and to whom a check is made out."""
    books = invoices.settings()
    said: list[str] = []
    named = terms.payable_to or books.payable_to or books.legal_name
    if terms.offers(Method.CHECK) or terms.takes_purchase_orders:
        said.append(say("Make checks payable to %(name)s.", name=named))
    if terms.takes_purchase_orders:
        said.append(
            say("To pay by purchase order, send its number and a copy; the check may follow.")
        )
    if books.takes_cards and (terms.takes_cards or terms.takes_bank_accounts):
        said.append(
            say("To pay online, open this invoice's page; the mail that brought it has the link.")
        )
    return tuple(said)


def _order_of(share: BillShare) -> PurchaseOrder | None:
    if share.invoice_id is None:
        return None
    for order in invoices.live_orders(share.invoice_id):
        if order.status is not OrderStatus.PROMISED:
            return PurchaseOrder(number=order.number)
    return None


def methods_for(institute: Institute) -> tuple[Method, ...]:
    """Return the ways to pay that an institute offers, cards only where they can be taken."""
    terms = read_terms(institute.payment_terms, institute.payment_methods)
    online = invoices.settings().takes_cards
    return tuple(
        method
        for method in METHOD_WORDS
        if terms.offers(method.value) and (online or method not in {Method.CARD, Method.ACH})
    )
