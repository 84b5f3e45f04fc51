"""The pages of check-in."""

from events.checkin.routes import (  # noqa: F401  (importing them mounts them)
    badges,
    correcting,
    counts,
    desk,
    kiosks,
    own,
    syncing,
    walking_in,
)
from events.checkin.routes.blueprint import bp

__all__ = ["bp"]
