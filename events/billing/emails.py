"""Mails about bills: the invoice to its payer, and a payer's no to the leads."""

from consortium.database import db
from consortium.files.models import StoredFile
from consortium.letters import letter
from consortium.people.models import Person
from consortium.ports import Email
from consortium.tenants.models import Tenant
from consortium.words import say
from events.billing.models import Bill, BillShare
from events.invoices.domain import Series
from events.invoices.domain.papers import Paper
from events.invoices.emails import page, to_payer
from events.invoices.models import Document, Invoice, Payer


def invoice_sent(invoice: Invoice, payer: Payer, bill: Bill, *, w9: StoredFile | None) -> Email:
    """Bring a payer its invoice, and the host's W-9 where the host says so."""
    return to_payer(
        "billing/invoice",
        payer,
        say("Invoice %(number)s: %(what)s", number=invoice.number, what=invoice.what),
        invoice=invoice,
        bill=bill,
        w9=w9,
    )


def invoice_changed(invoice: Invoice, payer: Payer, bill: Bill, paper: Document) -> Email:
    """Tell a payer that an invoice says something else now, or that a credit note was issued."""
    credited = paper.series is Series.CREDIT_NOTE
    subject = (
        say("Credit note %(number)s for invoice %(of)s", number=paper.number, of=invoice.number)
        if credited
        else say("Invoice %(number)s has changed", number=invoice.number)
    )
    said = Paper.from_json(paper.paper)
    former = said.replaces
    return to_payer(
        "billing/changed",
        payer,
        subject,
        invoice=invoice,
        bill=bill,
        paper=paper,
        credited=credited,
        changes=[line.what for line in said.lines]
        if credited
        else former.changes
        if former
        else (),
    )


def share_declined(share: BillShare, bill: Bill, *, reason: str, to: Person) -> Email:
    """Tell a lead that a payer declined its share, and what to do."""
    return letter(
        "billing/declined",
        to=to.email,
        subject=say("%(payer)s declined a share", payer=share.payer.name),
        tenant=db.session.get_one(Tenant, bill.tenant_id),
        share=share,
        bill=bill,
        reason=reason,
        link=page("billing.bill", team_id=bill.team_id),
    )


def order_missing(bill: Bill, share: BillShare, *, to: Person, ends: str) -> Email:
    """Tell a lead that a promised purchase order has not come, and what happens now."""
    return letter(
        "billing/order_missing",
        to=to.email,
        subject=say("The purchase order of %(payer)s is missing", payer=share.payer.name),
        tenant=db.session.get_one(Tenant, bill.tenant_id),
        share=share,
        bill=bill,
        ends=ends,
        link=page("billing.bill", team_id=bill.team_id),
    )
