"""What finance does to an invoice and its purchase orders by hand."""

from collections.abc import Callable
from uuid import UUID

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from consortium.access import Permission, requires
from consortium.database import transaction
from consortium.forms import ActForm
from consortium.words import Sentence, dollars, say
from events.billing import service as billing
from events.billing.forms import OrderForm
from events.books.forms.acts import CreditForm, PauseForm, WriteOffForm
from events.books.routes.blueprint import REFUSALS, bp, by, storage
from events.books.routes.invoices import invoice_page
from events.invoices import service as invoices
from events.invoices.service import dunning, writing


@bp.post("/money/invoices/<uuid:invoice_id>/pause")
@requires(Permission.SEE_MONEY)
def pause_invoice(invoice_id: UUID) -> ResponseReturnValue:
    """Send no reminders of an invoice before a day."""
    invoices.get_invoice(invoice_id)
    form = PauseForm(prefix="pause-")
    if form.validate_on_submit():
        with form.showing(*REFUSALS), transaction():
            form.once(by=by())
            dunning.pause_invoice(invoice_id, form.until.data, by=by())
            flash(say("Saved."))
            return form.answer(redirect(url_for(".invoice", invoice_id=invoice_id)))
    return invoice_page(invoice_id, pause=form)


@bp.post("/money/invoices/<uuid:invoice_id>/send-again")
@requires(Permission.SEE_MONEY)
def send_again(invoice_id: UUID) -> ResponseReturnValue:
    """Mail the payer the invoice once more."""
    told = say("The invoice is on its way to the payer once more.")
    return _act(invoice_id, lambda: writing.send_again(invoice_id, by=by()), told)


@bp.post("/money/invoices/<uuid:invoice_id>/new-link")
@requires(Permission.SEE_MONEY)
def renew_link(invoice_id: UUID) -> ResponseReturnValue:
    """Make a new link; those that were mailed stop working."""
    told = say("Links mailed before do not work any more. The payer gets a new one by mail.")
    return _act(invoice_id, lambda: writing.renew_link(invoice_id, by=by()), told)


@bp.route("/money/invoices/<uuid:invoice_id>/credit", methods=["GET", "POST"])
@requires(Permission.SEE_MONEY)
def credit(invoice_id: UUID) -> ResponseReturnValue:
    """Take something off an invoice by a credit note."""
    view = invoices.get_invoice(invoice_id)
    form = CreditForm()
    if form.validate_on_submit():
        with form.showing(*REFUSALS), transaction():
            form.once(by=by())
            paper = writing.credit_by_hand(
                invoice_id, form.amount.cents, form.why.data or "", by=by()
            )
            flash(say("Credit note %(number)s was issued.", number=paper.number))
            return form.answer(redirect(url_for(".invoice", invoice_id=invoice_id)))
        view = invoices.get_invoice(invoice_id)
    return render_template("events/books/credit.html", view=view, form=form), form.status


@bp.route("/money/invoices/<uuid:invoice_id>/write-off", methods=["GET", "POST"])
@requires(Permission.SEE_MONEY)
def write_off(invoice_id: UUID) -> ResponseReturnValue:
    """Give up what is open of an invoice."""
    view = invoices.get_invoice(invoice_id)
    form = WriteOffForm()
    if form.validate_on_submit():
        with form.showing(*REFUSALS), transaction():
            form.once(by=by())
            invoices.write_off(invoice_id, form.why.data or "", by=by())
            dunning.stop_reminding(invoice_id)
            flash(say("Written off: %(sum)s.", sum=dollars(view.balance_cents)))
            return form.answer(redirect(url_for(".invoice", invoice_id=invoice_id)))
        view = invoices.get_invoice(invoice_id)
    return render_template("events/books/write_off.html", view=view, form=form), form.status


@bp.route("/money/invoices/<uuid:invoice_id>/order", methods=["GET", "POST"])
@requires(Permission.SEE_MONEY)
def order(invoice_id: UUID) -> ResponseReturnValue:
    """Take down a purchase order that came to finance, or its promise."""
    view = invoices.get_invoice(invoice_id)
    form = OrderForm()
    if form.validate_on_submit():
        file = form.put_file(storage())
        with form.showing(*REFUSALS), transaction():
            form.once(by=by())
            facts = None if form.follows else form.to_facts(file)
            person_id = g.person.id if g.person else None
            billing.take_order(invoice_id, facts, by=by(), person_id=person_id, host_agrees=True)
            flash(say("The purchase order is written down. It is not a payment."))
            return form.answer(redirect(url_for(".invoice", invoice_id=invoice_id)))
        view = invoices.get_invoice(invoice_id)
    elif not form.is_submitted():
        form.amount.fill(max(0, view.balance_cents))
    return render_template("events/books/order.html", view=view, form=form), form.status


@bp.post("/money/orders/<uuid:order_id>/invoice-against")
@requires(Permission.SEE_MONEY)
def invoice_against(order_id: UUID) -> ResponseReturnValue:
    """Note that the invoice was sent against a purchase order."""
    return _act_on_order(
        order_id,
        lambda: invoices.invoice_against(order_id, by=by()),
        say("Noted: the invoice was sent against this purchase order."),
    )


@bp.post("/money/orders/<uuid:order_id>/close")
@requires(Permission.SEE_MONEY)
def close_order(order_id: UUID) -> ResponseReturnValue:
    """Close a purchase order."""
    told = say("The purchase order is closed.")
    return _act_on_order(order_id, lambda: invoices.close_order(order_id, by=by()), told)


@bp.post("/money/orders/<uuid:order_id>/never-came")
@requires(Permission.SEE_MONEY)
def give_up_order(order_id: UUID) -> ResponseReturnValue:
    """Note that a promised purchase order never came."""
    told = say("Noted: this purchase order never came.")
    return _act_on_order(order_id, lambda: writing.give_up_order(order_id, by=by()), told)


def _act_on_order(order_id: UUID, act: Callable[[], object], told: Sentence) -> ResponseReturnValue:
    return _act(invoices.get_order(order_id).invoice_id, act, told)


def _act(invoice_id: UUID, act: Callable[[], object], told: Sentence) -> ResponseReturnValue:
    """Do a button's act on an invoice, once."""
    invoices.get_invoice(invoice_id)
    form = ActForm()
    if form.validate_on_submit():
        with form.showing(*REFUSALS), transaction():
            form.once(by=by())
            act()
            flash(told)
            return form.answer(redirect(url_for(".invoice", invoice_id=invoice_id)))
    return invoice_page(invoice_id, form=form)
