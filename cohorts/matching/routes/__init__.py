"""The pages of peer matching."""

from cohorts.matching.routes import groups, own, runs
from cohorts.matching.routes.blueprint import bp

__all__ = ["bp", "groups", "own", "runs"]
