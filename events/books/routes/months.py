"""Months: their state, closing the next one, reopening the last one."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from consortium.access import Permission, requires
from consortium.database import transaction
from consortium.forms import ActForm
from consortium.words import say
from events.books.forms.acts import ReopenForm
from events.books.routes.blueprint import REFUSALS, bp, by
from events.books.service import months as service
from events.books.service.overview import loose_ends
from events.ledger import service as ledger
from events.ledger.domain import first_day, last_day, month_words


@bp.get("/money/months")
@requires(Permission.SEE_MONEY)
def months() -> ResponseReturnValue:
    """List the months with their state."""
    return render_template(
        "events/books/months.html", months=service.months_shown(), reopened=service.reopened()
    )


@bp.route("/money/months/<int:year>/<int:month>/close", methods=["GET", "POST"])
@requires(Permission.SEE_MONEY)
def close_month(year: int, month: int) -> ResponseReturnValue:
    """Show what one checks before a month is closed, then close it."""
    shown = service.get_month(year, month)
    form = ActForm()
    if form.validate_on_submit():
        with form.showing(*REFUSALS), transaction():
            form.once(by=by())
            ledger.close_month(year, month, by=by())
            flash(say("%(month)s is closed.", month=month_words(shown.month)))
            return form.answer(redirect(url_for(".months")))
        shown = service.get_month(year, month)
    page = render_template(
        "events/books/close_month.html",
        shown=shown,
        loose=loose_ends(),
        trial=ledger.trial_balance(first_day(shown.month), last_day(shown.month)),
        form=form,
    )
    return page, form.status


@bp.route("/money/months/<int:year>/<int:month>/reopen", methods=["GET", "POST"])
@requires(Permission.MANAGE_STAFF)
def reopen_month(year: int, month: int) -> ResponseReturnValue:
    """Open the month that was closed last again; the owner's to decide."""
    shown = service.get_month(year, month)
    form = ReopenForm()
    if form.validate_on_submit():
        with form.showing(*REFUSALS), transaction():
            form.once(by=by())
            ledger.reopen_month(year, month, why=form.why.data or "", by=by())
            flash(say("%(month)s is open again.", month=month_words(shown.month)))
            return form.answer(redirect(url_for(".months")))
        shown = service.get_month(year, month)
    return render_template("events/books/reopen_month.html", shown=shown, form=form), form.status
