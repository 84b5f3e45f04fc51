"""Pages of partnerships and of a cohort's year."""

from cohorts.learning.routes import continuing, partnerships, planning, year
from cohorts.learning.routes.blueprint import bp

__all__ = ["bp", "continuing", "partnerships", "planning", "year"]
