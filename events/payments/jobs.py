"""What the worker does about Stripe: applying, asking for refunds, closing pages, comparing."""

from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

import structlog
from flask import Flask

from consortium import jobs
from consortium.cards import CardKeys
from consortium.database import end_reading, transaction
from consortium.ports import GatewayDown, GatewayRefused, GatewayUnreachable
from consortium.tenancy import as_tenant, for_every_tenant
from events.payments.service import stripe

BY = "job:compare_with_stripe"

log = structlog.get_logger()


def init_app(app: Flask) -> None:
    """Let the worker follow what Stripe says, and ask it where it says nothing."""
    for interval, step in (
        (timedelta(seconds=15), apply_waiting),
        (timedelta(seconds=15), ask_for_refunds),
        (timedelta(minutes=1), close_checkouts),
        (timedelta(minutes=2), ask_about_payments),
        (timedelta(minutes=30), catch_up),
        (timedelta(days=1), compare_with_stripe),
    ):
        jobs.register(app, jobs.every(interval, step))


def apply_waiting(_app: Flask) -> int:
    """Apply messages that were stored and not applied; return how many payments that moved."""
    return jobs.one_by_one(stripe.waiting_events, _apply, passing=stripe.AnotherIsAtIt)


def ask_for_refunds(app: Flask) -> int:
    """Ask Stripe for the refunds that are due; return how many were answered."""
    gateway = app.extensions["ports"].cards

    def ask(keys: CardKeys, refund_id: UUID) -> int:
        return stripe.ask_for_refund(gateway, keys, refund_id, transaction)

    return _with_keys(stripe.refunds_to_ask, ask)


def close_checkouts(app: Flask) -> int:
    """Close payment pages that must not be paid any more; return how many."""
    gateway = app.extensions["ports"].cards

    def close(keys: CardKeys, checkout_id: UUID) -> int:
        return stripe.close_checkout(gateway, keys, checkout_id, transaction)

    return _with_keys(stripe.checkouts_to_close, close)


def ask_about_payments(app: Flask) -> int:
    """Ask about payments of which Stripe told half; return how many messages that settled."""
    gateway = app.extensions["ports"].cards

    def ask(keys: CardKeys) -> int:
        return stripe.ask_about_payments(gateway, keys, transaction)

    return _with_keys(stripe.consortia_with_cards, ask)


def catch_up(app: Flask) -> int:
    """Take in what webhooks missed lately; return how many messages that were."""
    gateway = app.extensions["ports"].cards

    def listen(keys: CardKeys) -> int:
        return stripe.catch_up(gateway, keys, transaction)

    return _with_keys(stripe.consortia_with_cards, listen)


def compare_with_stripe(app: Flask) -> int:
    """Compare each consortium's books with Stripe's; return how many were compared."""
    gateway = app.extensions["ports"].cards

    def compare(keys: CardKeys) -> int:
        stripe.sweep(gateway, keys, transaction, by=BY)
        return 1

    return _with_keys(stripe.consortia_with_cards, compare)


def _apply(event_id: UUID) -> int:
    return 1 if stripe.apply_event(event_id) else 0


def _with_keys(find: Callable[[], Iterable[Sequence[Any]]], errand: Callable[..., int]) -> int:
    """Do an errand with Stripe for each row that is found, with the keys of its consortium.

    No call to Stripe stands in a transaction. What fails for one does not stop the others;
    where nobody answers, the rest waits for the next round.
    """
    with for_every_tenant():
        found = list(find())
    end_reading()
    total = 0
    for tenant_id, *subject in found:
        try:
            with as_tenant(tenant_id):
                keys = stripe.card_keys()
                end_reading()
                total += errand(keys, *subject) if keys is not None else 0
        except GatewayUnreachable:
            log.warning("stripe unreachable", errand=errand.__name__)
            break
        except (GatewayDown, GatewayRefused) as error:
            log.warning("stripe did not do it", errand=errand.__name__, error=str(error))
        except Exception:
            log.exception("errand failed", errand=errand.__name__)
        finally:
            end_reading()
    return total
