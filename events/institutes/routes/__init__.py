"""Pages about institutes: for everyone, and for those who write them."""

from events.institutes.routes import (  # noqa: F401  (their views)
    cancelling,
    editing,
    fees,
    managing,
    public,
    roles,
)
from events.institutes.routes.blueprint import bp

__all__ = ["bp"]
