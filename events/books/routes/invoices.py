"""Invoices: the list, one with all its papers, a paper."""

from uuid import UUID

from flask import render_template
from flask.typing import ResponseReturnValue

from consortium.access import Permission, requires
from consortium.errors import NotFound
from consortium.forms import ActForm
from consortium.words import say
from events.billing.routes.bills import pdf_of
from events.books.forms.acts import PauseForm
from events.books.forms.lists import InvoicesForm
from events.books.routes.blueprint import bp, page_number
from events.books.service import listing
from events.invoices import service as invoice_service
from events.invoices.domain.paper_sheets import paper_sheet
from events.invoices.emails import link_to
from events.invoices.models import Document
from events.invoices.service import dunning
from events.ledger import service as ledger
from events.payments.service.applying import payments_on


@bp.get("/money/invoices")
@requires(Permission.SEE_MONEY)
def invoices() -> ResponseReturnValue:
    """List invoices by where they stand, whose they are, and their number."""
    form = InvoicesForm(listing.billed_institutes())
    wanted = form.to_filter()
    found, totals = listing.invoices_found(wanted, page_number())
    page = render_template(
        "events/books/invoices.html", form=form, wanted=wanted, found=found, totals=totals
    )
    return page, form.status


@bp.get("/money/invoices/<uuid:invoice_id>")
@requires(Permission.SEE_MONEY)
def invoice(invoice_id: UUID) -> ResponseReturnValue:
    """Show one invoice: where it stands, its papers, what happened to it."""
    return invoice_page(invoice_id)


@bp.get("/money/invoices/<uuid:invoice_id>/papers/<uuid:document_id>")
@requires(Permission.SEE_MONEY)
def paper(invoice_id: UUID, document_id: UUID) -> ResponseReturnValue:
    """Show one paper as it was issued."""
    document = _paper(invoice_id, document_id)
    return render_template(
        "events/books/paper.html",
        view=invoice_service.get_invoice(invoice_id),
        document=document,
        sheet=paper_sheet(invoice_service.shown(document)),
    )


@bp.get("/money/invoices/<uuid:invoice_id>/papers/<uuid:document_id>.pdf")
@requires(Permission.SEE_MONEY)
def paper_file(invoice_id: UUID, document_id: UUID) -> ResponseReturnValue:
    """Give one paper as a PDF, as its payer gets it."""
    document = _paper(invoice_id, document_id)
    return pdf_of(document, pay_at=link_to(invoice_service.get_invoice(invoice_id).invoice))


def invoice_page(
    invoice_id: UUID, *, form: ActForm | None = None, pause: PauseForm | None = None
) -> ResponseReturnValue:
    """Return an invoice's page; ``form`` is an act on it that was refused."""
    view = invoice_service.get_invoice(invoice_id)
    act = form or ActForm(formdata=None)
    pause = pause or PauseForm(
        formdata=None, data={"until": view.invoice.reminders_paused_until}, prefix="pause-"
    )
    shown = pause if pause.errors else act
    page = render_template(
        "events/books/invoice.html",
        view=view,
        papers=invoice_service.papers_of(invoice_id),
        lines=ledger.lines_of_invoice(invoice_id),
        payments=payments_on(invoice_id),
        reminders=dunning.reminders_of(invoice_id),
        same_order=invoice_service.used_elsewhere(invoice_id),
        today=ledger.today(),
        form=shown,
        pause=pause,
    )
    return page, shown.status


def _paper(invoice_id: UUID, document_id: UUID) -> Document:
    document = invoice_service.get_paper(document_id)
    if document.invoice_id != invoice_id:
        raise NotFound(say("There is no such paper of this invoice."))
    return document
