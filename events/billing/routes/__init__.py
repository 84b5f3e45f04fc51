"""Pages about what teams owe: for leads, and for payers."""

from events.billing.routes import bills, costs, payers, paying, sharing  # noqa: F401
from events.billing.routes.blueprint import bp, payer_bp

__all__ = ["bp", "payer_bp"]
