"""Pages about institutes: for everyone, and for those who write them."""

from events.institutes.routes import editing, managing, public, roles  # noqa: F401  (their views)
from events.institutes.routes.blueprint import bp

__all__ = ["bp"]
