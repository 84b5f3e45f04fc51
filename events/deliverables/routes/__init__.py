"""The pages of what teams hand in: the team's, the host's, and the gallery."""

from events.deliverables.routes import asking, gallery, of_team, reviewing
from events.deliverables.routes.blueprint import bp

__all__ = ["asking", "bp", "gallery", "of_team", "reviewing"]
