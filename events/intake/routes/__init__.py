"""The pages of intake."""

from events.intake.routes import applying, choosing, inviting, late, pledging, settings
from events.intake.routes.blueprint import bp

__all__ = ["applying", "bp", "choosing", "inviting", "late", "pledging", "settings"]
