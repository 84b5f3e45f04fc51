"""What finance does about a payment that is here."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consortium.access import Permission, requires
from consortium.database import transaction
from consortium.forms import ActForm
from consortium.words import Sentence, dollars, say
from events.invoices import service as invoices
from events.invoices.domain import MoneyRefused
from events.invoices.service import InvoiceView
from events.ledger import service as ledger
from events.payments.domain import RefundWay
from events.payments.domain.refunding import ways_of
from events.payments.forms.acts import ApplyForm, MoveForm, PayerForm, RefundForm, ReturnForm
from events.payments.models import Refund
from events.payments.routes.blueprint import bp, by
from events.payments.routes.payments import asked_words
from events.payments.service import assigning, finding
from events.payments.service.refunds import decide_refund
from events.payments.service.returns import return_check


@bp.route("/money/payments/<uuid:payment_id>/apply", methods=["GET", "POST"])
@requires(Permission.SEE_MONEY)
def apply(payment_id: UUID) -> ResponseReturnValue:
    """Apply what is left of a payment to an open invoice."""
    form = ApplyForm()
    form.offer(_open_for(payment_id))
    return _do(
        "apply",
        payment_id,
        form,
        lambda: assigning.apply_payment(payment_id, form.towards, by=by()),
        say("The money is applied."),
    )


@bp.route("/money/payments/<uuid:payment_id>/move", methods=["GET", "POST"])
@requires(Permission.SEE_MONEY)
def move(payment_id: UUID) -> ResponseReturnValue:
    """Take a payment off one invoice and apply it to another, or keep it aside."""
    form = MoveForm()
    form.offer(finding.view_payment(payment_id).applied, _open_for(payment_id))

    def act() -> object:
        leaves = UUID(form.leaves.data)
        if form.to.data == "nothing":
            return assigning.set_apart(payment_id, leaves, by=by())
        return assigning.move_payment(payment_id, leaves, UUID(form.to.data), by=by())

    return _do("move", payment_id, form, act, say("The payment is moved."))


@bp.route("/money/payments/<uuid:payment_id>/payer", methods=["GET", "POST"])
@requires(Permission.SEE_MONEY)
def assign(payment_id: UUID) -> ResponseReturnValue:
    """Say whose money it is; payers called like the drawer are shown first."""
    form = PayerForm()
    drawer = finding.get_payment(payment_id).drawer
    words = asked_words()
    named = invoices.payers_called(words or drawer)
    form.offer(named or ([] if words else invoices.payers_called("")))
    return _do(
        "assign",
        payment_id,
        form,
        lambda: assigning.assign_payer(payment_id, UUID(form.payer.data), by=by()),
        say("The payer is noted."),
    )


@bp.route("/money/payments/<uuid:payment_id>/return", methods=["GET", "POST"])
@requires(Permission.SEE_MONEY)
def returned(payment_id: UUID) -> ResponseReturnValue:
    """Note that the bank sent a check back."""
    form = ReturnForm()
    if request.method == "GET":
        form.on.data = ledger.today()
    return _do(
        "returned",
        payment_id,
        form,
        lambda: return_check(payment_id, form.on.data, form.why.data or "", by=by()),
        say("The check is noted as returned. Its payer gets a mail."),
    )


@bp.route("/money/payments/<uuid:payment_id>/refund", methods=["GET", "POST"])
@requires(Permission.SEE_MONEY)
def refund(payment_id: UUID) -> ResponseReturnValue:
    """Decide that a part of a payment goes back."""
    form = RefundForm()
    view = finding.view_payment(payment_id)
    most = {
        str(one.invoice.id): min(cents, -one.balance_cents)
        for one, cents in view.applied
        if one.balance_cents < 0
    }
    numbers = {str(one.invoice.id): one.invoice.number for one, _ in view.applied}
    choices = [
        (
            key,
            say(
                "The credit on invoice %(number)s: %(cents)s",
                number=numbers[key],
                cents=dollars(cents),
            ),
        )
        for key, cents in most.items()
    ]
    if view.left_cents > 0:
        most["rest"] = view.left_cents
        left = dollars(view.left_cents)
        choices.append(("rest", say("What belongs to no invoice: %(cents)s", cents=left)))
    form.offer(choices, ways_of(view.payment.kind, view.payment.status))
    if request.method == "GET" and len(most) == 1:
        form.amount.fill(*most.values())
    return _do(
        "refund",
        payment_id,
        form,
        lambda: decide_refund(
            payment_id,
            cents=form.amount.cents or 0,
            why=form.why.data or "",
            by=by(),
            invoice_id=form.invoice_id,
            way=form.chosen_way,
        ),
        _decided,
    )


def _decided(refund: Refund) -> Sentence:
    """Say who acts next."""
    if refund.way is RefundWay.STRIPE:
        return say("The refund is decided. Stripe sends it back by itself.")
    return say("The refund is decided. Pay it out on the page of refunds.")


def _do(
    page: str,
    payment_id: UUID,
    form: ActForm,
    act: Callable[[], Any],
    done: Sentence | Callable[[Any], Sentence],
) -> ResponseReturnValue:
    """Show the page of an act, or do it and go back to the payment; ``done`` is said then."""
    if form.validate_on_submit():
        with form.showing(MoneyRefused), transaction():
            form.once(by=by())
            result = act()
            flash(done if isinstance(done, Sentence) else done(result))
            return form.answer(redirect(url_for(".payment", payment_id=payment_id)))
    shown = render_template(
        f"events/payments/{page}.html", form=form, view=finding.view_payment(payment_id)
    )
    return shown, form.status


def _open_for(payment_id: UUID) -> Sequence[InvoiceView]:
    """Return open invoices to choose from: those looked for, or else the payer's own."""
    words = asked_words()
    payment = finding.get_payment(payment_id)
    if words:
        return finding.open_invoices(words)
    return finding.open_invoices(payer_id=payment.payer_id) if payment.payer_id else ()
