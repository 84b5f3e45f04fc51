"""Stripe tells us what happened: believed when signed, stored first, then applied."""

from http import HTTPStatus

import structlog
from flask import Blueprint, Response, abort, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from consortium import clock
from consortium.access import public
from consortium.database import transaction
from consortium.ports import GatewayRefused
from consortium.sealing import SealBroken
from events.payments.routes.cards import gateway
from events.payments.service import stripe

MOST_BYTES = 256 * 1024  # Stripe's messages have a tenth of that

bp = Blueprint("webhooks", __name__)

log = structlog.get_logger()


@bp.post("/webhooks/stripe")
@public
def receive() -> ResponseReturnValue:
    """Take a message in: 200 as soon as it is stored, whatever comes of it afterwards.

    What has no good signature is refused before anything of it is read.
    """
    try:
        keys = stripe.card_keys()
    except SealBroken:
        log.exception("keys for Stripe cannot be opened")  # Stripe tries again for three days
        return _said("Not now", HTTPStatus.SERVICE_UNAVAILABLE)
    if keys is None:
        abort(HTTPStatus.NOT_FOUND)
    request.max_content_length = MOST_BYTES
    try:
        event = gateway().read_event(
            request.get_data(cache=False),
            request.headers.get("Stripe-Signature", ""),
            secret=keys.webhook_secret,
            at=clock.now(),
        )
    except RequestEntityTooLarge:
        return _said("Too large", HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    except GatewayRefused as refused:
        log.warning("webhook refused", why=refused.code)
        return _said("Refused", HTTPStatus.BAD_REQUEST)
    with transaction():
        stored = stripe.store_event(event)
    if stored is not None:
        try:
            with transaction():
                stripe.apply_event(stored)
        except Exception:  # it is stored: the worker applies it, and Stripe need not send it again
            log.exception("message of Stripe's not applied", message=event.id)
    return _said("", HTTPStatus.OK)


def _said(text: str, status: HTTPStatus) -> Response:
    return Response(text, status, content_type="text/plain; charset=utf-8")
