"""What the worker does about bills: refunds that are due, orders that never came, early prices."""

from datetime import timedelta

from flask import Flask

from consortium.jobs import every, one_by_one, register
from events.billing.service.ordering import enforce_cutoff, late_orders
from events.billing.service.refunding import credits_due, refund_due
from events.billing.service.rerating import bills_to_rate, rate_anew
from events.registration.domain import HostCancelled

OFTEN = timedelta(minutes=10)


def init_app(app: Flask) -> None:
    """Let every worker look now and then."""
    register(app, every(OFTEN, refund_credits))
    register(app, every(OFTEN, enforce_cutoffs))
    register(app, every(OFTEN, rate_bills))


def refund_credits(_app: Flask) -> int:
    """Owe back what payers have had too much for a day."""
    return one_by_one(credits_due, refund_due)


def enforce_cutoffs(_app: Flask) -> int:
    """Do what hosts chose for purchase orders that did not come."""
    return one_by_one(late_orders, enforce_cutoff, passing=HostCancelled)


def rate_bills(_app: Flask) -> int:
    """Rate unpaid bills anew whose early price has ended."""
    return one_by_one(bills_to_rate, rate_anew, passing=HostCancelled)
