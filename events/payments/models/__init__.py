"""Rows of money that comes and goes."""

from events.payments.models.exceptions import (
    DEPOSIT_ON_ONE_LINE,
    LINE_READ,
    ONE_OPEN,
    PAYMENT_ON_ONE_LINE,
    BankLine,
    MoneyException,
)
from events.payments.models.payments import ONE_PAYMENT_OF_INTENT, Deposit, Payment
from events.payments.models.refunds import Refund
from events.payments.models.stripe import EVENT_STORED, Checkout, StripeEvent

__all__ = [
    "DEPOSIT_ON_ONE_LINE",
    "EVENT_STORED",
    "LINE_READ",
    "ONE_OPEN",
    "ONE_PAYMENT_OF_INTENT",
    "PAYMENT_ON_ONE_LINE",
    "BankLine",
    "Checkout",
    "Deposit",
    "MoneyException",
    "Payment",
    "Refund",
    "StripeEvent",
]
