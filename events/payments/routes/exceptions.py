"""What finance must look at."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from consortium.access import Permission, requires
from consortium.database import transaction
from events.invoices.domain import MoneyRefused
from events.ledger import service as ledger
from events.payments.forms.exceptions import ResolveForm
from events.payments.routes.blueprint import bp, by
from events.payments.service import exceptions as service


@bp.get("/money/exceptions")
@requires(Permission.SEE_MONEY)
def exceptions() -> ResponseReturnValue:
    """List what no rule settles, with the money that belongs to no invoice."""
    return render_template(
        "events/payments/exceptions.html",
        waiting=service.open_exceptions(),
        settled=service.resolved_exceptions(),
        suspense_cents=ledger.suspense_cents(),
    )


@bp.route("/money/exceptions/<uuid:exception_id>", methods=["GET", "POST"])
@requires(Permission.SEE_MONEY)
def exception(exception_id: UUID) -> ResponseReturnValue:
    """Show one, and take down what was done about it."""
    row = service.get_exception(exception_id)
    form = ResolveForm()
    if form.validate_on_submit():
        with form.showing(MoneyRefused), transaction():
            form.once(by=by())
            service.resolve_exception(exception_id, form.resolution.data or "", by=by())
            flash(gettext("This is settled."))
            return form.answer(redirect(url_for(".exceptions")))
        row = service.get_exception(exception_id)
    page = render_template("events/payments/exception.html", exception=row, form=form)
    return page, form.status
