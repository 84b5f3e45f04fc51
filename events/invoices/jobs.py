"""What the worker does for invoices."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from flask import Flask

from consortium import jobs
from consortium.database import end_reading
from consortium.errors import NotFound
from consortium.files import service as files
from consortium.outbox.exports import makes
from consortium.tenancy import as_tenant
from events.invoices import service as invoices
from events.invoices.emails import link_to
from events.invoices.exports import paper_pdf
from events.invoices.models import Document
from events.invoices.service import dunning


def init_app(app: Flask) -> None:
    """Let the worker look for overdue invoices once an hour, and print what mails bring."""
    jobs.register(app, jobs.every(timedelta(hours=1), remind_payers))
    makes(app, "invoice", print_invoice)
    makes(app, "paper", print_paper)
    makes(app, "w9", lambda named: read_w9(app, named))


def remind_payers(_app: Flask) -> int:
    """Remind payers of what is overdue; return how many mails were promised."""
    return jobs.one_by_one(dunning.reminders_due, dunning.remind_overdue)


def print_invoice(named: str) -> bytes:
    """Return one revision of an invoice as PDF, for the mail that speaks of it."""
    tenant_id, invoice_id, revision = named.split(":")
    return _printed(
        UUID(tenant_id), lambda: invoices.paper_of(UUID(invoice_id), revision=int(revision))
    )


def print_paper(named: str) -> bytes:
    """Return a paper as PDF, for the mail that speaks of it."""
    tenant_id, document_id = named.split(":")
    return _printed(UUID(tenant_id), lambda: invoices.get_paper(UUID(document_id)))


def read_w9(app: Flask, named: str) -> bytes:
    """Return the host's W-9 as it is when the mail is sent; nothing, if it is gone."""
    end_reading()
    try:
        with as_tenant(UUID(named)):
            file = invoices.w9()
            return files.content_of(app.extensions["ports"].storage, file) if file else b""
    except NotFound:
        return b""
    finally:
        end_reading()


def _printed(tenant_id: UUID, find: Callable[[], Document]) -> bytes:
    end_reading()
    try:
        with as_tenant(tenant_id):
            document = find()
            paper = invoices.shown(document)
            if document.invoice_id is not None:
                invoice = invoices.get_invoice(document.invoice_id).invoice
                paper = invoices.payable_at(paper, link_to(invoice))
        end_reading()
        return paper_pdf(paper)
    finally:
        end_reading()
