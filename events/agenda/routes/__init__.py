"""Pages of a person's own agenda and calendar."""

from events.agenda.routes import feeds, own
from events.agenda.routes.blueprint import bp

__all__ = ["bp", "feeds", "own"]
