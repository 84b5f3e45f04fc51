"""The pages of reflections, of lessons and of the library."""

from cohorts.reflections.routes import lessons, meetings
from cohorts.reflections.routes.blueprint import bp

__all__ = ["bp", "lessons", "meetings"]
