"""Many invoices marked as paid on one page."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consortium.access import Permission, requires
from consortium.database import transaction
from consortium.errors import NotFound
from consortium.words import say
from events.invoices.domain import MoneyRefused
from events.ledger import service as ledger
from events.payments.domain.recording import Doubtful
from events.payments.forms.recording import MarkForm
from events.payments.routes.blueprint import bp, by
from events.payments.routes.payments import asked_words
from events.payments.service import finding, marking


@bp.route("/money/mark-paid", methods=["GET", "POST"])
@requires(Permission.SEE_MONEY)
def mark_paid() -> ResponseReturnValue:
    """Tick open invoices and write the numbers of the checks that paid them."""
    words = asked_words()
    form = MarkForm() if request.method == "POST" else _blank(words)
    if form.validate_on_submit():
        with form.showing(MoneyRefused, NotFound), transaction():
            form.once(by=by())
            try:
                done = marking.mark_paid(
                    [_mark(row) for row in form.ticked],
                    form.payment_kind,
                    form.received_on.data,
                    by=by(),
                    confirmed=bool(form.confirmed.data),
                )
            except Doubtful:
                form.asks_again = True
                raise
            for one in done:
                flash(one.words)
            return form.answer(redirect(url_for(".mark_paid")))
    ids = [_as_id(entry.form.invoice_id.data) for entry in form.rows.entries]
    page = render_template(
        "events/payments/mark_paid.html",
        form=form,
        words=words,
        views={str(view.invoice.id): view for view in finding.invoices_with(ids)},
    )
    return page, form.status


def _blank(words: str) -> MarkForm:
    """Return the form with open invoices: those ticked in a list before, or all with the words."""
    chosen = [_as_id(text) for text in request.args.getlist("ids")]
    views = finding.invoices_with(chosen) if chosen else finding.open_invoices(words)
    rows = [
        {"invoice_id": str(view.invoice.id), "paid": bool(chosen)}
        for view in views
        if view.balance_cents > 0
    ]
    return MarkForm(data={"rows": rows, "received_on": ledger.today()})


def _mark(row: Any) -> marking.Mark:
    return marking.Mark(
        invoice_id=_as_id(row.invoice_id.data),
        number=row.number.data or "",
        cents=row.amount.cents,
    )


def _as_id(text: str | None) -> UUID:
    """Return the id that a hidden field carries. Raises ``NotFound`` for anything else."""
    try:
        return UUID(text or "")
    except ValueError as error:
        raise NotFound(say("One of these invoices is not there.")) from error
