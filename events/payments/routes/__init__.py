"""The pages of finance about money that comes and goes."""

from events.payments.routes import acts, bank, deposits, exceptions, marking, payments, refunds
from events.payments.routes.blueprint import bp

__all__ = ["acts", "bank", "bp", "deposits", "exceptions", "marking", "payments", "refunds"]
