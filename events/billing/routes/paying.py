"""A payer's pages: one invoice by its link, all of one's own when signed in."""

from http import HTTPStatus
from uuid import UUID

from flask import (
    Response,
    current_app,
    flash,
    g,
    make_response,
    redirect,
    render_template,
    url_for,
)
from flask.typing import ResponseReturnValue

from consortium.access import Permission, public, requires
from consortium.database import transaction
from consortium.errors import NotFound
from consortium.files import service as files
from consortium.files.exports import file_answer
from consortium.forms import ActForm
from consortium.words import say
from events.billing import service as billing
from events.billing.forms import DeclineForm, OrderForm
from events.billing.routes.bills import pdf_of
from events.billing.routes.blueprint import REFUSALS, payer_bp
from events.invoices import service as invoices
from events.invoices.domain import Series
from events.invoices.domain.paper_sheets import TITLES, paper_sheet, sheet_now
from events.invoices.emails import link_to
from events.invoices.models import Document
from events.invoices.service import InvoiceView
from events.payments.routes.checkout import lead_to_card_pages, pay_words
from events.payments.service import stripe


@payer_bp.get("/invoices")
@requires(Permission.SIGNED_IN)
def mine() -> ResponseReturnValue:
    """List the invoices that go to the address someone signed in with."""
    found = invoices.invoices_of_contact(g.identity.email)
    return render_template("events/billing/mine.html", invoices=found)


@payer_bp.get("/pay/<token>")
@public
def invoice(token: str) -> ResponseReturnValue:
    """Show one invoice to whoever has its link, as it stands now."""
    return _page(token, _linked(token))


@payer_bp.post("/pay/<token>/accept")
@requires(Permission.SIGNED_IN)
def accept(token: str) -> ResponseReturnValue:
    """Accept the share; only the payer's own contact can."""
    view = _linked(token)
    form = ActForm()
    if not _is_contact(view):
        return _for_the_contact(token, view)
    if form.validate_on_submit():
        with form.showing(*REFUSALS), transaction():
            form.once(by=g.identity.email)
            billing.accept_share(_share_id(view), email=g.identity.email, name=_own_name())
            flash(say("Thank you. The team sees that you accept this share."))
            return form.answer(redirect(url_for(".invoice", token=token)))
    return _page(token, view, accept_form=form)


