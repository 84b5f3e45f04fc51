"""Mails to payers: what every one of them starts from, and reminders of what is overdue."""

from typing import Any

from flask import current_app

from consortium.database import db
from consortium.files.models import StoredFile
from consortium.letters import address_at, letter
from consortium.ports import Attachment, Email
from consortium.tenancy import require_tenant
from consortium.tenants.models import Tenant
from consortium.words import say
from events.invoices.domain.links import token_for
from events.invoices.models import Document, Invoice, Payer


def link_to(invoice: Invoice) -> str:
    """Return the address that shows this invoice to whoever has it, and nothing else."""
    secret: str = current_app.extensions["settings"].secret_key
    token = token_for(invoice.id, invoice.link_version, secret=secret)
    return page("payer.invoice", token=token)


def page(endpoint: str, **values: Any) -> str:
    """Return a page's absolute address; workers need it too, outside any request."""
    tenant = db.session.get_one(Tenant, require_tenant())
    return address_at(tenant.slug, endpoint, **values)


def to_payer(  # noqa: PLR0913  (what a mail is made of)
    template: str,
    payer: Payer,
    subject: str,
    *,
    invoice: Invoice,
    paper: Document | None = None,
    w9: StoredFile | None = None,
    **values: Any,
) -> Email:
    """Return a mail to a payer's contact about an invoice, with the link that shows it.

    The paper that it speaks of is attached, or the invoice as it is now: business offices file
    what comes by mail, and many may not follow links. With ``w9`` they get the host's, too.
    """
    attachments = [_attached(invoice, paper)]
    if w9 is not None:
        attachments.append(
            Attachment(
                filename=w9.filename, content_type=w9.content_type, made_of=f"w9:{w9.tenant_id}"
            )
        )
    return letter(
        template,
        to=payer.contact_email,
        subject=subject,
        tenant=db.session.get_one(Tenant, invoice.tenant_id),
        attachments=tuple(attachments),
        payer=payer,
        invoice=invoice,
        paper=paper,
        link=link_to(invoice),
        w9_link=f"{link_to(invoice)}/w9" if w9 is not None else "",
        **values,
    )


def _attached(invoice: Invoice, paper: Document | None) -> Attachment:
    """Return a paper as it travels with a mail; it is printed when the mail is sent."""
    number, revision = invoice.number, invoice.revision
    of = f"invoice:{invoice.tenant_id}:{invoice.id}:{revision}"
    if paper is not None:
        number, revision = paper.number, paper.revision
        of = f"paper:{paper.tenant_id}:{paper.id}"
    return Attachment(
        filename=file_name(number, revision), content_type="application/pdf", made_of=of
    )


def file_name(number: str, revision: int) -> str:
    """Return what the PDF of a paper is called."""
    return f"{number}.pdf" if revision == 1 else f"{number}-r{revision}.pdf"


_DUNNING = {
    1: say("Reminder: invoice %(number)s is past due"),
    2: say("Second reminder: invoice %(number)s is past due"),
    3: say("Last reminder: invoice %(number)s is past due"),
}


def reminder(invoice: Invoice, payer: Payer, *, level: int, open_cents: int) -> Email:
    """Remind a payer of an overdue invoice: politely, again, or for the last time."""
    subject = say(_DUNNING[level].template, number=invoice.number)
    return to_payer(
        "invoices/reminder",
        payer,
        subject,
        invoice=invoice,
        level=level,
        open_cents=open_cents,
    )
