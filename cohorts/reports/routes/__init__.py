"""Pages of reports, grants and associations."""

from cohorts.reports.routes import associations, dashboard, grants, making, published
from cohorts.reports.routes.blueprint import bp

__all__ = ["associations", "bp", "dashboard", "grants", "making", "published"]
