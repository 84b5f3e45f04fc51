"""The pages of peer matching."""

from cohorts.matching.routes import groups, limits, locks, own, runs, weights, what_if
from cohorts.matching.routes.blueprint import bp

__all__ = ["bp", "groups", "limits", "locks", "own", "runs", "weights", "what_if"]
