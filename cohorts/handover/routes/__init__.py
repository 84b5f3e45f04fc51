"""The pages of leaders who leave, of whoever follows, and of partnerships at risk."""

from cohorts.handover.routes import departures, every, page, risk
from cohorts.handover.routes.blueprint import bp

__all__ = ["bp", "departures", "every", "page", "risk"]
