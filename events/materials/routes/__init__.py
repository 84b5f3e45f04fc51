"""The pages of materials: taking them, and keeping them."""

from events.materials.routes import keeping, taking
from events.materials.routes.blueprint import bp

__all__ = ["bp", "keeping", "taking"]
