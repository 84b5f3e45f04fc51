"""Checks are taken to the bank, with a list to print."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from consortium.access import Permission, requires
from consortium.database import transaction
from events.invoices import service as invoices
from events.invoices.domain import MoneyRefused
from events.ledger import service as ledger
from events.payments.forms.acts import DepositForm
from events.payments.routes.blueprint import bp, by
from events.payments.service import deposits as service


@bp.route("/money/deposits", methods=["GET", "POST"])
@requires(Permission.SEE_MONEY)
def deposits() -> ResponseReturnValue:
    """Tick checks on hand for the next deposit; list the deposits that were made."""
    form = DepositForm()
    form.offer(service.checks_on_hand())
    if request.method == "GET":
        form.on.data = ledger.today()
    if form.validate_on_submit():
        with form.showing(MoneyRefused), transaction():
            form.once(by=by())
            made = service.make_deposit(form.chosen, form.on.data, by=by())
            flash(gettext("The deposit is recorded. Print the list for the bank."))
            return form.answer(redirect(url_for(".deposit", deposit_id=made.id)))
    on_hand = service.checks_on_hand()
    page = render_template(
        "events/payments/deposits.html",
        form=form,
        on_hand=on_hand,
        total_cents=sum(check.amount_cents for check in on_hand),
        made=service.deposits(),
    )
    return page, form.status


@bp.get("/money/deposits/<uuid:deposit_id>")
@requires(Permission.SEE_MONEY)
def deposit(deposit_id: UUID) -> ResponseReturnValue:
    """Show the list that goes to the bank with the checks."""
    row, checks = service.get_deposit(deposit_id)
    return render_template(
        "events/payments/deposit.html", deposit=row, checks=checks, books=invoices.settings()
    )
