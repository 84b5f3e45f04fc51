"""Refunds that wait to be paid out, and how they ended."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from consortium.access import Permission, requires
from consortium.database import transaction
from events.invoices.domain import MoneyRefused
from events.ledger import service as ledger
from events.payments.domain import RefundStatus, RefundWay
from events.payments.forms.acts import PayOutForm, UndoForm
from events.payments.routes.blueprint import bp, by
from events.payments.service import refund_paying as service


@bp.get("/money/refunds")
@requires(Permission.SEE_MONEY)
def refunds() -> ResponseReturnValue:
    """List the checks to write, the checks to mail back, and what is on its way."""
    waiting = service.refunds_to_pay(*RefundWay)
    return render_template(
        "events/payments/refunds.html",
        to_write=[one for one in waiting if one.way is RefundWay.CHECK],
        to_mail=[one for one in waiting if one.way is RefundWay.MAIL_BACK],
        by_card=[one for one in waiting if one.way is RefundWay.STRIPE],
        ended=service.refunds_ended(),
    )


@bp.route("/money/refunds/<uuid:refund_id>", methods=["GET", "POST"])
@requires(Permission.SEE_MONEY)
def pay_out(refund_id: UUID) -> ResponseReturnValue:
    """Show a refund, and note that it went out by check or that the check went back."""
    refund = service.get_refund(refund_id)
    form = PayOutForm()
    if request.method == "GET":
        form.on.data = ledger.today()
    if form.validate_on_submit():
        with form.showing(MoneyRefused), transaction():
            form.once(by=by())
            if refund.way is RefundWay.MAIL_BACK:
                service.mail_back(refund_id, form.on.data, by=by())
            else:
                number = form.check_number.data or ""
                service.pay_refund_check(refund_id, number, form.on.data, by=by())
            flash(gettext("The refund is noted as paid out."))
            return form.answer(redirect(url_for(".refunds")))
        refund = service.get_refund(refund_id)
    page = render_template("events/payments/pay_out.html", form=form, refund=refund)
    return page, form.status


@bp.route("/money/refunds/<uuid:refund_id>/take-back", methods=["GET", "POST"])
@requires(Permission.SEE_MONEY)
def take_back_refund(refund_id: UUID) -> ResponseReturnValue:
    """Take a decision back, or note that what went out did not arrive."""
    refund = service.get_refund(refund_id)
    form = UndoForm()
    if form.validate_on_submit():
        with form.showing(MoneyRefused), transaction():
            form.once(by=by())
            undo = (
                service.cancel_refund if refund.status is RefundStatus.OWED else service.fail_refund
            )
            undo(refund_id, form.why.data or "", by=by())
            flash(gettext("The refund is taken back. The money is owed as before."))
            return form.answer(redirect(url_for(".refunds")))
        refund = service.get_refund(refund_id)
    page = render_template("events/payments/take_back_refund.html", form=form, refund=refund)
    return page, form.status
