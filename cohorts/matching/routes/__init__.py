"""The pages of peer matching."""

from cohorts.matching.routes import (
    asking,
    further,
    groups,
    limits,
    locks,
    own,
    runs,
    talking,
    together,
    weights,
    what_if,
    willing,
)
from cohorts.matching.routes.blueprint import bp

__all__ = [
    "asking",
    "bp",
    "further",
    "groups",
    "limits",
    "locks",
    "own",
    "runs",
    "talking",
    "together",
    "weights",
    "what_if",
    "willing",
]
