"""Payers go to Stripe's page and come back; what is said then is what the ledger says."""

from http import HTTPStatus

import structlog
from flask import Response, current_app, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from consortium.access import public
from consortium.cards import CardMethod
from consortium.database import end_reading, transaction
from consortium.letters import absolute
from consortium.pages import CONTENT_SECURITY_POLICY
from consortium.ports import GatewayDown, GatewayRefused
from consortium.sealing import SealBroken
from consortium.words import Sentence, say
from events.invoices import service as invoices
from events.invoices.domain import MoneyRefused
from events.invoices.models import Invoice
from events.invoices.service import InvoiceView
from events.payments.routes.cards import bp, gateway
from events.payments.service import stripe

__all__ = ["bp", "lead_to_card_pages", "pay_words"]

BY = "payer:link"
OWN_FORMS = "form-action 'self'"

log = structlog.get_logger()


def linked(token: str) -> InvoiceView:
    """Return the invoice that a mailed link shows. Raises ``NotFound`` for any other text."""
    return invoices.get_linked(token, secrets=current_app.extensions["settings"].secret_keys)


def pay_words(invoice: Invoice) -> Sentence:
    """Name the button that leads to Stripe's page by what can be paid with there."""
    methods = stripe.methods_of(invoice)
    if methods == (CardMethod.CARD,):
        return say("Pay by card")
    if methods == (CardMethod.BANK_ACCOUNT,):
        return say("Pay from a bank account")
    return say("Pay by card or bank account")


def lead_to_card_pages(response: Response) -> Response:
    """Let the forms of a page lead on to the pages where people pay by card."""
    origins = " ".join(current_app.extensions["settings"].card_pages_origins)
    response.headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY.replace(
        OWN_FORMS, f"{OWN_FORMS} {origins}"
    )
    return response


@bp.post("/pay/<token>/card")
@public
def begin(token: str) -> ResponseReturnValue:
    """Lead a payer to Stripe's page for what is open; a second click leads to the same page.

    Our own row is committed before Stripe is asked, and is the key that makes asking safe.
    """
    view = linked(token)
    here = absolute(url_for(".done", token=token)).removesuffix("/done")
    try:
        with transaction():
            ticket = stripe.begin_checkout(
                view.invoice.id, success_url=f"{here}/done", cancel_url=here, by=BY
            )
        keys = stripe.needed_keys()
    except MoneyRefused as refused:
        return _instead(token, refused.message), refused.status
    except SealBroken:
        log.exception("keys for Stripe cannot be opened")
        return _instead(token, "", again=True), HTTPStatus.SERVICE_UNAVAILABLE
    end_reading()
    url = ticket.url
    if ticket.wanted is not None:
        try:
            begun = gateway().begin_checkout(
                keys, ticket.wanted, idempotency_key=str(ticket.checkout_id)
            )
        except GatewayDown:
            return _instead(token, "", again=True), HTTPStatus.SERVICE_UNAVAILABLE
        except GatewayRefused as refused:
            log.warning("payment page refused", why=refused.code)
            with transaction():
                stripe.checkout_refused(ticket.checkout_id)
            return _instead(token, "", again=True), HTTPStatus.SERVICE_UNAVAILABLE
        with transaction():
            url = stripe.checkout_opened(ticket.checkout_id, begun)
    return redirect(url, HTTPStatus.SEE_OTHER)


@bp.get("/pay/<token>/done")
@public
def done(token: str) -> ResponseReturnValue:
    """Say what the ledger says of an invoice; that a browser came back proves nothing."""
    view = linked(token)
    page = render_template(
        "events/payments/checkout_done.html",
        view=view,
        invoice=view.invoice,
        pay_words=pay_words(view.invoice),
        paying=stripe.paying(view),
        on_its_way_cents=stripe.on_its_way([view.invoice.id])[view.invoice.id],
        token=token,
        **_around(token),
    )
    return lead_to_card_pages(make_response(page))


def _instead(token: str, words: str, *, again: bool = False) -> Response:
    view = linked(token)
    page = render_template(
        "events/payments/checkout_instead.html",
        view=view,
        invoice=view.invoice,
        pay_words=pay_words(view.invoice),
        words=words,
        again=again,
        token=token,
        **_around(token),
    )
    return lead_to_card_pages(make_response(page))


def _around(token: str) -> dict[str, object]:
    """Return who bills, and where the invoice's own page is."""
    return {
        "issuer": invoices.issuer(),
        "invoice_page": url_for(".done", token=token).removesuffix("/done"),
    }
