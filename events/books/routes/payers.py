"""Payers: the list, one with its invoices, its contact, its certificate."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from consortium.access import Permission, requires
from consortium.database import transaction
from consortium.errors import NotFound
from consortium.files import service as files
from consortium.files.exports import file_answer
from consortium.forms import ActForm
from consortium.words import say
from events.books.forms.lists import PayersForm
from events.books.forms.payers import CertificateForm, EditPayerForm
from events.books.routes.blueprint import REFUSALS, bp, by, page_number, storage
from events.books.service import listing
from events.invoices import service as invoices
from events.invoices.service import dunning
from events.ledger import service as ledger
from events.payments.service.finding import payments_of_payer


@bp.get("/money/payers")
@requires(Permission.SEE_MONEY)
def payers() -> ResponseReturnValue:
    """List payers with what each owes."""
    form = PayersForm()
    wanted = form.to_filter()
    found, owed_cents = listing.payers_found(wanted, page_number())
    page = render_template(
        "events/books/payers.html", form=form, wanted=wanted, found=found, owed_cents=owed_cents
    )
    return page, form.status


@bp.get("/money/payers/<uuid:payer_id>")
@requires(Permission.SEE_MONEY)
def payer(payer_id: UUID) -> ResponseReturnValue:
    """Show one payer: contact, balance, invoices, payments."""
    row = invoices.get_payer(payer_id)
    came = payments_of_payer(payer_id)
    return render_template(
        "events/books/payer.html",
        payer=row,
        balance_cents=ledger.payer_balances([payer_id])[payer_id],
        unassigned_cents=sum(line.left_cents for line in came),
        invoices=invoices.invoices_of_payers([payer_id])[::-1],
        payments=came,
    )


@bp.route("/money/payers/<uuid:payer_id>/edit", methods=["GET", "POST"])
@requires(Permission.SEE_MONEY)
def edit_payer(payer_id: UUID) -> ResponseReturnValue:
    """Change who pays, or the contact."""
    row = invoices.get_payer(payer_id)
    form = EditPayerForm(row)
    if form.validate_on_submit():
        with form.showing(*REFUSALS), transaction():
            form.once(by=by())
            invoices.edit_payer(payer_id, form.to_facts(), version=form.read_version, by=by())
            flash(say("Saved. Papers issued before keep what they say."))
            return form.answer(redirect(url_for(".payer", payer_id=payer_id)))
        row = invoices.get_payer(payer_id)
    return render_template("events/books/edit_payer.html", payer=row, form=form), form.status


@bp.post("/money/payers/<uuid:payer_id>/pause")
@requires(Permission.SEE_MONEY)
def pause_payer(payer_id: UUID) -> ResponseReturnValue:
    """Stop reminding a payer, or go on."""
    row = invoices.get_payer(payer_id)
    form = ActForm()
    if form.validate_on_submit():
        with transaction():
            form.once(by=by())
            paused = not row.reminders_paused
            invoices.pause_reminders(payer_id, paused=paused, by=by())
            if paused:
                open_ = invoices.invoices_of_payers([payer_id])
                dunning.stop_reminding(*(view.invoice.id for view in open_))
            flash(say("No reminders go out.") if paused else say("Reminders go out again."))
            return form.answer(redirect(url_for(".payer", payer_id=payer_id)))
    return redirect(url_for(".payer", payer_id=payer_id))


@bp.route("/money/payers/<uuid:payer_id>/certificate", methods=["GET", "POST"])
@requires(Permission.SEE_MONEY)
def certificate(payer_id: UUID) -> ResponseReturnValue:
    """Keep a payer's tax-exempt certificate on file."""
    row = invoices.get_payer(payer_id)
    form = CertificateForm(data={"number": row.tax_exempt})
    if form.validate_on_submit():
        file = form.put(storage())
        with form.showing(*REFUSALS), transaction():
            form.once(by=by())
            invoices.keep_certificate(payer_id, form.number.data or "", file, by=by())
            flash(say("The certificate is on file."))
            return form.answer(redirect(url_for(".payer", payer_id=payer_id)))
        row = invoices.get_payer(payer_id)
    return render_template("events/books/certificate.html", payer=row, form=form), form.status


@bp.get("/money/payers/<uuid:payer_id>/certificate-file")
@requires(Permission.SEE_MONEY)
def certificate_file(payer_id: UUID) -> ResponseReturnValue:
    """Give the certificate's file."""
    file = invoices.get_payer(payer_id).tax_exempt_file
    if file is None:
        raise NotFound(say("There is no certificate of this payer on file."))
    return file_answer(file, files.content_of(storage(), file))