@payer_bp.route("/pay/<token>/decline", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def decline(token: str) -> ResponseReturnValue:
    """Say no to the share, and why."""
    view = _linked(token)
    form = DeclineForm()
    if not _is_contact(view):
        return _for_the_contact(token, view)
    if view.balance_cents <= 0 and not form.is_submitted():
        return redirect(url_for(".invoice", token=token))  # it says why there is nothing to decline
    if form.validate_on_submit():
        with form.showing(*REFUSALS), transaction():
            form.once(by=g.identity.email)
            billing.decline_share(_share_id(view), form.reason.data or "", email=g.identity.email)
            flash(say("The team gets a mail with your reason. You are billed nothing."))
            return form.answer(redirect(url_for(".invoice", token=token)))
    page = render_template("events/billing/decline.html", view=view, token=token, form=form)
    return page, form.status


@payer_bp.route("/pay/<token>/order", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def order(token: str) -> ResponseReturnValue:
    """Send a purchase order, or promise one."""
    view = _linked(token)
    form = OrderForm()
    if not _is_contact(view):
        return _for_the_contact(token, view)
    if view.balance_cents <= 0 and not form.is_submitted():
        return redirect(url_for(".invoice", token=token))  # it says why there is nothing to order
    if form.validate_on_submit():
        file = form.put_file(current_app.extensions["ports"].storage)
        with form.showing(*REFUSALS), transaction():
            form.once(by=g.identity.email)
            billing.take_order(
                view.invoice.id,
                None if form.follows else form.to_facts(file),
                by=g.identity.email,
                person_id=g.person.id if g.person else None,
            )
            flash(say("Thank you. A purchase order keeps the places; the check may follow."))
            return form.answer(redirect(url_for(".invoice", token=token)))
    elif not form.is_submitted():
        form.amount.fill(view.balance_cents)
    why_not = billing.why_no_order(view)
    page = render_template(
        "events/billing/order.html", view=view, token=token, form=form, why_not=why_not
    )
    return page, form.status


@payer_bp.get("/pay/<token>/papers/<uuid:document_id>")
@public
def paper(token: str, document_id: UUID) -> ResponseReturnValue:
    """Show one paper of the invoice: a former revision, a credit note, a receipt."""
    view = _linked(token)
    document = _paper(view, document_id)
    return render_template(
        "events/billing/paper.html",
        view=view,
        token=token,
        document=document,
        sheet=paper_sheet(invoices.shown(document)),
    )


@payer_bp.get("/pay/<token>/papers/<uuid:document_id>.pdf")
@public
def paper_file(token: str, document_id: UUID) -> ResponseReturnValue:
    """Give one paper as a PDF."""
    view = _linked(token)
    return pdf_of(_paper(view, document_id), pay_at=link_to(view.invoice))


@payer_bp.get("/pay/<token>/w9")
@public
def w9(token: str) -> Response:
    """Give the host's W-9 to whoever has an invoice of it."""
    _linked(token)
    file = invoices.w9()
    if file is None:
        raise NotFound(say("The host has not put its W-9 here yet. Ask for it by mail."))
    return file_answer(file, files.content_of(current_app.extensions["ports"].storage, file))


def _linked(token: str) -> InvoiceView:
    return invoices.get_linked(token, secrets=current_app.extensions["settings"].secret_keys)


def _paper(view: InvoiceView, document_id: UUID) -> Document:
    document = invoices.get_paper(document_id)
    if document.invoice_id != view.invoice.id:
        raise NotFound(say("There is no such paper of this invoice."))
    return document


def _page(
    token: str, view: InvoiceView, *, accept_form: ActForm | None = None
) -> ResponseReturnValue:
    form = accept_form or ActForm(formdata=None)
    papers = [(one, invoices.shown(one)) for one in invoices.papers_of(view.invoice.id)]
    newest, paper = [one for one in papers if one[0].series == Series.INVOICE][-1]
    on_its_way = stripe.on_its_way([view.invoice.id])[view.invoice.id]
    online = billing.pays_online(view) and not on_its_way
    page = render_template(
        "events/billing/invoice.html",
        view=view,
        token=token,
        form=form,
        share=billing.share_on(view.invoice.id),
        papers=papers,
        newest=newest,
        receipts=[one for one, _ in papers if one.series == Series.RECEIPT],
        sheet=sheet_now(paper, view.balance_cents),
        terms=billing.terms_of(view.invoice.institute) if view.invoice.institute else None,
        takes_orders=billing.why_no_order(view) is None,
        is_contact=_is_contact(view),
        has_w9=invoices.w9() is not None,
        issuer=invoices.issuer(),
        online=online,
        pay_words=pay_words(view.invoice),
        on_its_way_cents=on_its_way,
        going_back=billing.going_back(view.invoice.id),
        paper_titles=TITLES,
    )
    response = make_response(page, form.status)
    return lead_to_card_pages(response) if online else response


def _is_contact(view: InvoiceView) -> bool:
    return g.identity is not None and g.identity.email == view.invoice.payer.contact_email


def _for_the_contact(token: str, view: InvoiceView) -> ResponseReturnValue:
    page = render_template("events/billing/for_the_contact.html", view=view, token=token)
    return page, HTTPStatus.FORBIDDEN


def _share_id(view: InvoiceView) -> UUID:
    share = billing.share_on(view.invoice.id)
    if share is None:
        raise NotFound(say("There is no share of yours at this address."))
    return share.id


def _own_name() -> str:
    return g.person.name if g.person else ""
