"""Pages of surveys: for hosts, for those who answer, and for both sides of a partnership."""

from cohorts.surveys.routes import answering, instruments, reading, roster, running, waves
from cohorts.surveys.routes.blueprint import bp

__all__ = ["answering", "bp", "instruments", "reading", "roster", "running", "waves"]
