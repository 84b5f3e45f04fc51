"""The pages of plans."""

from cohorts.plans.routes import goals, readiness, showing, signing, writing
from cohorts.plans.routes.blueprint import bp

__all__ = ["bp", "goals", "readiness", "showing", "signing", "writing"]
