"""Payments in a list, one at a time, and as they are written down."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from consortium.access import Permission, requires
from consortium.database import transaction
from consortium.errors import NotFound
from consortium.forms import clean_text, unsafe_characters
from events.invoices import service as invoices
from events.invoices.domain import MoneyRefused
from events.ledger import service as ledger
from events.payments.domain import KIND_WORDS, STATUS_WORDS, PaymentKind
from events.payments.domain.recording import CheckFacts, Doubtful
from events.payments.forms.recording import RecordForm
from events.payments.routes.blueprint import bp, by, page_number
from events.payments.service import exceptions, finding
from events.payments.service.recording import record_check, record_transfer
from events.payments.service.refund_paying import refunds_of

MOST_LETTERS = 200
FROM_THE_BANK = ("amount", "on")


@bp.get("/money/payments")
@requires(Permission.SEE_MONEY)
def payments() -> ResponseReturnValue:
    """List what came, the newest first."""
    wanted = finding.PaymentFilter(
        words=asked_words(),
        kind=_one_of(request.args.get("kind", ""), KIND_WORDS),
        status=_one_of(request.args.get("status", ""), STATUS_WORDS),
        rest="yes" if request.args.get("rest") else "",
    )
    return render_template(
        "events/payments/payments.html",
        wanted=wanted,
        found=finding.payments_found(wanted, page_number()),
        suspense_cents=ledger.suspense_cents(),
        waiting=exceptions.open_count(),
    )


@bp.get("/money/payments/new")
@requires(Permission.SEE_MONEY)
def choose_payer() -> ResponseReturnValue:
    """Find whose money came: by the payer's name, or by an invoice's number.

    A line of the bank's statement says how much it is, and when it came.
    """
    words = asked_words()
    return render_template(
        "events/payments/choose_payer.html",
        words=words,
        known={name: request.args[name] for name in FROM_THE_BANK if name in request.args},
        payers=invoices.payers_called(words) if words else (),
        views=finding.open_invoices(words) if words else (),
    )


@bp.route("/money/payments/record", methods=["GET", "POST"])
@requires(Permission.SEE_MONEY)
def record() -> ResponseReturnValue:
    """Write a check or a transfer down, and tick what it pays."""
    payer_id = request.args.get("payer", type=UUID)
    payer = invoices.get_payer(payer_id) if payer_id else None
    open_ = finding.open_invoices(payer_id=payer_id) if payer_id else ()
    form = RecordForm()
    form.offer(open_)
    if request.method == "GET":
        _begin(form)
        form.invoices.data = request.args.getlist("invoice")
    if form.validate_on_submit():
        with form.showing(MoneyRefused), transaction():
            form.once(by=by())
            facts = form.to_facts(payer_id)
            confirmed = bool(form.confirmed.data)
            try:
                payment = (
                    record_check(facts, towards=form.towards, by=by(), confirmed=confirmed)
                    if isinstance(facts, CheckFacts)
                    else record_transfer(facts, towards=form.towards, by=by(), confirmed=confirmed)
                )
            except Doubtful:
                form.asks_again = True
                raise
            flash(gettext("The payment is recorded."))
            return form.answer(redirect(url_for(".payment", payment_id=payment.id)))
        payer = invoices.get_payer(payer_id) if payer_id else None
    page = render_template(
        "events/payments/record.html", form=form, payer=payer, any_open=bool(open_)
    )
    return page, form.status


@bp.get("/money/payments/<uuid:payment_id>")
@requires(Permission.SEE_MONEY)
def payment(payment_id: UUID) -> ResponseReturnValue:
    """Show where a payment is, what it pays, and what happened to it."""
    return render_template(
        "events/payments/payment.html",
        view=finding.view_payment(payment_id),
        refunds=refunds_of(payment_id),
        odd=exceptions.exceptions_of_payment(payment_id),
    )


def _begin(form: RecordForm) -> None:
    """Begin with what the bank's statement says, where finance comes from there."""
    form.received_on.data = request.args.get("on", type=date.fromisoformat) or ledger.today()
    if "amount" in request.args:
        form.amount.data = request.args["amount"]
        form.kind.data = PaymentKind.TRANSFER.value


def asked_words() -> str:
    """Return the words that the address looks for. Raises ``NotFound`` for what no one types."""
    words = clean_text(request.args.get("words", "")) or ""
    if unsafe_characters(words, lines=False) or len(words) > MOST_LETTERS:
        raise NotFound(gettext("Nothing can be found by these letters."))
    return words


def _one_of(value: str, known: Collection[str]) -> str:
    return value if value in known else ""
